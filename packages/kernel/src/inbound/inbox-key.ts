import type { EntryKey, Principal } from '@waybill/contract';

/**
 * The key under which the journal has an inbound message: the id alone, or `@erp:m-1` for the message m-1 of the principal
 * erp. No two pairs of sender and id have one key: a ":" of a name is escaped, and an id of an unknown sender that starts
 * with "@" is preceded by a sender without a name.
 */
export function inboxKey(entry: string, id: string, principal: Principal | undefined): EntryKey {
  if (principal) return { entry, id: `@${escaped(principal.name)}:${id}` };
  return { entry, id: id.startsWith('@') ? `@:${id}` : id };
}

/** Never empty: a "%" alone stands for the empty name. */
function escaped(name: string): string {
  return name === '' ? '%' : name.replaceAll('%', '%25').replaceAll(':', '%3A');
}
