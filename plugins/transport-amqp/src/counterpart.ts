import type { CounterpartEntry, NoCounterpart } from '@waybill/contract';
import type { Broker, Source, Target } from './settings.ts';

// Both sides come to the same broker: one takes what the other puts.

/** What takes the messages that an outbound entry puts. */
export function takerOf(broker: Broker, { address }: Target): CounterpartEntry | NoCounterpart {
  return isElsewhere(broker) ?? { connection: shared(broker), endpoint: { address } };
}

/** What puts messages that an inbound entry takes. */
export function putterOf(broker: Broker, { address, replyAddresses }: Source): CounterpartEntry | NoCounterpart {
  // This side answers to no other addresses than these.
  const replyAddress = replyAddresses?.[0];
  if (replyAddresses !== undefined && replyAddress === undefined) return { impossible: 'it may reply to no address' };
  const endpoint = { address, ...(replyAddress === undefined ? {} : { replyAddress }) };
  return isElsewhere(broker) ?? { connection: shared(broker), endpoint };
}

/** At a broker that others use as well, made-up messages would reach them, and theirs would be taken. */
function isElsewhere({ hosts }: Broker): NoCounterpart | undefined {
  const other = hosts.find((host) => !/^(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?$/.test(host));
  return other === undefined ? undefined : { impossible: `its broker ${other} is not on this machine` };
}

/** As a manifest has it. */
function shared({ connectTimeout, idleTimeout, maxFrameSize, ...broker }: Broker): CounterpartEntry['connection'] {
  return { ...broker, connectTimeout: `${connectTimeout}ms`, idleTimeout: `${idleTimeout}ms`, maxFrameSize: `${maxFrameSize / 1024}KB` };
}
