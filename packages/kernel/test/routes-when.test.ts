import { describe, expect, it } from 'vitest';
import { setUp } from './support/kernel.ts';
import { letterAsked, lettersPack, letterWritten } from './support/letters.ts';
import { noteWritten } from './support/notes.ts';

const outbound = { out: { queue: 'OUT' }, other: { queue: 'OTHER' } };
const letters = { pack: lettersPack, handlers: [], inbound: {}, outbound };
const sent = (when: object, to = 'out') => ({ event: 'letter.written', message: 'Sent', to: [to], when });
type Routes = NonNullable<Parameters<typeof setUp>[0]>['routes'];

async function starting(routes: readonly object[]) {
  const made = setUp({ ...letters, routes: routes as Routes });
  await made.kernel.start();
  return { ...made, taken: (queue: string) => made.memory.takeAll(queue).length };
}

describe('a route with "when"', () => {
  it('takes the events that have the value, and no others', async () => {
    const { kernel, outcomes, taken } = await starting([sent({ reader: 'larkfield' }), sent({ reader: ['brightwater', 'x'] }, 'other')]);
    for (const to of ['larkfield', 'brightwater', 'LARKFIELD', undefined])
      await kernel.publish(letterWritten, { text: 'one', ...(to ? { to } : {}) });
    await outcomes('sent', 2);
    expect([taken('OUT'), taken('OTHER')]).toEqual([1, 1]);
  });

  it('leaves an event that no route takes to the log, as any other', async () => {
    const { kernel, lines } = await starting([sent({ reader: 'larkfield' })]);
    await kernel.publish(letterWritten, { text: 'one', to: 'nobody' });
    expect(lines.find(({ text }) => text === 'published, and no route takes it')).toMatchObject({
      level: 'info',
      fields: { event: 'letter.written' },
    });
  });

  it('wants all of its keys', async () => {
    const { kernel, lines } = await starting([sent({ reader: 'larkfield', writer: 'anna' })]);
    await kernel.publish(letterWritten, { text: 'one', to: 'larkfield' });
    expect(lines.map(({ text }) => text)).toContain('published, and no route takes it');
  });

  it('decides who is asked', async () => {
    const asks = (to: string, reader: string) => ({ event: 'letter.asked', message: 'Ask', to: [to], when: { reader } });
    const { kernel, memory } = await starting([asks('out', 'a'), asks('other', 'b')]);
    memory.divert('OTHER', ({ id, replyTo }) => {
      memory.put(replyTo ?? '', { correlationId: id, body: '<Answer><Text>yes</Text></Answer>' });
    });
    expect(await kernel.request(letterAsked, { text: 'one', to: 'b' })).toEqual({ text: 'yes' });
    await expect(kernel.request(letterAsked, { text: 'one', to: 'c' })).rejects.toMatchObject({ code: 'WB_EVENT_NO_ROUTE' });
  });

  it('has its own retries', async () => {
    const one = { ...sent({ reader: 'a' }), retry: { attempts: 1 } };
    const two = { ...sent({ reader: 'b' }), retry: { attempts: 2, first: '1ms' } };
    const { kernel, memory, outcomes, seen } = await starting([one, two]);
    memory.trouble('OUT', 'unknown');
    await kernel.publish(letterWritten, { text: 'one', to: 'b' });
    await outcomes('parked');
    expect(seen.at(-1)?.attempt).toBe(1);
  });
});

describe('a route whose "when" names what its event does not have', () => {
  it('stops the start where the event has no business keys at all', async () => {
    const routes = [{ event: 'note.written', message: 'Written', to: ['out'], when: { note: 'x' } }] as Routes;
    expect('businessKeys' in noteWritten).toBe(false);
    await expect(setUp({ outbound, routes }).kernel.start()).rejects.toMatchObject({ code: 'WB_ROUTE_NO_KEYS' });
  });

  it('is told in the log with what was probably meant, as far as the sample of the message shows', async () => {
    const { lines } = await starting([sent({ readr: 'larkfield' })]);
    expect(lines.find(({ text }) => text.includes('business key'))).toMatchObject({
      level: 'warn',
      fields: { at: 'routes[0].when.readr', hint: 'Did you mean "reader"?' },
    });
    const fine = await starting([sent({ reader: 'larkfield' })]);
    expect(fine.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });
});
