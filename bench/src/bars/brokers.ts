import { hasStandIn } from '../../../plugins/transport-mq/test/stand-in/library.ts';
import { amqpSource, type BrokerOptions, type BrokerSource, mqSource } from '../../../test/order-rig/brokers.ts';
import type { RigOptions } from '../../../test/order-rig/rig.ts';
import { hasArtemis } from '../../../test/vehicles/artemis.ts';
import { atMost, type Bar, notRun } from './bar.ts';
import { harmless, isChosen, seeded } from './crashes.ts';

interface Scene {
  readonly what: string;
  readonly make: (folder: string, options: BrokerOptions) => Promise<BrokerSource>;
  readonly isHere: (unchecked: string) => boolean;
  readonly order: BrokerOptions['order'];
  readonly keys: number;
  readonly messages: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly pace?: number;
  /** The longest time without an effect, in seconds, where only processes end. */
  readonly takesOverWithin?: number;
}

const mq = { make: mqSource, isHere: hasStandIn };
const amqp = { make: amqpSource, isHere: hasArtemis };

/** Together, of each broker: 20,000 messages, 50 kills, 10 cuts of all connections and 5 crashes of the broker; and 10 more kills for the standby. */
const scenes: readonly Scene[] = [
  {
    what: 'MQ, 4 lanes',
    ...mq,
    order: 'parallel',
    keys: 100,
    messages: 15_000,
    faults: { kill: 10, point: 10, part: 15, sever: 8, crash: 4 },
  },
  { what: 'MQ, serial', ...mq, order: 'serial', keys: 1, messages: 5_000, faults: { kill: 4, point: 4, part: 7, sever: 2, crash: 1 } },
  { what: 'MQ, standby', ...mq, order: 'serial', keys: 1, messages: 1_000, faults: { kill: 10 }, pace: 15, takesOverWithin: 5 },
  { what: 'AMQP, 4 lanes', ...amqp, order: 'parallel', keys: 100, messages: 15_000, faults: { kill: 18, point: 17, sever: 8, crash: 4 } },
  { what: 'AMQP, serial', ...amqp, order: 'serial', keys: 1, messages: 5_000, faults: { kill: 8, point: 7, sever: 2, crash: 1 } },
  { what: 'AMQP, standby', ...amqp, order: 'serial', keys: 1, messages: 1_000, faults: { kill: 10 }, pace: 15, takesOverWithin: 5 },
];

/** Two processes on a broker, while they, parts of them, their connections and the broker end. `scale`: 1 is the full size. */
export async function brokers(scale: number, scene?: string): Promise<readonly Bar[]> {
  const bars: Bar[] = [];
  for (const each of scenes.filter(isChosen(scene))) bars.push(...(await barsOf(each, scale)));
  return bars;
}

async function barsOf(
  { what, make, isHere, order, keys, messages, faults, pace, takesOverWithin }: Scene,
  scale: number,
): Promise<readonly Bar[]> {
  if (!isHere(`the bar of ${what}`)) return [notRun(`brokers, ${what}`, 'see the line above')];
  const perKey = Math.max(1, Math.round((messages * scale) / keys));
  const scaled = Object.fromEntries(Object.entries(faults).map(([kind, count]) => [kind, Math.ceil(count * scale)]));
  const options: Omit<RigOptions, 'folder' | 'source' | 'seed'> = {
    keys,
    perKey,
    processes: 2,
    faults: scaled,
    parks: takesOverWithin === undefined,
    // Side by side, messages have no order.
    ordered: order !== 'parallel',
  };
  let source: BrokerSource | undefined;
  const makeIt = async (folder: string): Promise<BrokerSource> => (source = await make(folder, { order, pace: pace ?? 0 }));
  try {
    const run = await seeded('brokers', { ...options, source: makeIt });
    const named = `brokers, ${what}, ${run.recorded} messages, 2 processes`;
    const pause = atMost(`${named}: longest time without an effect`, run.longestPause / 1_000, takesOverWithin ?? 0, ' s');
    return [...harmless(named, run), ...(takesOverWithin === undefined ? [] : [pause])];
  } finally {
    await source?.end();
  }
}
