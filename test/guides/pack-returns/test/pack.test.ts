import { readFileSync } from 'node:fs';
import { CommandError, type ReadableMessage } from '@waybill/contract';
import { cardOf } from '@waybill/contract/host';
import { describe, expect, it } from 'vitest';
import returns, { announceReturn } from '../src/index.ts';
import { answer, approval, notice } from '../src/messages.ts';

const noticeType = { name: 'Return_Notice', version: '1.0' };
const approvalType = { name: 'Return_Approval', version: '1.0' };
const context = { time: '2030-05-01T12:00:00Z', messageId: 'message-1', options: {} };

function messageOf(body: string): ReadableMessage {
  return { id: 'message-1', createdAt: Date.parse(context.time), encoding: 'utf-8', body: Buffer.from(body), properties: {} };
}

// The pack has no options that an entry could set.
const options = {};

const announced = messageOf(`
  <Return_Notice version="1.0">
    <OrderNumber>10042</OrderNumber>
    <Reason>Too small &amp; too red</Reason>
    <Item sku="LAMP-3" quantity="2"/>
  </Return_Notice>`);

describe('a return notice', () => {
  it('is recognised by its root element', () => {
    expect(returns.recognise(announced, options)).toMatchObject({ name: 'Return_Notice', version: '1.0' });
    expect(returns.recognise(messageOf('<Something_Else/>'), options)).toBeUndefined();
  });

  it('asks for the command with everything that it says', () => {
    expect(returns.read(noticeType, announced, options)).toEqual({
      command: 'return.announce',
      input: { order: '10042', reason: 'Too small & too red', items: [{ sku: 'LAMP-3', quantity: '2' }] },
    });
  });

  it('is about its order, by whatever message that is told', () => {
    const input = { order: '10042', items: [{ sku: 'LAMP-3', quantity: '2' }] };
    expect(announceReturn.orderKey?.(input)).toBe('order:10042');
    expect(announceReturn.businessKeys?.(input)).toEqual({ order: '10042', sku: ['LAMP-3'] });
  });

  it('may declare the encoding that it had on its way', () => {
    const declared = messageOf('<?xml version="1.0" encoding="ISO-8859-1"?>' + Buffer.from(announced.body).toString().trim());
    expect(returns.read(noticeType, declared, options).command).toBe('return.announce');
  });

  it('that lacks its items is refused with the place of the fault', () => {
    const incomplete = messageOf('<Return_Notice version="1.0"><OrderNumber>10042</OrderNumber></Return_Notice>');
    expect(() => returns.read(noticeType, incomplete, options)).toThrow(/Item/);
  });

  it('is answered with the number of the return', () => {
    const draft = returns.reply?.(
      noticeType,
      { ok: true, output: { number: 'R-7' }, read: returns.read(noticeType, announced, options) },
      context,
    );
    expect(answer.read(draft?.body ?? '')).toEqual({ number: 'R-7' });
  });

  it('is answered with what went wrong', () => {
    const error = new CommandError('WB_RETURNS_TOO_LATE', 'The order is older than 30 days.');
    const draft = returns.reply?.(noticeType, { ok: false, error }, context);
    expect(answer.read(draft?.body ?? '')).toEqual({ code: error.code, reason: error.message });
  });
});

describe('an approval', () => {
  it('tells of the refund', () => {
    const draft = returns.compose(approvalType, { number: 'R-7', amount: '39.80', currency: 'EUR' }, context);
    expect(approval.read(draft.body)).toEqual({ number: 'R-7', amount: '39.80', currency: 'EUR' });
  });
});

describe('the definitions', () => {
  it.each([notice, answer, approval].map((one) => [one.root.name, one] as const))('read what they write: %s', (_name, definition) => {
    const value = definition.makeUp();
    expect(definition.read(definition.write(value as never))).toEqual(value);
  });
});

describe('the card', () => {
  it('is fresh', () => {
    expect(JSON.parse(readFileSync(new URL('../waybill.plugin.json', import.meta.url), 'utf8'))).toEqual(cardOf(returns));
  });
});
