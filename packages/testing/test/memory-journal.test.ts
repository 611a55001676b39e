import { type Journal } from '@waybill/contract';
import { isDefinition } from '@waybill/contract/host';
import { expect, it } from 'vitest';
import { journalSuite } from '../src/journal/suite.ts';
import { type MemoryJournal, MemoryJournalFile, memoryJournalPlugin } from '../src/memory/journal/journal.ts';

journalSuite({
  name: 'the in-memory journal',
  open: async () => {
    let now = Date.UTC(2026, 0, 1);
    const file = new MemoryJournalFile({ clock: { now: () => now } });
    const opened = (journal: Journal) => journal as MemoryJournal;
    return {
      journal: file.open(),
      advance: async (ms) => {
        now += ms;
      },
      reopen: async () => file.open(),
      crash: async (journal) => opened(journal).crash(),
      suspend: async (journal) => opened(journal).suspend(),
      resume: async (journal) => opened(journal).resume(),
      dispose: async () => undefined,
    };
  },
});

it('is one journal for all kernels that open it as a plugin, on its clock', async () => {
  const file = new MemoryJournalFile({ clock: { now: () => 12_345_678 } });
  const { plugin } = file;
  expect([isDefinition(plugin, 'journal'), plugin.name]).toEqual([true, 'memory']);
  const [one, other] = [(await plugin.open({}, undefined as never)) as MemoryJournal, file.open()];
  expect(await one.lease('orders')).toBeDefined();
  expect(await other.lease('orders')).toBeUndefined();
  one.crash();
  expect(await other.lease('orders')).toBeDefined();
});

it('can be named in a manifest', () => {
  expect(isDefinition(memoryJournalPlugin, 'journal')).toBe(true);
  expect(memoryJournalPlugin.name).toBe('memory');
});
