import type { Principal } from '../transport/delivery.ts';
import type { EntryKey } from './rows.ts';

// The keys under which a kernel keeps in the journal what comes, is published, and goes.

/** The name under which the journal keeps replies that are sent through an inbound entry; no entry of a manifest can have it. */
export function repliesOf(entry: string): string {
  return `replies:${entry}`;
}

/** The order key of everything that passes a serial entry. */
export const wholeEntry = '*';

/**
 * The key under which the journal has an inbound message: the id alone, or `@erp:m-1` for the message m-1 of the principal
 * erp. No two pairs of sender and id have one key: a ":" of a name is escaped, and an id of an unknown sender that starts
 * with "@" is preceded by a sender without a name.
 */
export function inboxKey(entry: string, id: string, principal: Principal | undefined): EntryKey {
  if (principal) return { entry, id: `@${escaped(principal.name)}:${id}` };
  return { entry, id: id[0] === '@' ? `@:${id}` : id };
}

/** Whether what names `cause` was caused by the inbound message that the journal has under this id. */
export function isCause(id: string, cause: string | undefined): boolean {
  return cause !== undefined && (id === cause || id.endsWith(`:${cause}`));
}

/** Never empty: a "%" alone stands for the empty name. */
function escaped(name: string): string {
  return name === '' ? '%' : name.replaceAll('%', '%25').replaceAll(':', '%3A');
}

/** Two messages of one event to one destination, or of two stores, have different ids: no part can be taken for two. */
export function legId(
  event: string,
  id: string,
  { type, store, destination }: { readonly type: string; readonly store: string | undefined; readonly destination: string },
): string {
  const parts = [event, id, type, ...(store === undefined ? [] : [store]), destination];
  const plain = (part: string): string => part.replaceAll('%', '%25').replaceAll(/^-|-$|-(?=-)/g, '%2D');
  return parts.map(plain).join('--');
}

/**
 * The same id of another event, or of another store, is another publication. An id without a store that has a ":" is preceded by a store
 * without a name, so that its beginning is not taken for a store.
 */
export function publicationId(event: string, id: string, store: string | undefined): string {
  if (store !== undefined) return `${event}:${escaped(store)}:${id}`;
  return id.includes(':') ? `${event}::${id}` : `${event}:${id}`;
}
