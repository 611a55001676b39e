import { type LinkOptions, ThreadLink } from '@waybill/sqlite';
import { errors, meanings } from './errors.ts';
import type { Operations, ThreadData } from './wire/operations.ts';

export type JournalLink = ThreadLink<Operations, ThreadData>;

/** The module that the journal's threads run. */
const entry = new URL(import.meta.url.endsWith('.ts') ? './worker/thread.ts' : './worker/thread.js', import.meta.url);

/** The way to a thread of the journal: to one that writes where there is an owner, else to one that only reads. */
export function linkTo(data: ThreadData, more: Pick<LinkOptions<ThreadData>, 'idle' | 'start'> = {}): JournalLink {
  return new ThreadLink({ entry, data, name: 'waybill-journal', errors, meanings, ...more });
}
