import type { CounterpartEntry, NoCounterpart } from '@waybill/contract';
import type { MqSettings, Source, Target } from './settings.ts';

// The other side is on the same queue manager and names the same queues.

/** What gets the messages that an outbound entry puts. */
export function takerOf(settings: MqSettings, { queue, manager }: Target): CounterpartEntry | NoCounterpart {
  if (manager !== undefined) return { impossible: 'its queue is on another queue manager' };
  return isElsewhere(settings) ?? { connection: settings, endpoint: { queue } };
}

/** What puts messages that an inbound entry gets. */
export function putterOf(settings: MqSettings, { queue, replyQueues }: Source): CounterpartEntry | NoCounterpart {
  // This side answers to no other queues than these.
  const replyQueue = replyQueues?.[0];
  if (replyQueues !== undefined && replyQueue === undefined) return { impossible: 'it may reply to no queue' };
  return isElsewhere(settings) ?? { connection: settings, endpoint: { queue, replyQueue } };
}

/** On a queue manager that others use as well, made-up messages would reach them, and theirs would be taken. */
function isElsewhere({ server }: MqSettings): NoCounterpart | undefined {
  if (server === 'bindings') return undefined;
  if (server === 'environment' || 'ccdt' in server) return { impossible: 'nothing tells whether its queue manager is on this machine' };
  const other = server.hosts.find((host) => !/^(localhost|127\.[0-9.]+)\([0-9]+\)$/.test(host));
  return other === undefined ? undefined : { impossible: `its queue manager at ${other} is not on this machine` };
}
