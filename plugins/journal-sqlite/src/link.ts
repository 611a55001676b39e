import { type LinkOptions, ThreadLink } from '@waybill/sqlite';
import { errors, meanings } from './errors.ts';
import type { Operations, ThreadData } from './wire/operations.ts';

export type JournalLink = ThreadLink<Operations, ThreadData>;

/** The module that the threads of the journal load. */
const entry = new URL(import.meta.url.endsWith('.ts') ? './worker/thread.ts' : './worker/thread.js', import.meta.url);

/** The way to what a thread does with the journal: it writes where there is an owner, else it only reads. */
export function linkTo(data: ThreadData, more: Pick<LinkOptions<ThreadData>, 'idle' | 'thread'> = {}): JournalLink {
  return new ThreadLink({ entry, data, errors, meanings, ...more });
}
