import type { DataOf, InputOf } from '@waybill/contract';
import { constant, mapping } from '@waybill/mapping';
import { decimalText, matching, text } from '@waybill/values';
import { defineXmlMessage } from '@waybill/xml';
import type { announceReturn, returnApproved } from './commands.ts';

type Notice = InputOf<typeof announceReturn>;
type Approval = DataOf<typeof returnApproved>;
/** What an answer says: the number of the return, or why it was refused. */
export type Answer = { readonly number: string } | { readonly code: string; readonly reason: string };

const version = constant('@version', '1.0');
const number = text({ min: 1, example: 'R-1', trim: true });
const currency = matching({ pattern: '[A-Z]{3}', says: 'a currency such as EUR', example: 'EUR' });

// Each leaf says where its text is kept in the input of the command, or in the data of the event.
const n = mapping<Notice>();
const item = mapping<Notice['items'][number]>();
const a = mapping<Answer>();
const p = mapping<Approval>();

export const notice = defineXmlMessage<Notice>({
  root: () =>
    n.group('Return_Notice', [
      version,
      n.leaf('OrderNumber', 'order', text({ min: 1, example: '10042', trim: true }), { about: 'The order that the goods came with.' }),
      n.leaf('Reason?', 'reason', text({ example: 'Too small' })),
      n.vector('Item+', 'items', [
        item.leaf('@sku', 'sku', text({ min: 1, example: 'LAMP-3', trim: true })),
        item.leaf('@quantity', 'quantity', decimalText({ example: '1' }), { about: 'How many come back.' }),
      ]),
    ]),
});

export const answer = defineXmlMessage<Answer>({
  root: () =>
    a.group('Return_Answer', [
      version,
      a.oneOf(
        [a.group('Accepted', [a.leaf('ReturnNumber', 'number', number, { about: 'The number of the return.' })])],
        [a.group('Refused', [a.leaf('@code', 'code', text({ example: 'RETURNS_TOO_LATE' })), a.leaf('.', 'reason', text())])],
      ),
    ]),
});

export const approval = defineXmlMessage<Approval>({
  root: () =>
    p.group('Return_Approval', [
      version,
      p.leaf('ReturnNumber', 'number', number, { about: 'The number of the return.' }),
      p.group('Refund', [p.leaf('@currency', 'currency', currency), p.leaf('.', 'amount', decimalText({ example: '19.90' }))]),
    ]),
});
