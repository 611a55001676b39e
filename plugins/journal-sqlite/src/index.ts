import { defineJournal } from '@waybill/contract';
import { openDesk, openJournal, probeJournal } from './open.ts';
import { journalSettings } from './settings.ts';

export { errors } from './errors.ts';
export type { JournalSettings } from './settings.ts';

export default defineJournal({
  name: 'sqlite',
  summary: 'Keeps the journal in one SQLite file, durable before anybody is told yes, with grouped commits.',
  settings: journalSettings,
  open: openJournal,
  probe: probeJournal,
  openDesk,
  check: async ({ path }) => (await import('./examine/check.ts')).checkJournal(path),
  salvage: async ({ path }, _, options) => (await import('./examine/salvage.ts')).salvageJournal(path, options),
});
