import { defineEvent, defineMessagePack } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { setUp } from './support/kernel.ts';
import { noteInput, notesPack, noteWritten } from './support/notes.ts';

// What makes the id of a message that is made from an event with an id: the same for the same, and for nothing else.

const noteRead = defineEvent({ name: 'note.read', summary: 'A note was read.', data: noteInput });
const outgoing = (name: string, event: typeof noteRead) => ({ name, version: '1', direction: 'out', summary: 'News.', event }) as const;
const pack = defineMessagePack({
  ...notesPack,
  messages: [...notesPack.messages, outgoing('Read', noteRead), outgoing('Copied', noteWritten)],
});

interface Published {
  readonly event?: typeof noteRead;
  readonly id: string;
  readonly store?: string;
}

const one: Published = { id: 'x', store: 'S' };

describe('two publications that differ', () => {
  it.each<readonly [string, Published, Published]>([
    ['in the event', one, { ...one, event: noteRead }],
    ['in the id', one, { ...one, id: 'y' }],
    ['in the store', one, { ...one, store: 'T' }],
    ['in having a store', one, { id: 'x' }],
    ['in having a store with which the other id begins', { id: 'a:x' }, { id: 'x', store: 'a' }],
    ['in where the id begins', { id: 'b:x', store: 'a' }, { id: 'x', store: 'a:b' }],
    ['in where the id ends', { id: 'x--Written@1' }, { id: 'x' }],
    ['in where the store begins', { id: 'x--Written@1' }, { id: 'x', store: 'Written@1' }],
    ['in which part has a mark', { id: 'x-', store: 'a' }, { id: 'x', store: '-a' }],
    ['in a mark and what stands for it', { id: 'x', store: 'a%3Ab' }, { id: 'x', store: 'a:b' }],
  ])('%s are two', async (_, ...published) => {
    const routes = [
      { event: 'note.written', message: 'Written', to: ['out'] },
      { event: 'note.read', message: 'Read', to: ['out'] },
    ];
    const { kernel, memory, outcomes } = setUp({ pack, routes, outbound: { out: { queue: 'OUT' } } });
    await kernel.start();
    for (const { event = noteWritten, ...options } of published) await kernel.publish(event, { text: 'same' }, options);
    await outcomes('sent', 2);
    expect(new Set(memory.takeAll('OUT').map(({ id }) => id)).size).toBe(2);
  });
});

describe('the messages of one publication', () => {
  it('have an id each, by type and by destination, and the same ones when it is published again elsewhere', async () => {
    const routes = [
      { event: 'note.written', message: 'Written', to: ['out', 'other'] },
      { event: 'note.written', message: 'Copied', to: ['out'] },
    ];
    const outbound = { out: { queue: 'OUT' }, other: { queue: 'OUT' } };
    const idsOf = async (): Promise<readonly string[]> => {
      const { kernel, memory, outcomes } = setUp({ pack, routes, outbound });
      await kernel.start();
      await kernel.publish(noteWritten, { text: 'same' }, one);
      await outcomes('sent', 3);
      return memory.takeAll('OUT').flatMap(({ id }) => id ?? []);
    };
    const [first, second] = [await idsOf(), await idsOf()];
    expect(new Set(first).size).toBe(3);
    expect(second.toSorted()).toEqual(first.toSorted());
  });
});
