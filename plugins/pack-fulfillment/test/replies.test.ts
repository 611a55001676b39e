import { CommandError, MessageError, type MessageTypeRef, type ReadMessage, TransportError, WaybillError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from './support/messages.ts';

const customerType = { name: 'Create_WCS_Customer', version: '3.0' };
const inquiry = { name: 'Inquire_WCS_PickPackListDetail', version: '1.0' };

function replyTo(type: MessageTypeRef, error: WaybillError, read?: ReadMessage): string {
  return textOf(pack.reply?.(type, { ok: false, error, read }, context));
}

describe('a message that failed before its command', () => {
  it('is answered with a WCS_Error that says what, where and what next', () => {
    const body = sampleOf('Inquire_WCS_PickPackListDetail')
      .replace('WCSPickBatchID>71004', 'WCSPickBatchId>71004')
      .replace('</WCSPickBatchID>', '</WCSPickBatchId>');
    expect(replyTo(inquiry, faultOf(body))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<WCS_Error type="GenericApplicationError">
  <Exception>
    <ExceptionType>1</ExceptionType>
    <MessageKey>WB_XML_UNEXPECTED_ELEMENT</MessageKey>
    <Message>Element PickPackListDetail cannot have a child WCSPickBatchId.</Message>
    <OrginatingCommand>pick-list.get</OrginatingCommand>
    <ExceptionParameters>
      <at>Inquire_WCS_PickPackListDetail/DataArea/PickPackListDetail/WCSPickBatchId, 10:7</at>
      <hint>Did you mean WCSPickBatchID?</hint>
    </ExceptionParameters>
  </Exception>
</WCS_Error>
`);
  });

  it('names the message where several commands are possible', () => {
    const reply = replyTo({ name: 'Update_WCS_OrderStatus', version: '3.0' }, new MessageError('WB_X', 'No.'));
    expect(reply).toContain('<OrginatingCommand>Update_WCS_OrderStatus</OrginatingCommand>');
  });

  it.each([
    ['a fault of the message', new MessageError('WB_X', 'No.'), 'GenericApplicationError'],
    ['a broken rule', new CommandError('WB_X', 'No.'), 'GenericApplicationError'],
    ['a command that can be tried again', new CommandError('WB_X', 'Busy.', { retryable: true }), 'GenericSystemError'],
    ['a lost connection', new TransportError('WB_X', 'Gone.', { connectionLost: true }), 'GenericSystemError'],
    ['something nobody foresaw', new WaybillError('WB_X', 'Oops.'), 'GenericSystemError'],
  ])('tells whose turn it is: %s', (_title, error, type) => {
    expect(replyTo(inquiry, error)).toContain(`<WCS_Error type="${type}">`);
  });
});

describe('an error that shows what no document can hold', () => {
  const error = new CommandError('WB_X', 'There is no order \u0008\ud83d.', { hint: 'Look at \u0000.' });

  it('is answered all the same', () => {
    const reply = replyTo(customerType, error);
    expect(reply).toContain('There is no order \ufffd\ufffd.');
    expect(reply).toContain('Look at \ufffd.');
  });

  it('is told in a pick list that failed, too', () => {
    const { type, read } = readBody(sampleOf('Inquire_WCS_PickPackListDetail'));
    expect(replyTo(type, error, read)).toContain('There is no order \ufffd\ufffd.');
  });

  it('is what a fault in the middle of a surrogate pair is not', () => {
    const body = sampleOf('Update_WCS_OrderStatus').replace(/<TotalNetPrice>.*?</, `<TotalNetPrice>${'x'.repeat(31)}😀<`);
    expect(replyTo(customerType, faultOf(body))).toContain(`${'x'.repeat(31)}…`);
  });
});

describe('a message without a reply of its own', () => {
  it('is not answered when its command succeeds', () => {
    const { type, read } = readBody(sampleOf('Update_WCS_ProductInventory'));
    expect(pack.reply?.(type, { ok: true, output: undefined, read }, context)).toBeUndefined();
  });

  it('is answered with what was asked and why it failed, and without any secret', () => {
    const { read } = readBody(sampleOf('Create_WCS_Customer'));
    const reply = replyTo(customerType, new CommandError('WB_STORE_LOGON_TAKEN', 'The logon id is taken.'), read);
    for (const secret of ['Lantern22', 'Gull Point', 'kestrel-4410']) expect(reply).not.toContain(secret);
    expect(readBody(reply)).toEqual({
      type: { name: 'WCS_Error', version: '1.0' },
      read: {
        command: 'customer.register',
        input: {
          system: false,
          command: 'customer.register',
          code: 'WB_STORE_LOGON_TAKEN',
          message: 'The logon id is taken.',
          parameters: {},
          attributes: {
            logonId: 'tokonkwo',
            storeId: '10151',
            parentMember: 'ou=retail buyers,o=harbour and pine,o=root organization',
            enabled: 'true',
            profileType: 'B',
          },
        },
      },
    });
  });

  it('has no secret in the answer even where only its name tells', () => {
    const read = { command: 'customer.register', input: { logonId: 'a', newPassword: 'hidden', 'odd name': 'x', list: ['y'] } };
    const reply = replyTo(customerType, new CommandError('WB_X', 'No.'), read);
    expect(reply).not.toContain('hidden');
    expect(readBody(reply).read.input).toMatchObject({ attributes: { logonId: 'a' } });
  });

  it('is answered well-formed, whatever the error says', () => {
    const error = new CommandError('WB_X', `a & <b> "c" ]]> \r\n 😀`, { at: '<at>', hint: '&' });
    expect(readBody(replyTo(customerType, error)).read.input).toMatchObject({
      message: error.message,
      parameters: { at: '<at>', hint: '&' },
    });
  });
});

describe('WCS_Error', () => {
  it('reads the sample', () => {
    expect(readBody(sampleOf('WCS_Error'))).toEqual({
      type: { name: 'WCS_Error', version: '1.0' },
      read: {
        command: 'PickBatchGenerate',
        input: {
          system: false,
          command: 'PickBatchGenerate',
          code: '_ERR_EXAMPLE_BAD_PARAMETER',
          message: 'The store identifier in the request is not valid.',
          parameters: { storeId: '99999' },
          attributes: { storeId: '99999', ffmcenterId: '11201', backendPickBatchId: 'WAVE-0315-B' },
        },
      },
    });
  });
});
