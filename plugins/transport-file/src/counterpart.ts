import type { CounterpartEntry, NoCounterpart } from '@waybill/contract';
import type { FolderSettings, Source, Target } from './settings.ts';

// Both sides share the folder: one reads what the other writes.

/** What reads the files that an outbound entry writes. */
export function readerOf(shared: FolderSettings, { folder, name }: Target): CounterpartEntry {
  // What is written is there at once, by renaming. It is kept beside the folder, for whoever wants to look at it.
  const endpoint = { pattern: name.replaceAll(/\{[a-z]+\}/g, '*'), settle: '0ms', done: 'taken' };
  return { connection: shared, endpoint: { ...endpoint, ...within(folder) } };
}

/** What writes files that an inbound entry reads. */
export function writerOf(shared: FolderSettings, { folder, pattern }: Source): CounterpartEntry | NoCounterpart {
  const name = pattern.replace('*', '{type}-{id}').replaceAll('*', '').replaceAll('?', '0');
  if (!name.includes('{id}'))
    return { impossible: `its pattern "${pattern}" names one file, so that no two messages can have files of their own` };
  if (name.startsWith('.')) return { impossible: `its pattern "${pattern}" names hidden files` };
  return { connection: shared, endpoint: { name, ...within(folder) } };
}

function within(folder: string | undefined): object {
  return folder === undefined ? {} : { folder };
}
