import {
  defineMessagePack,
  defineTransport,
  type Message,
  messageReported,
  type Receipt,
  type ReceiveContext,
  type Report,
} from '@waybill/contract';
import { eventually, MemoryJournalFile, memoryTransport, testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { DyingFile, type DyingStep } from './support/dying-file.ts';
import { changed, type Setup, setUp } from './support/kernel.ts';
import { notesPack, noteWritten } from './support/notes.ts';

const reported = { name: 'News', version: '1', direction: 'out', summary: 'What was reported.', event: messageReported } as const;
const pack = defineMessagePack({ ...notesPack, messages: [...notesPack.messages, reported] });
const routes = [
  { event: 'note.written', message: 'Written', to: ['out'] },
  { event: 'message.reported', message: 'News', to: ['admin'] },
];
const earliest: Report = { about: 'far-1', id: 'early', kind: 'delayed' };
const late: Report = { about: 'ref-1', id: 'late', kind: 'bounced', permanent: true };

interface Far {
  /** What the far side answers to a note. */
  readonly send?: (message: Message) => Promise<Receipt>;
  readonly references?: (message: Message) => readonly string[];
}

/** A kernel that sends notes to `out` and news to `admin`, and a way to hand it reports. */
function reporting({ send = async () => ({ id: 'far-1' }), references = () => ['ref-1'] }: Far = {}, more: Setup = {}) {
  const memory = more.memory ?? memoryTransport();
  let context: ReceiveContext | undefined;
  const listening = changed(memory.transport, (connection, endpoint, given) => {
    context = given;
    return (memory.transport.receive as NonNullable<typeof memory.transport.receive>).open(connection, endpoint, given);
  });
  const side = listening.send as NonNullable<typeof listening.send>;
  const transport = defineTransport({
    ...listening,
    send: {
      ...side,
      open: async (connection, endpoint, given) => {
        const sender = await side.open(connection, endpoint, given);
        return given.name === 'admin' ? sender : { ...sender, send, references, close: () => sender.close() };
      },
    },
  });
  const outbound = { out: { queue: 'OUT', ...more.outbound?.['out'] }, admin: { queue: 'ADMIN' } };
  const made = setUp({ routes, pack, ...more, memory: { ...memory, transport }, outbound });
  const report = async (news: Report) => context?.report(news);
  /** The ids of the legs of news, in the order of their recording. */
  const news = async () => (await made.desk.list({ entry: 'admin' })).rows.map(({ id }) => id).toReversed();
  const raised = (count: number) => eventually(async () => (await news()).length >= count && (await news()), { what: `${count} news` });
  const leg = async () => (await made.desk.list({ entry: 'out' })).rows[0];
  return { ...made, report, news, raised, leg };
}

describe('a report that came before the send was recorded', () => {
  it('is raised when it is', async () => {
    const sending = Promise.withResolvers<Receipt>();
    const { kernel, report, raised, news, memory, desk, leg } = reporting({ send: () => sending.promise });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' }, { id: 'n' });
    await eventually(async () => (await leg()) !== undefined, { what: 'the leg' });
    await report(earliest);
    expect(await news()).toEqual([]);
    sending.resolve({ id: 'far-1' });
    await raised(1);
    const { body } = await memory.take('ADMIN');
    const row = await leg();
    expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({ messageId: row?.id, kind: 'delayed', event: 'note.written' });
    expect(await journalOf(desk, row?.id)).toMatchObject({ reports: [{ id: 'early' }] });
  });

  it('is observed and counted once, when it is raised', async () => {
    const { kernel, report, outcomes, seen } = reporting();
    await kernel.start();
    await report(earliest);
    await kernel.publish(noteWritten, { text: 'one' });
    await report(earliest);
    await outcomes('reported');
    await report(earliest);
    await outcomes('sent', 2);
    expect(seen.filter(({ outcome }) => outcome === 'reported')).toMatchObject([{ name: 'out', detail: 'delayed' }]);
    await kernel.stop();
  });
});

async function journalOf(desk: ReturnType<typeof setUp>['desk'], id = ''): Promise<unknown> {
  return desk.show({ direction: 'out', entry: 'out', id });
}

/** The same story for each way to die in it: a note is sent, news come of it early and late, and after the death everything comes again. */
async function storyOf(step?: DyingStep): Promise<{ readonly died: boolean; readonly news: readonly string[]; readonly left: number }> {
  const file = new DyingFile();
  const memory = memoryTransport();
  let first: ReturnType<typeof reporting> | undefined;
  const send = async (): Promise<Receipt> => {
    await first?.report(earliest).catch(() => undefined);
    return { id: 'far-1' };
  };
  first = reporting({ send }, { journal: file, memory });
  file.dieAt(step);
  await first.kernel.start();
  await first.kernel.publish(noteWritten, { text: 'one' }, { id: 'n' });
  const second = { about: 'ref-1', id: 'late', kind: 'bounced' } as const;
  const row = async () => (await first.desk.list({ entry: 'out', state: 'done' })).rows[0];
  await eventually(async () => file.isDead || (await row()) !== undefined, { what: 'the note to be sent' });
  if (!file.isDead) await first.report(second).catch(() => undefined);
  await eventually(async () => file.isDead || (await first.news()).length === 2, { what: 'both news, or the end' });
  const died = file.isDead;
  await first.kernel.stop({ grace: 0 });
  file.dieAt(undefined);
  const next = reporting({}, { journal: file, memory });
  await next.kernel.start();
  // Whoever reported was not told that it is recorded, and so reports again.
  for (const news of [earliest, second, earliest]) await next.report(news);
  await next.raised(2);
  await next.report(second);
  await next.kernel.stop();
  return { died, news: await next.news(), left: (await file.open().outbox.unraised(10)).length };
}

describe('a process that ends', () => {
  // It looks for what is not raised when it starts, and after each report.
  const steps = (['report', 'settle', 'unraised', 'raise'] as const).flatMap((name) =>
    (name === 'unraised' ? [2, 3] : [1, 2]).flatMap((nth) =>
      (['before', 'after'] as const).map((when): DyingStep => ({ name, nth, when })),
    ),
  );

  it.each(steps)('$when the step $name, number $nth, has each report raised once, by the next one', async (step) => {
    const { died, news, left } = await storyOf(step);
    expect({ died, left }).toEqual({ died: true, left: 0 });
    expect(news.map((id) => id.split('--')[1]).toSorted()).toEqual(['early', 'late']);
  });

  it('in an orderly way has each report raised once, too', async () => {
    expect(await storyOf()).toMatchObject({ died: false, left: 0, news: { length: 2 } });
  });

  it('and has not raised what it recorded is stood in for within ten seconds by another one that runs', async () => {
    const clock = testClock();
    const file = new MemoryJournalFile({ clock });
    const { kernel, raised, news, outcomes } = reporting({}, { journal: file, options: { clock } });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' }, { id: 'n' });
    await outcomes('sent');
    expect(await file.open().outbox.report(late)).toMatchObject({ state: 'done' });
    expect(await news()).toEqual([]);
    await clock.advance(10_000);
    await raised(1);
  });
});

describe('the ids by which reports speak of a message', () => {
  const unknown = Object.assign(new Error('Nobody heard of it.'), { outcome: 'unknown' });

  it.each([
    ['is tried again', { retry: { attempts: 3, first: '1h', most: '1h' } }, 'waiting'],
    ['is given up on', { retry: { attempts: 1 } }, 'parked'],
  ] as const)('are kept with one that %s', async (_, out, state) => {
    const { kernel, report, raised, leg } = reporting({ send: () => Promise.reject(unknown) }, { outbound: { out } });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    await eventually(async () => (await leg())?.attempts === 1, { what: 'the attempt' });
    await report(late);
    await raised(1);
    expect(await leg()).toMatchObject({ state });
  });

  it('are kept with one that is parked because the process ended while it was sent, whose sender is not called again', async () => {
    const file = new DyingFile();
    const first = reporting({ send: () => new Promise(() => undefined), references: () => [] }, { journal: file });
    await first.kernel.start();
    await first.kernel.publish(noteWritten, { text: 'one' });
    await eventually(async () => (await first.leg()) !== undefined && first.kernel.status().state === 'running', { what: 'the leg' });
    await eventually(() => file.claimed > 0, { what: 'the claim' });
    file.die();
    await first.kernel.stop({ grace: 0 });
    file.dieAt(undefined);
    let sends = 0;
    const send = async () => ({ id: `far-${(sends += 1)}` });
    const next = reporting({ send }, { journal: file, outbound: { out: { unknown: 'park' } } });
    await next.kernel.start();
    await next.outcomes('parked');
    await next.report(late);
    await next.raised(1);
    expect([sends, (await next.leg())?.state]).toEqual([0, 'parked']);
  });

  it('are kept with one that is sent at once, whatever becomes of it', async () => {
    const { kernel, report, raised, leg } = reporting({ send: () => Promise.reject(unknown) });
    await kernel.start();
    await expect(kernel.sendNow(noteWritten, { text: 'one' })).rejects.toThrow('Sending to out failed');
    await report(late);
    await raised(1);
    expect(await leg()).toMatchObject({ state: 'failed' });
  });

  it('are kept with one that was being sent at once when its process ended', async () => {
    const file = new DyingFile();
    const { kernel, leg } = reporting({ send: () => new Promise(() => undefined) }, { journal: file });
    await kernel.start();
    void kernel.sendNow(noteWritten, { text: 'one' }).catch(() => undefined);
    await eventually(async () => (await leg()) !== undefined, { what: 'the leg' });
    file.die();
    const { outbox } = file.open();
    expect(await outbox.report(late)).toMatchObject({ state: 'failed' });
    await kernel.stop({ grace: 0 });
  });

  it('are those of the message that was composed at last', async () => {
    let isMended = false;
    const compose: typeof pack.compose = (type, data, context) => {
      if (type.name === 'Written' && !isMended) throw new TypeError('It cannot be composed.');
      return pack.compose(type, data, context);
    };
    const references = ({ body }: Message) => [`ref-of-${Buffer.from(body).toString().includes('"kind"') ? 'composed' : 'data'}`];
    const { kernel, report, raised, leg, desk, outcomes } = reporting({ references }, { pack: defineMessagePack({ ...pack, compose }) });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    isMended = true;
    await kernel.desk.replay([{ direction: 'out', entry: 'out', id: (await leg())?.id ?? '' }], { who: 'test' });
    await outcomes('sent');
    await report({ ...late, about: 'ref-of-composed' });
    await raised(1);
    expect(await journalOf(desk, (await leg())?.id)).toMatchObject({ state: 'done', reports: [{ id: 'late' }] });
  });

  it('that a sender cannot tell change nothing about what became of the message', async () => {
    const references = () => {
      throw new TypeError('a defect');
    };
    const { kernel, leg, outcomes, lines } = reporting({ references });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    await outcomes('sent');
    expect(await leg()).toMatchObject({ state: 'done' });
    expect(lines.map(({ text }) => text)).toContain('the sender cannot tell how reports will speak of the message');
  });
});

describe('a report that cannot be published', () => {
  it('is recorded and logged, and holds up no other', async () => {
    const { kernel, report, raised, leg, desk, lines, outcomes } = reporting();
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    await outcomes('sent');
    await report({ ...late, id: 'wrong', kind: 'lost' as 'bounced' });
    await report(late);
    await raised(1);
    expect(await journalOf(desk, (await leg())?.id)).toMatchObject({ reports: [{ id: 'wrong' }, { id: 'late' }] });
    expect(lines.map(({ text }) => text)).toContain('a report cannot be published; it is recorded with its message only');
  });
});
