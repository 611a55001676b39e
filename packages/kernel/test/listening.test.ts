import { type Deliver, defineMessagePack, defineTransport, type MessagePackDefinition, TransportError } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, memoryTransport, testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { changed, setUp } from './support/kernel.ts';
import { note, notesPack, writeNote } from './support/notes.ts';

const failing = (more: object = {}) => new TransportError('WB_TEST_FAILS', 'It fails.', { retryable: true, ...more });

/** A kernel on a clock that stands still, whose listeners do `run`. `opened` has the instants, counted from the start. */
async function setUpListening(
  run: (stop: AbortSignal, clock: ReturnType<typeof testClock>, deliver: Deliver) => Promise<void>,
  { accept = 'processed', pack }: { readonly accept?: 'processed' | 'stored'; readonly pack?: MessagePackDefinition } = {},
) {
  const clock = testClock();
  const memory = memoryTransport();
  const start = clock.now();
  const opened: number[] = [];
  const transport = changed(memory.transport, async () => {
    opened.push(clock.now() - start);
    return { run: (deliver, stop) => run(stop, clock, deliver) };
  });
  const made = setUp({
    memory: { ...memory, transport },
    inbound: { notes: { queue: 'IN', accept } },
    options: { clock },
    ...(pack && { pack }),
  });
  await made.kernel.start();
  return { ...made, clock, opened };
}

const waits = (opened: readonly number[], runs = 0) => opened.slice(1).map((at, index) => at - (opened[index] ?? 0) - runs);

describe('a listener', () => {
  it('that fails at once is opened again after growing waits', async () => {
    const { clock, opened } = await setUpListening(() => Promise.reject(failing()));
    await clock.advance(6_000);
    const [first = 0, second = 0, third = 0] = waits(opened);
    expect([first, second, third].map((wait, index) => Math.abs(wait - 250 * 2 ** index) <= 50 * 2 ** index)).toEqual([true, true, true]);
    expect(opened.length).toBeLessThanOrEqual(6);
  });

  it('that was well for long begins again with the first wait', async () => {
    const { clock, opened } = await setUpListening(async (stop, time) => {
      await time.sleep(40_000, stop);
      if (!stop.aborted) throw failing();
    });
    await clock.advance(5 * 41_000);
    expect(opened.length).toBeGreaterThanOrEqual(5);
    expect(Math.max(...waits(opened, 40_000))).toBeLessThanOrEqual(300);
  });

  it('that asks for time gets it', async () => {
    const { clock, opened } = await setUpListening(() => Promise.reject(failing({ retryAfter: 7_000 })));
    await clock.advance(6_999);
    expect(opened).toHaveLength(1);
    await clock.advance(1);
    expect(opened).toHaveLength(2);
  });

  it('that ends by itself is opened again', async () => {
    const { kernel, clock, opened, lines } = await setUpListening(async () => undefined);
    await clock.advance(0);
    expect(kernel.status().inbound).toMatchObject([{ state: 'degraded' }]);
    await clock.advance(300);
    expect(opened).toHaveLength(2);
    expect(lines.map(({ fields }) => fields['code'])).toContain('WB_LISTENER_ENDED');
  });

  it.each(['processed', 'stored'] as const)('that goes on delivering after the stop has everything given back (%s)', async (accept) => {
    let delivering: Deliver | undefined;
    let looks = 0;
    const recognise: typeof notesPack.recognise = (...given) => {
      looks += 1;
      return notesPack.recognise(...given);
    };
    const run = async (stop: AbortSignal, _: unknown, deliver: Deliver) => {
      delivering = deliver;
      await new Promise((resolve) => stop.addEventListener('abort', resolve));
    };
    const { kernel, written } = await setUpListening(run, { accept, pack: defineMessagePack({ ...notesPack, recognise }) });
    await kernel.stop({ grace: 1_000 });
    const message = { id: 'late', body: Buffer.from(note('late')), createdAt: 0, properties: {} };
    expect(await delivering?.({ message })).toEqual({ outcome: 'released' });
    // Nobody even looks at it.
    expect([written, looks]).toEqual([[], 0]);
  });

  it('lets go of a connection that it has lost, for all who use it', async () => {
    const memory = memoryTransport();
    let connects = 0;
    let isLost = true;
    const changing = changed(memory.transport, async (...opening) => {
      const listener = await (memory.transport.receive as NonNullable<typeof memory.transport.receive>).open(...opening);
      if (!isLost) return listener;
      isLost = false;
      return { run: () => Promise.reject(failing({ connectionLost: true })) };
    });
    const transport = defineTransport({ ...changing, connect: (...given) => (connects++, changing.connect(...given)) });
    const { kernel, outcomes } = setUp({ memory: { ...memory, transport } });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await outcomes('done');
    expect(connects).toBe(2);
  });
});

