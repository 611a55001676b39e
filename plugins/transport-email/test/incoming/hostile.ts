import { mixed } from './mail.ts';

/** A mail of multiparts within each other, not closed. */
export const nested = (depth: number) =>
  Array.from({ length: depth }, (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`).join('') +
  'Content-Type: text/xml\n\n<A/>';
export const attachedMails = (depth: number) => `${'Content-Type: message/rfc822\n\n'.repeat(depth)}Subject: x\n\ny`;

/** Mails that would cost a naive reader the square of their length, by how often something is repeated. */
export const hostile: Readonly<Record<string, (times: number) => string>> = {
  'lines that nearly are boundaries': (times) => mixed(`\n${'--b1x\n--b\n--b1-\n'.repeat(times)}`),
  'multiparts within each other': (times) => nested(times),
  'attached mails within each other': (times) => attachedMails(times),
  parts: (times) => mixed('\nx\n--b1\n'.repeat(times)),
  fields: (times) => `${'a: b\n'.repeat(times)}\nx`,
  'a folded field': (times) => `Subject: ${'x\n '.repeat(times)}\n\nx`,
  'encoded words': (times) => `Subject: ${'=?utf-8?Q?a?= '.repeat(times)}\n\nx`,
  'beginnings of encoded words': (times) => `Subject: ${'=?utf-8?Q?a'.repeat(times)}\n\nx`,
  'pieces of a parameter': (times) => `Content-Type: a/b; ${Array.from({ length: times }, (_, at) => `x*${at}*=%41`).join('; ')}\n\nx`,
  parentheses: (times) => `Content-Type: ${'('.repeat(times)}a/b\nFrom: ${'('.repeat(times)}\nReceived: ${'('.repeat(times)}\n\nx`,
  quotes: (times) => `From: ${'"\\'.repeat(times)}\nAuthentication-Results: ${'"\\'.repeat(times)}\nReceived: by x\n\nx`,
  angles: (times) => `From: ${'<'.repeat(times)}\nTo: ${'<a'.repeat(times)}\nReferences: ${'<'.repeat(times)}\n\nx`,
  base64: (times) => `Content-Transfer-Encoding: base64\n\n${'=A'.repeat(times)}`,
  'quoted-printable': (times) => `Content-Transfer-Encoding: quoted-printable\n\n${'=   '.repeat(times)}`,
  'recipients of a report': (times) => report('Final-Recipient: rfc822;a@x\nAction: failed\n\n'.repeat(times)),
  'fields of a report': (times) => report('Action: failed\nStatus: 5.1.1\n'.repeat(times)),
  'addresses in a text': (times) => `Return-Path: <>\n\nHi. This is the qmail-send program\n\n${'<a@x>:\n550 5.1.1 no\n'.repeat(times)}`,
  'words of a report': (times) => `Return-Path: <>\n\n${'your message '.repeat(times)}`,
  tags: (times) => `Return-Path: <>\nContent-Type: text/html\n\n${'<p'.repeat(times)}`,
};

const report = (status: string) =>
  `Return-Path: <>\nContent-Type: multipart/report; boundary=b\n\n--b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\n${status}\n--b--`;
