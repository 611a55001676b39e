import { type Receipt, TransportError } from '@waybill/contract';
import { memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { sendingBy, setUp } from './support/kernel.ts';
import { noteWritten } from './support/notes.ts';

/** A kernel whose sends are done by `way`. */
function sending(way: Parameters<typeof sendingBy>[1]) {
  const memory = memoryTransport();
  const routes = [{ event: 'note.written', message: 'Written', to: ['out'] }];
  return setUp({ outbound: { out: { queue: 'OUT' } }, routes, memory: { ...memory, transport: sendingBy(memory.transport, way) } });
}

describe('a message whose sender notes what is known while it goes on', () => {
  const known: Receipt['recipients'] = [
    { address: 'anna', outcome: 'sent' },
    { address: 'bert', outcome: 'later' },
  ];

  it('is tried again for those only that are open then, whatever its attempts say in the end', async () => {
    const to: unknown[] = [];
    const people = ['anna', 'bert', 'carl'];
    const { kernel, outcomes, desk } = sending(async (_, __, options) => {
      to.push(options.to);
      if (to.length === people.length) return { recipients: [{ address: 'carl', outcome: 'sent' }] };
      const noted = people.map((address, place) => ({ address, outcome: place < to.length ? ('sent' as const) : ('later' as const) }));
      expect(await options.note?.(noted)).toBe(true);
      throw new TransportError('WB_TEST_CUT', 'Cut.', { retryable: true });
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    const [sent] = await outcomes('sent');
    expect(to).toEqual([undefined, ['bert', 'carl'], ['carl']]);
    const row = await desk.show({ direction: 'out', entry: 'out', id: sent?.id ?? '' });
    expect(row?.recipients?.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent']);
  });

  it('has that in the journal before the sender goes on', async () => {
    const { promise: isNoted, resolve } = Promise.withResolvers<boolean | undefined>();
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<Receipt>();
    const { kernel, desk } = sending((_, __, { note }) => {
      void note?.(known).then(resolve);
      return mayEnd;
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    expect(await isNoted).toBe(true);
    const [row] = (await desk.list({ direction: 'out' })).rows;
    expect(row && (await desk.show(row))?.recipients).toEqual(known);
    end({});
  });
});

describe('a parked message of whose recipients none is open', () => {
  it.each([
    ['refused', 'refused', ['anna', 'bert']],
    ['sent', 'unknown', ['bert']],
    ['unknown', 'refused', ['anna', 'bert']],
  ] as const)('goes to all who have not got it when a person replays it: %s, %s', async (anna, bert, open) => {
    const to: unknown[] = [];
    const { kernel, outcomes, desk } = sending((_, __, options) => {
      to.push(options.to);
      const recipients = [
        { address: 'anna', outcome: anna },
        { address: 'bert', outcome: bert },
      ];
      return Promise.resolve({ recipients: to.length === 1 ? recipients : open.map((address) => ({ address, outcome: 'sent' as const })) });
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    const [parked] = await outcomes('parked');
    await desk.replay([{ direction: 'out', entry: 'out', id: parked?.id ?? '' }], { who: 'test' });
    await outcomes('sent');
    expect(to).toEqual([undefined, open]);
  });
});
