import type { CounterpartEntry, NoCounterpart } from '@waybill/contract';
import type { MqSettings, Source, Target } from './settings.ts';

// The other side is on the same queue manager and names the same queues.

export function takerOf(settings: MqSettings, { queue, manager }: Target): CounterpartEntry | NoCounterpart {
  if (manager !== undefined) return { impossible: 'its queue is on another queue manager' };
  return { connection: settings, endpoint: { queue } };
}

export function putterOf(settings: MqSettings, { queue, replyQueues }: Source): CounterpartEntry | NoCounterpart {
  // This side answers to no other queues than these.
  const replyQueue = replyQueues?.[0];
  if (replyQueues !== undefined && replyQueue === undefined) return { impossible: 'it may reply to no queue' };
  return { connection: settings, endpoint: { queue, replyQueue } };
}
