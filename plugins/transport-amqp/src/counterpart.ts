import type { CounterpartEntry, NoCounterpart } from '@waybill/contract';
import type { Broker, Source, Target } from './settings.ts';

// The other side is at the same broker, and names the same queues.

export function takerOf(connection: Broker, { queue }: Target): CounterpartEntry {
  return { connection, endpoint: { queue } };
}

export function putterOf(connection: Broker, { queue, replyQueues }: Source): CounterpartEntry | NoCounterpart {
  // This side answers to no other queues than these.
  const replyQueue = replyQueues?.[0];
  if (replyQueues !== undefined && replyQueue === undefined) return { impossible: 'it may reply to no queue' };
  return { connection, endpoint: { queue, replyQueue } };
}
