import type { CounterpartEntry, NoCounterpart } from '@waybill/contract';
import type { Broker, Source, Target } from './settings.ts';

// Both sides come to the same broker: one takes what the other puts.

/** What takes the messages that an outbound entry puts. */
export function takerOf(broker: Broker, { queue }: Target): CounterpartEntry | NoCounterpart {
  return isElsewhere(broker) ?? { connection: broker, endpoint: { queue } };
}

/** What puts messages that an inbound entry takes. */
export function putterOf(broker: Broker, { queue, replyQueues }: Source): CounterpartEntry | NoCounterpart {
  // This side answers to no other queues than these.
  const replyQueue = replyQueues?.[0];
  if (replyQueues !== undefined && replyQueue === undefined) return { impossible: 'it may reply to no queue' };
  return isElsewhere(broker) ?? { connection: broker, endpoint: { queue, replyQueue } };
}

/** At a broker that others use as well, made-up messages would reach them, and theirs would be taken. */
function isElsewhere({ hosts }: Broker): NoCounterpart | undefined {
  const other = hosts.find((host) => !/^(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?$/.test(host));
  return other === undefined ? undefined : { impossible: `its broker ${other} is not on this machine` };
}
