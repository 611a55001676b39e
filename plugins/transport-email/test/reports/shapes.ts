import { readMail } from '../../src/incoming/read-mail.ts';
import type { Classified } from '../../src/reports/classified.ts';
import { classify } from '../../src/reports/classify.ts';
import { wire } from '../incoming/mail.ts';

export const reference = 'abcdefghijklmnopqrstuvwxyz';
/** A mail of ours as it comes back, by default to one recipient. */
export const ours = (to = 'ada@mill.example') =>
  `Return-Path: <b-${reference}@bounce.shop.example>\nReceived: from wb.shop.example by mx.relay.example with ESMTPS id 4XkQ1v0Lz9;\n Tue, 12 May 2026\nFrom: Shop <orders@shop.example>\nTo: ${to}\nSubject: Your order\nMessage-ID: <wb.${reference}@shop.example>\n\nIt is on its way.\n`;

/** A delivery report with these groups of fields. */
export const report = (status: string, { header = '', text = 'It failed.', returned = '' } = {}) =>
  `${header}From: MAILER-DAEMON@mx.relay.example\nTo: b-${reference}@bounce.shop.example\nMessage-ID: <r1@mx.relay.example>\nContent-Type: multipart/report; report-type=delivery-status; boundary=rp\n\n--rp\n\n${text}\n--rp\nContent-Type: message/delivery-status\n\n${status}\n${returned && `--rp\nContent-Type: message/rfc822\n\n${returned}\n`}--rp--\n`;

export const classified = (mail: string): Classified => classify(readMail(wire(mail)));

/** One line for each recipient: address, kind, status. */
export const lines = ({ recipients }: Classified): readonly string[] =>
  recipients.map(({ address, kind, status, final }) => [address, ...(final ? [`(${final})`] : []), kind, status ?? '-'].join(' '));
