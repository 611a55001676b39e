import { errors } from './errors.ts';
import type { Queues } from './queues.ts';

type Role = 'listening' | 'replies';

const roles = new WeakMap<Queues, Map<string, Set<symbol>>>();

/**
 * Notes that a queue of this connection is listened to, or awaits replies. Both at once would let the listener take the
 * replies (reference/messaging-architecture.md, section 2.4). Answers a function that removes the note.
 * Throws WB_QUEUE_REPLY_QUEUE_SHARED.
 */
export function takeRole(queues: Queues, queue: string, role: Role): () => void {
  const taken = roles.get(queues) ?? new Map<string, Set<symbol>>();
  roles.set(queues, taken);
  const other: Role = role === 'listening' ? 'replies' : 'listening';
  if (taken.get(`${other} ${queue}`)?.size)
    throw errors.WB_QUEUE_REPLY_QUEUE_SHARED(`Queue ${queue} is listened to and awaits replies to requests.`);
  const key = `${role} ${queue}`;
  const mine = Symbol(key);
  taken.set(key, (taken.get(key) ?? new Set()).add(mine));
  return () => void taken.get(key)?.delete(mine);
}
