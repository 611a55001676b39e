import { type Receipt, TransportError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { Finishing } from '../src/packs/finishing.ts';
import { knownOf, lettersPack, textOf } from './letters.ts';
import { message, setUp } from './side.ts';

const finishing = new Finishing(knownOf(lettersPack()), { key: 'secret' });
const saying = (text: string) => ({ body: Buffer.from(text), properties: {} });
const taken = (text: string): Promise<Receipt> => Promise.resolve({ id: 'r', detail: 'HTTP 200', answer: saying(text) });
const failed = (text: string) =>
  Promise.reject(new TransportError('WB_TEST_503', 'Busy.', { kind: 'unavailable', retryAfter: 7_000, answer: saying(text) }));

describe('what the far side says, which a pack judges', () => {
  it.each([
    ['taken', taken],
    ['failed', failed],
  ] as const)('is that it has the message, though its transport says that it was %s', async (_, sending) => {
    expect(await finishing.judged(sending('sent'))).toMatchObject({ detail: 'read' });
  });

  it.each([
    ['refused', taken, { outcome: 'refused', retryable: false, kind: 'conflict', retryAfter: undefined }],
    ['refused', failed, { outcome: 'refused', retryable: false, kind: 'conflict' }],
    ['not-sent', taken, { outcome: 'not-sent', retryable: true, retryAfter: undefined }],
    ['not-sent', failed, { outcome: 'not-sent', retryable: true, retryAfter: 7_000 }],
  ] as const)('is that it was %s', async (word, sending, error) => {
    await expect(finishing.judged(sending(word))).rejects.toMatchObject({ code: 'WB_TEST_JUDGED', connectionLost: false, ...error });
  });

  it('is nothing that the pack knows, so that the transport is believed', async () => {
    expect(await finishing.judged(taken('?'))).toMatchObject({ id: 'r', detail: 'HTTP 200' });
    await expect(finishing.judged(failed('?'))).rejects.toMatchObject({ code: 'WB_TEST_503' });
  });

  it('is not asked of a far side that said nothing', async () => {
    expect(await finishing.judged(Promise.resolve({ detail: 'put' }))).toEqual({ detail: 'put' });
    await expect(finishing.judged(Promise.reject(new TypeError('a defect')))).rejects.toMatchObject({ code: 'WB_PLUGIN_FAILED' });
  });

  it('breaks the pack, whose fault that is, and is not sent again', async () => {
    await expect(finishing.judged(taken('defect'))).rejects.toMatchObject({ code: 'WB_PACK_FAILED', retryable: false });
  });
});

describe('a side that sends what a pack finishes', () => {
  it('sends and asks with the whole message, and wants the answer', async () => {
    const seen: unknown[] = [];
    const { side } = setUp({
      send: async ({ body }, { answer }) => (seen.push([textOf(body), answer]), { answer: saying('sent') }),
      request: async (asked) => (seen.push(textOf(asked.body)), asked),
    });
    expect(await side.send(message('a'), { finishing })).toMatchObject({ detail: 'read' });
    await side.request(message('b'), 1_000, finishing);
    expect(seen).toEqual([['a secret', true], 'b secret']);
  });

  it('asks for no answer that nobody judges, and sends what nobody completes as it is', async () => {
    const seen: unknown[] = [];
    const { side } = setUp({ send: async ({ body }, options) => (seen.push([textOf(body), 'answer' in options]), {}) });
    await side.send(message('a'), { finishing: new Finishing(knownOf(lettersPack({ complete: undefined, judge: undefined })), {}) });
    await side.send(message('b'), {});
    expect(seen).toEqual([
      ['a', false],
      ['b', false],
    ]);
  });

  it('does not take a far side that refuses three messages with status 503 for away', async () => {
    const { side } = setUp({ send: () => failed('refused') });
    for (const id of ['a', 'b', 'c', 'd'])
      await expect(side.send(message(id), { finishing })).rejects.toMatchObject({ outcome: 'refused' });
    expect(side.isDown).toBe(false);
  });
});
