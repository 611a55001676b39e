import { ours, report } from './shapes.ts';

const status = 'Final-Recipient: rfc822;orders@shop.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 unknown';
const qmail = `Hi. This is the qmail-send program at mill.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<orders@shop.example>:\n550 5.1.1 no mailbox here by that name\n\n--- Below this line is a copy of the message.\n\n${ours()}`;
const postfix = 'This is the mail system at host mill.example.\n\n<orders@shop.example>: host mx said: 550 5.1.1 User unknown\n';
const from =
  'Return-Path: <paul@mill.example>\nFrom: Paul Clerk <paul@mill.example>\nTo: support@shop.example\nMessage-ID: <p1@mill.example>\n';
const attached = (part: string) =>
  `Content-Type: multipart/mixed; boundary=p\n\n--p\n\nWhat is wrong with your address?\n--p\n${part}\n--p--\n`;

/** What people write about bounces, and other mails that only look like reports: all of them are messages. */
export const people: Readonly<Record<string, string>> = {
  'a question that quotes a bounce': `${from}Subject: Re: Undelivered Mail\n\nWhat is this?\n\n${postfix.replaceAll(/^/gm, '> ')}`,
  'a forward as Gmail makes it': `${from}Subject: Fwd: failure notice\n\n---------- Forwarded message ---------\nFrom: MAILER-DAEMON@mill.example\n\n${qmail}`,
  'a forward as Outlook makes it': `${from}Subject: WG: Unzustellbar\n\n-----Original Message-----\nFrom: MAILER-DAEMON@mill.example\n\n${postfix}`,
  'a forward without a word': `${from}Subject: FW: failure notice\n\n${qmail}`,
  'a bounce that was copied into a letter': `${from}Subject: Your server\n\nSee what we got:\n\nplease,\nhelp,\nus,\nsoon,\n\n${qmail}`,
  'a bounce that is handed on as it is': `${from}Subject: failure notice\n\n${qmail}`,
  'a bounce as an attached mail': `${from}Subject: your bounce\n${attached(`Content-Type: message/rfc822\n\n${report(status, { returned: ours() })}`)}`,
  'the parts of a bounce in a letter': `${from}Subject: your bounce\n${attached(`Content-Type: message/delivery-status\n\n${status}`)}`,
  'our mail, attached to a complaint about it': `${from}Subject: Your order\n${attached(`Content-Type: message/rfc822\n\n${ours()}`)}`,
  'codes and telephone numbers': `${from}Subject: Order\n\nCall 550 5.1.1 or 044 550 51 11. ada@mill.example\n550 is the number of the parcel. The user is unknown to us.`,
  'a postmaster who writes a letter': `${from.replaceAll('paul@', 'postmaster@')}Subject: Your mails\n\nDear all,\nada@mill.example has left us.\n`,
  'an order from nobody': `Return-Path: <>\nFrom: erp@mill.example\nSubject: ORDER\nContent-Type: application/xml; name=order.xml\n\n<A/>`,
  'an order from a machine': `${from}Auto-Submitted: auto-generated\nSubject: ORDER\nContent-Type: application/xml; name=order.xml\n\n<A/>`,
  'an order as the answer of a machine': `${from}Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All\nIn-Reply-To: <wb.abcdefghijklmnopqrstuvwxyz@shop.example>\nSubject: ORDER\n${attached('Content-Type: application/xml; name=order.xml\n\n<A/>')}`,
  'a reply to our mail': `${from}In-Reply-To: <wb.abcdefghijklmnopqrstuvwxyz@shop.example>\nSubject: Re: Your order\n\nThank you!\n`,
  'somebody who says that he will be away': `${from}Subject: Out of office next week\n\nI am away, who takes my orders?\n`,
  'a newsletter': `${from}Precedence: bulk\nList-Id: <news.mill.example>\nSubject: News\n\nDelivery status of your favourite lamps\n`,
};
