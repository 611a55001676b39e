import type { CounterpartEntry, NoCounterpart } from '@waybill/contract';
import type { MqSettings, Source, Target } from './settings.ts';

// The other side is at the same queue manager, and names the same queues.

export function takerOf(connection: MqSettings, { queue }: Target): CounterpartEntry {
  return { connection, endpoint: { queue } };
}

export function putterOf(connection: MqSettings, { queue, replyQueues }: Source): CounterpartEntry | NoCounterpart {
  // This side answers to no other queues than these.
  const replyQueue = replyQueues?.[0];
  if (replyQueues !== undefined && replyQueue === undefined) return { impossible: 'it may reply to no queue' };
  return { connection, endpoint: { queue, replyQueue } };
}
