import type { Receipt } from '@waybill/contract';
import { eventually, MemoryJournalFile, memoryTransport, testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { DyingFile, type DyingStep } from './support/dying-file.ts';
import { noteWritten } from './support/notes.ts';
import { earliest, journalOf, late, reporting } from './support/reporting.ts';

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
    expect(new Set(news.map((id) => id.split('--')[1]))).toEqual(new Set(['early', 'late']));
    expect(news).toHaveLength(2);
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

describe('a report that cannot be published', () => {
  it('is recorded and logged, and holds up no other', async () => {
    const { kernel, report, raised, leg, desk, lines, outcomes, journal } = reporting();
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    await outcomes('sent');
    await report({ ...late, id: 'wrong', kind: 'lost' as 'bounced' });
    await report(late);
    await raised(1);
    expect(await journalOf(desk, (await leg())?.id)).toMatchObject({ reports: [{ id: 'wrong' }, { id: 'late' }] });
    await eventually(async () => (await journal.open().outbox.unraised(10)).length === 0, { what: 'nothing to be left' });
    expect(lines.map(({ text }) => text)).toContain('a report cannot be published; it is recorded with its message only');
  });
});
