import { handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { Lane } from '../src/inbound/lane.ts';
import { setUp } from './support/kernel.ts';
import { busy, note, refused, writeNote } from './support/notes.ts';

/** A handler that notes when it begins and ends, and how many run at the same time. */
function watched(work: (text: string, attempt: number) => Promise<void> | void = () => undefined) {
  const trail: string[] = [];
  let running = 0;
  const most = { atOnce: 0 };
  const handler = handle(writeNote, async ({ text }, { attempt }) => {
    most.atOnce = Math.max(most.atOnce, ++running);
    trail.push(`+${text}`);
    try {
      await work(text, attempt);
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      trail.push(`-${text}`);
      running--;
    }
  });
  return { handlers: [handler], trail, most };
}

const keyed = (key: string, text: string) => note(`${key}${text}`, { key });
const endings = (trail: readonly string[], key: string) => trail.filter((one) => one.startsWith(`-${key}`)).map((one) => one.slice(1));

describe('a lane', () => {
  it('lets as many in as it has places, first come first served', async () => {
    const lane = new Lane(2);
    expect([lane.enter(undefined), lane.enter(undefined)]).toEqual([undefined, undefined]);
    const third = lane.enter(undefined);
    lane.leave(undefined);
    await third;
    expect(lane.inside).toBe(2);
  });

  it('lets one of a key in at a time, and others past those that wait', async () => {
    const lane = new Lane(2);
    expect(lane.enter('a')).toBeUndefined();
    const second = lane.enter('a');
    expect(lane.enter('b')).toBeUndefined();
    lane.leave('b');
    lane.leave('a');
    await second;
    expect(lane.inside).toBe(1);
  });
});

describe('the one door to the handler', () => {
  it('lets one message in at a time in a serial entry, replayed and delivered ones alike', async () => {
    let isMended = false;
    const gate = Promise.withResolvers<void>();
    const { handlers, trail, most } = watched((text) => {
      if (text === 'a' && !isMended) throw refused();
      return text === 'b' ? gate.promise : undefined;
    });
    const { kernel, memory, outcomes } = setUp({ handlers, inbound: { notes: { queue: 'IN', order: 'serial', parked: 'releases' } } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('a') });
    await outcomes('parked');
    isMended = true;
    memory.put('IN', { id: 'b', body: note('b') });
    await eventually(() => trail.includes('+b'), { what: 'the handler to work on b' });
    await kernel.desk.replay([{ direction: 'in', entry: 'notes', id: 'a' }], { who: 'test' });
    gate.resolve();
    await outcomes('done', 2);
    expect(trail).toEqual(['+a', '-a', '+b', '-b', '+a', '-a']);
    expect(most.atOnce).toBe(1);
  });

  it('keeps to the concurrency over stored and delivered messages together', async () => {
    const { handlers, most } = watched();
    const journal = new MemoryJournalFile();
    let isMended = false;
    const mended = [
      handle(writeNote, (input, context) => (isMended ? handlers[0]?.run(input, context) : Promise.reject(refused())) as Promise<void>),
    ];
    const { kernel, memory, outcomes } = setUp({ journal, handlers: mended, inbound: { notes: { queue: 'IN', concurrency: 4 } } });
    await kernel.start();
    const ids = Array.from({ length: 40 }, (_, number) => `p${number}`);
    for (const id of ids) memory.put('IN', { id, body: note(id) });
    await outcomes('parked', 40);
    isMended = true;
    await kernel.desk.replay(
      ids.map((id) => ({ direction: 'in', entry: 'notes', id }) as const),
      { who: 'test' },
    );
    for (let number = 0; number < 40; number++) memory.put('IN', { body: note(`d${number}`) });
    await outcomes('done', 80);
    expect(most.atOnce).toBe(4);
  });
});

describe('an entry in the order of keys', () => {
  const inbound = { notes: { queue: 'IN', order: { by: 'key' }, concurrency: 4 } };

  it('works on messages of one key one after the other, and on other keys side by side', async () => {
    const gate = Promise.withResolvers<void>();
    const { handlers, trail } = watched((text) => (text === 'a1' ? gate.promise : undefined));
    const { kernel, memory, outcomes } = setUp({ handlers, inbound });
    await kernel.start();
    for (const text of ['a1', 'a2', 'b1', 'b2']) memory.put('IN', { body: keyed(text.slice(0, 1), text.slice(1)) });
    await outcomes('done', 2);
    expect(trail).toEqual(['+a1', '+b1', '-b1', '+b2', '-b2']);
    gate.resolve();
    await outcomes('done', 4);
    expect(endings(trail, 'a')).toEqual(['a1', 'a2']);
  });

  it('keeps what follows behind a message that waits for its retry, and nobody else', async () => {
    const { handlers, trail } = watched((text, attempt) => {
      if (text === 'a1' && attempt < 3) throw busy();
    });
    const retry = { attempts: 5, first: '60ms', most: '60ms' };
    const { kernel, memory, outcomes, seen } = setUp({ handlers, inbound: { notes: { ...inbound.notes, retry } } });
    await kernel.start();
    for (const text of ['a1', 'a2', 'b1', 'a3']) memory.put('IN', { id: text, body: keyed(text.slice(0, 1), text.slice(1)) });
    await outcomes('done', 4);
    expect(endings(trail, 'a')).toEqual(['a1', 'a1', 'a1', 'a2', 'a3']);
    expect(seen.filter(({ outcome }) => outcome === 'done')[0]).toMatchObject({ id: 'b1' });
  });

  it('has a parked message hold up its own key until it is replayed in its old place, and says who waits', async () => {
    let isMended = false;
    const { handlers, trail } = watched((text) => {
      if (text === 'a1' && !isMended) throw refused();
    });
    const { kernel, memory, outcomes } = setUp({ handlers, inbound });
    await kernel.start();
    for (const text of ['a1', 'a2', 'b1', 'a3']) memory.put('IN', { id: text, body: keyed(text.slice(0, 1), text.slice(1)) });
    await outcomes('done');
    await outcomes('stored', 2);
    expect((await kernel.overview()).blocked).toMatchObject([{ entry: 'notes', orderKey: 'a', head: 'a1', state: 'parked', waiting: 2 }]);
    isMended = true;
    await kernel.desk.replay([{ direction: 'in', entry: 'notes', id: 'a1' }], { who: 'test' });
    await outcomes('done', 4);
    expect(endings(trail, 'a')).toEqual(['a1', 'a1', 'a2', 'a3']);
    expect((await kernel.overview()).blocked).toEqual([]);
  });

  it('has what follows go on when the parked message is dropped', async () => {
    const { handlers, trail } = watched((text) => {
      if (text === 'a1') throw refused();
    });
    const { kernel, memory, outcomes } = setUp({ handlers, inbound });
    await kernel.start();
    for (const text of ['a1', 'a2']) memory.put('IN', { id: text, body: keyed('a', text.slice(1)) });
    await outcomes('stored');
    await kernel.desk.drop([{ direction: 'in', entry: 'notes', id: 'a1' }], { who: 'test' });
    await outcomes('done');
    expect(endings(trail, 'a')).toEqual(['a1', 'a2']);
  });

  it('lets what follows pass a parked message where the entry says so', async () => {
    const { handlers, trail } = watched((text) => {
      if (text === 'a1') throw refused();
    });
    const { kernel, memory, outcomes } = setUp({ handlers, inbound: { notes: { ...inbound.notes, parked: 'releases' } } });
    await kernel.start();
    for (const text of ['a1', 'a2']) memory.put('IN', { id: text, body: keyed('a', text.slice(1)) });
    await outcomes('done');
    expect(endings(trail, 'a')).toEqual(['a1', 'a2']);
  });

  it('keeps the order over a restart, also where messages wait in the journal', async () => {
    let later = 0;
    const journal = new MemoryJournalFile({ clock: { now: () => Date.now() + later } });
    const retry = { attempts: 9, first: '1h', most: '1h' };
    const failing = watched(() => {
      throw busy();
    });
    const first = setUp({ journal, handlers: failing.handlers, inbound: { notes: { ...inbound.notes, retry } } });
    await first.kernel.start();
    for (const text of ['a1', 'a2', 'a3']) first.memory.put('IN', { id: text, body: keyed('a', text.slice(1)) });
    await first.outcomes('stored', 2);
    await first.kernel.stop();
    const { handlers, trail } = watched();
    const second = setUp({ journal, handlers, inbound });
    await second.kernel.start();
    second.memory.put('IN', { id: 'a4', body: keyed('a', '4') });
    await second.outcomes('stored');
    expect(trail).toEqual([]);
    later = 2 * 3_600_000;
    await second.outcomes('done', 4);
    expect(endings(trail, 'a')).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('takes the key from the application, so that one object has one key whatever its senders call it', async () => {
    const gate = Promise.withResolvers<void>();
    const { handlers, trail } = watched((text) => (text.startsWith('a') ? gate.promise : undefined));
    const application = {
      handlers,
      keyOf: async (_: string, input: unknown) => ((input as { readonly text: string }).text.startsWith('z') ? undefined : 'one'),
    };
    const { kernel, memory, outcomes } = setUp({ handlers: [], options: { application }, inbound });
    await kernel.start();
    for (const text of ['a1', 'b1', 'z1']) memory.put('IN', { id: text, body: keyed(text.slice(0, 1), text.slice(1)) });
    await outcomes('done');
    expect(trail).toEqual(['+a1', '+z1', '-z1']);
    gate.resolve();
    await outcomes('done', 3);
    expect(trail).toEqual(['+a1', '+z1', '-z1', '-a1', '+b1', '-b1']);
  });
});

describe('two kernels on one journal', () => {
  it('receive a serial entry one at a time, and the second takes over when the first stops', async () => {
    const journal = new MemoryJournalFile();
    const inbound = { notes: { queue: 'IN', order: 'serial' } };
    const first = setUp({ journal, inbound });
    const second = setUp({ journal, inbound, memory: first.memory });
    await first.kernel.start();
    await second.kernel.start();
    expect([first.kernel.status(), second.kernel.status()].map(({ inbound: [one] }) => one?.state)).toEqual(['receiving', 'standing-by']);
    first.memory.put('IN', { body: note('a') });
    await first.outcomes('done');
    await first.kernel.stop();
    first.memory.put('IN', { body: note('b') });
    await second.outcomes('done');
    expect([first.written, second.written]).toEqual([['a'], ['b']]);
    expect(second.kernel.status().inbound).toMatchObject([{ state: 'receiving' }]);
  });
});
