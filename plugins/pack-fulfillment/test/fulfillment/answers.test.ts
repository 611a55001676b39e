import { CommandError, MessageError, type MessageType, type ReadMessage, typeName } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import pack from '../../src/index.ts';
import { contents } from '../../src/replying/answers.ts';
import { context, readBody, sampleOf, textOf } from '../support/messages.ts';

const answered = pack.messages.filter(({ direction, reply }) => direction === 'in' && reply !== undefined);
const refused = new CommandError('WB_STORE_REFUSED', 'There is no such <thing> & none like it.');

function failed(type: MessageType, read: ReadMessage): string {
  return textOf(pack.reply?.(type, { ok: false, error: refused, read }, context));
}

describe('the table of answers', () => {
  it('has a line for each message that is answered, and for no other', () => {
    expect(Object.keys(contents).toSorted()).toEqual([...new Set(answered.map(({ name }) => name))].toSorted());
  });
});

describe.each(answered.map((type) => [typeName(type), type] as const))('%s whose command fails', (_title, type) => {
  it('is answered with its own reply, which has code and text of the error and no id', () => {
    const { read } = readBody(type.sample?.() ?? '');
    const reply = readBody(failed(type, read));
    expect(reply.type).toEqual(type.reply);
    expect(reply.read.input).toMatchObject({ status: 'ERROR', code: refused.code, message: refused.message });
    for (const id of ['recordId', 'receiptId', 'shipmentId', 'details', 'batch', 'pickList'])
      expect(reply.read.input).not.toHaveProperty(id);
  });

  it('is answered with a WCS_Error where it could not be read, and where it is refused before its command runs', () => {
    const { read } = readBody(type.sample?.() ?? '');
    const forbidden = new MessageError('WB_AUTH_REFUSED', 'The credentials inside the message are wrong.', { kind: 'forbidden' });
    expect(pack.reply?.(type, { ok: false, error: refused }, context)?.type).toBe('WCS_Error');
    expect(pack.reply?.(type, { ok: false, error: forbidden, read }, context)?.type).toBe('WCS_Error');
  });

  it('is refused with the error of the pack where the command answers with anything else', () => {
    const { read } = readBody(type.sample?.() ?? '');
    if (type.commands?.[0]?.output === undefined) return;
    for (const output of [null, {}, 'text', { details: 7 }, { details: [7] }])
      expect(() => pack.reply?.(type, { ok: true, output, read }, context)).toThrow(expect.objectContaining({ name: 'MessageError' }));
  });
});

describe('what an answer to a failure repeats', () => {
  const told = (sample: string) => {
    const { type, read } = readBody(sampleOf(sample));
    const known = pack.messages.find(({ name, version }) => name === type.name && version === type.version) as MessageType;
    const {
      status: _status,
      code: _code,
      message: _message,
      ...rest
    } = readBody(failed(known, read)).read.input as Record<string, unknown>;
    return rest;
  };

  it.each([
    ['Create_WCS_ExpectedInventoryRecord', { backendId: 'ASN-7712', storeId: '10151', vendorId: '20041', ordered: '2024-03-12T00:00:00' }],
    [
      'Create_WCS_InventoryReceipt',
      {
        ownerId: '7000000000000000102',
        partNumber: 'HP-LAMP-02',
        storeId: '10151',
        fulfillmentCenterId: '11201',
        vendorId: '20041',
        quantity: '118',
        received: '2024-03-22T10:35:00',
      },
    ],
    [
      'Update_WCS_InventoryReceipt',
      {
        ownerId: '7000000000000000102',
        partNumber: 'HP-LAMP-02',
        storeId: '10151',
        fulfillmentCenterId: '11201',
        quantity: '-4',
        adjustmentCodeId: '60002',
      },
    ],
    ['Create_WCS_PickBatch', {}],
    ['Create_WCS_ShipmentConfirmation', { orderId: '12007', releaseNumber: '1', packageId: 'PKG-000417' }],
  ])('%s', (sample, rest) => {
    expect(told(sample)).toEqual(rest);
  });

  it('names the order of a package as the sender did', () => {
    const body = sampleOf('Create_WCS_ShipmentConfirmation').replace('ByWCS">12007', 'ByBackend">SO-1');
    const { type, read } = readBody(body);
    const reply = failed(pack.messages.find(({ name, version }) => name === type.name && version === type.version) as MessageType, read);
    expect(reply).toContain('<OrderNumber type="ByBackend">SO-1</OrderNumber>');
  });
});
