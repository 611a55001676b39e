import { describe, expect, it } from 'vitest';
import pack from '../../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from '../support/messages.ts';

const type = { name: 'Create_WCS_PickBatch', version: '1.0' };
const sample = sampleOf('Create_WCS_PickBatch');
const read = {
  command: 'pick-batch.generate',
  store: '10151',
  input: { backendPickBatchId: 'WAVE-0315-A', storeId: '10151', fulfillmentCenterId: '11201' },
};

function answerWith(output: object, asked: typeof read = read): string {
  return textOf(pack.reply?.(type, { ok: true, output, read: asked }, context));
}

describe('Create_WCS_PickBatch 1.0', () => {
  it('reads the sample', () => {
    expect(readBody(sample)).toEqual({ type, read });
  });

  it.each([
    ['no center', '<FulfillmentCenterID>11201</FulfillmentCenterID>', '', 'MISSING_ELEMENT', 'PickBatch/FulfillmentCenterID, 9:5'],
    ['an empty store', '>10151<', '><', 'BAD_VALUE', 'PickBatch/StoreID, 11:7'],
    ['two batches', '</PickBatch>', '</PickBatch><PickBatch/>', 'TOO_MANY', 'PickBatch, 13:17'],
  ])('is refused with %s', (_title, from, to, code, below) => {
    expect(faultOf(sample.replace(from, to))).toMatchObject({ code: `WB_XML_${code}`, at: `Create_WCS_PickBatch/DataArea/${below}` });
  });
});

describe('the answer to a pick batch', () => {
  it('has the id of the batch, and says that releases are left over', () => {
    const reply = answerWith({ pickBatchId: '71004', more: true });
    expect(readBody(reply)).toEqual(readBody(sampleOf('Response_WCS_PickBatch')));
    expect(readBody(reply)).toEqual({
      type: { name: 'Response_WCS_PickBatch', version: '1.0' },
      read: {
        command: 'pick-batch.generate',
        input: { status: 'OK', batch: { more: true, backendPickBatchId: 'WAVE-0315-A', pickBatchId: '71004' } },
      },
    });
  });

  it('says that none is left over after the last batch', () => {
    expect(answerWith({ pickBatchId: '71005', more: false })).toContain('<PickBatch MorePickBatch="NO">');
  });

  it('has NULL in place of an id where no release was waiting, which is none when it is read', () => {
    const reply = answerWith({ more: false });
    expect(reply).toContain('<WCSPickBatchID>NULL</WCSPickBatchID>');
    expect(readBody(reply).read.input).toEqual({ status: 'OK', batch: { more: false, backendPickBatchId: 'WAVE-0315-A' } });
  });

  it('does not make up an id of the sender', () => {
    const { backendPickBatchId: _id, ...input } = read.input;
    expect(answerWith({ pickBatchId: '71004', more: false }, { ...read, input } as typeof read)).not.toContain('BackendPickBatchID');
  });

  it('has to say whether releases are left over', () => {
    expect(faultOf(sampleOf('Response_WCS_PickBatch').replace(' MorePickBatch="YES"', ''))).toMatchObject({
      code: 'WB_XML_MISSING_ATTRIBUTE',
      at: 'Response_WCS_PickBatch/DataArea/PickBatch@MorePickBatch, 10:5',
    });
  });
});
