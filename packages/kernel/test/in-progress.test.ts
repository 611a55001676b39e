import { CommandError, type Deliver } from '@waybill/contract';
import { type ApplicationSpec, handle } from '@waybill/contract/application';
import { eventually, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import type { InHand } from '../src/inbound/in-hand.ts';
import { InProgress, mustWait, settlementOfSame } from '../src/inbound/in-progress.ts';
import { changed, promising, setUp } from './support/kernel.ts';
import { note, writeNote } from './support/notes.ts';

describe('what is in progress', () => {
  const handOf = (id: string, digest: string) => ({ key: { entry: 'notes', id }, digest }) as InHand;

  it('knows the delivery of the same id before, until that has ended', () => {
    const progress = new InProgress();
    const [first, other] = [progress.begin(handOf('a', 'one')), progress.begin(handOf('b', 'one'))];
    const second = progress.begin(handOf('a', 'one'));
    expect([first.before, other.before, second.before, progress.size]).toEqual([undefined, undefined, first, 2]);
    progress.ended(first);
    expect(progress.begin(handOf('a', 'one')).before).toBe(second);
    for (const one of [second, other]) progress.ended(one);
    expect(progress.size).toBe(1);
  });

  it.each([
    ['the settlement of the one before', 'accepted', 'one', { outcome: 'accepted' }],
    ['nothing where that was given back', 'released', 'one', undefined],
    ['nothing of another body', 'accepted', 'two', undefined],
  ] as const)('gives the same message %s', (_, outcome, digest, expected) => {
    const progress = new InProgress();
    const first = progress.begin(handOf('a', 'one'));
    const second = progress.begin(handOf('a', digest));
    expect(settlementOfSame(second)).toBeUndefined();
    first.settlement = { outcome };
    expect(settlementOfSame(second)).toEqual(expected);
  });

  it('has who has no place behind the one before wait until that is over', () => {
    const progress = new InProgress();
    const begin = (digest: string, orderKey: string | undefined) => Object.assign(progress.begin(handOf('a', digest)), { orderKey });
    begin('one', 'key');
    const [same, other] = [begin('one', 'key'), begin('two', 'key')];
    const [keyless, keyed] = [begin('two', undefined), begin('two', 'key')];
    expect([same, other, keyless, keyed].map(mustWait)).toEqual([false, true, true, true]);
  });
});

describe('a message that comes again while it is worked on', () => {
  /** An entry whose handler runs until it is told to go on; `deliver` hands over more than the transport would. */
  async function held(order: object, keyOf?: ApplicationSpec['keyOf']) {
    const runs: string[] = [];
    const gates: (() => void)[] = [];
    const handler = handle(writeNote, async ({ text }) => {
      runs.push(text);
      await new Promise<void>((resolve) => gates.push(resolve));
      throw new CommandError('WB_TEST_NO', 'No.');
    });
    let hand: Deliver | undefined;
    const own = memoryTransport();
    const transport = changed(promising(own.transport, { waits: true }), async (...opening) => {
      const listener = await own.transport.receive?.open(...opening);
      return { run: (deliver, stop) => listener?.run((hand = deliver), stop) ?? Promise.resolve() };
    });
    const world = setUp({
      inbound: { notes: { queue: 'IN', ...order } },
      handlers: [],
      options: { application: { handlers: [handler], ...(keyOf && { keyOf }) } },
      memory: { ...own, transport },
    });
    await world.kernel.start();
    await eventually(() => hand !== undefined, { what: 'the listener' });
    const deliver = async (id: string, text: string) =>
      hand?.({ message: { id, createdAt: Date.now(), body: new TextEncoder().encode(note(text)), properties: {} } });
    return { runs, gates, deliver };
  }

  it.each([
    ['without an order', {}],
    ['in an order', { order: 'serial' }],
  ])('%s is worked on once, and both senders are told the same', async (_, order) => {
    const { runs, gates, deliver } = await held(order);
    const told = [deliver('a', 'one'), deliver('a', 'one')];
    await eventually(() => gates.length > 0, { what: 'the handler' });
    gates[0]?.();
    const refusal = { outcome: 'rejected', fault: { code: 'WB_TEST_NO' } };
    expect(await Promise.all(told)).toMatchObject([refusal, refusal]);
    expect(runs).toEqual(['one']);
  });

  it('is not worked on beside itself where its key could not be told the first time', async () => {
    const refusal = { outcome: 'rejected', fault: { code: 'WB_TEST_NO' } };
    let asked = 0;
    const { promise: answer, reject } = Promise.withResolvers<string>();
    const { runs, deliver } = await held({ order: { by: 'key' } }, () => (++asked === 1 ? answer : 'k'));
    const told = [deliver('a', 'one'), deliver('a', 'one')];
    await eventually(() => asked === 2, { what: 'both keys to be asked for' });
    reject(new CommandError('WB_TEST_NO', 'No.'));
    expect(await Promise.all(told)).toMatchObject([refusal, refusal]);
    expect(runs).toEqual([]);
  });

  it('does not take the places of others while it waits', async () => {
    const { runs, gates, deliver } = await held({ concurrency: 2 });
    const told = [...Array.from({ length: 5 }, () => deliver('a', 'one')), deliver('b', 'two')];
    await eventually(() => runs.length === 2, { what: 'the other message' });
    expect(runs).toEqual(['one', 'two']);
    for (const open of gates) open();
    await Promise.all(told);
  });
});