describe('two kernels on one journal', () => {
  const two = async (entry: object, options: Parameters<typeof memoryTransport>[0], handlers = [handle(writeNote, () => undefined)]) => {
    const journal = new MemoryJournalFile();
    const memory = memoryTransport(options);
    const clock = testClock();
    const inbound = { notes: { queue: 'IN', ...entry } };
    const first = setUp({ journal, memory, inbound, handlers });
    const second = setUp({ journal, memory, inbound, options: { clock } });
    await first.kernel.start();
    await second.kernel.start();
    const states = () => [first, second].map(({ kernel }) => kernel.status().inbound[0]?.state);
    return { first, second, memory, clock, journal, states };
  };

  it('both receive an entry that keeps no order', async () => {
    const { states } = await two({}, { exclusive: false });
    expect(states()).toEqual(['receiving', 'receiving']);
  });

  it('receive an entry one at a time whose endpoint cannot be shared, also in parallel', async () => {
    const { first, second, clock, memory, states } = await two({}, { shared: false });
    expect(states()).toEqual(['receiving', 'standing-by']);
    await first.kernel.stop();
    memory.put('IN', { body: note('one') });
    await clock.advance(500);
    await eventually(() => second.written.length === 1, { what: 'the second one to work' });
  });

  it('receive an entry in order one at a time: the other one takes over soon after the first has stopped', async () => {
    const { first, second, clock, memory, states } = await two({ order: 'serial' }, { exclusive: false });
    expect(states()).toEqual(['receiving', 'standing-by']);
    await first.kernel.stop();
    memory.put('IN', { body: note('one') });
    await clock.advance(500);
    await eventually(() => second.written.length === 1, { what: 'the second one to work' });
  });

  it.each([
    ['the journal gives the turn', { exclusive: false }],
    ['the transport gives the turn', { exclusive: true }],
  ])('work on what is stored for an entry in order only where it is received, where %s', async (_, options) => {
    const gate = Promise.withResolvers<void>();
    const worked: string[] = [];
    const handlers = [
      handle(writeNote, async ({ text }) => {
        worked.push(text);
        if (text === 'delivered') await gate.promise;
      }),
    ];
    const { first, second, memory, clock, journal } = await two({ order: 'serial' }, options, handlers);
    memory.put('IN', { id: 'd', body: note('delivered') });
    await eventually(() => worked.length === 1, { what: 'the first one to have a message in hand' });
    // The first one takes the one at hand; what comes after that is there for whoever may work.
    for (const id of ['s1', 's2']) {
      const message = { id, body: Buffer.from(note(id)), createdAt: 0, properties: {} };
      await journal.open().inbox.store({ entry: 'notes', id, digest: id, trace: id, message });
      await clock.advance(10_000);
    }
    expect(second.seen).toEqual([]);
    gate.resolve();
    await first.outcomes('done', 3);
    expect(worked).toEqual(['delivered', 's1', 's2']);
  });
});
