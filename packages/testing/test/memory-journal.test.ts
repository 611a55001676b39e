import { isDefinition } from '@waybill/contract';
import { expect, it } from 'vitest';
import { journalSuite } from '../src/journal-suite.ts';
import { memoryJournal, memoryJournalPlugin } from '../src/memory-journal.ts';

journalSuite({
  name: 'the in-memory journal',
  open: async () => ({ journal: memoryJournal(), dispose: async () => undefined }),
});

it('can be named in a manifest', () => {
  expect(isDefinition(memoryJournalPlugin, 'journal')).toBe(true);
  expect(memoryJournalPlugin.name).toBe('memory');
});
