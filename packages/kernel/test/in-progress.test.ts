import { CommandError, type Deliver } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
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
    progress.begin(handOf('a', 'one'));
    const [same, other] = [progress.begin(handOf('a', 'one')), progress.begin(handOf('a', 'two'))];
    expect([mustWait(same, 'key'), mustWait(same, undefined), mustWait(other, 'key')]).toEqual([false, true, true]);
  });
});

describe('a message that comes again while it is worked on', () => {
  /** An entry whose handler runs until it is told to go on; `deliver` hands over more than the transport would. */
  async function held(order: object) {
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
    const world = setUp({ inbound: { notes: { queue: 'IN', ...order } }, handlers: [handler], memory: { ...own, transport } });
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

  it('does not take the places of others while it waits', async () => {
    const { runs, gates, deliver } = await held({ concurrency: 2 });
    const told = [...Array.from({ length: 5 }, () => deliver('a', 'one')), deliver('b', 'two')];
    await eventually(() => runs.length === 2, { what: 'the other message' });
    expect(runs).toEqual(['one', 'two']);
    for (const open of gates) open();
    await Promise.all(told);
  });
});
