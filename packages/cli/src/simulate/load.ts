import { typeName } from '@waybill/contract';
import type { Clock } from '@waybill/plugin-host';
import { errors } from '../errors.ts';
import { findMessage } from '../plugins/packs.ts';
import type { Counterpart } from './counterpart.ts';
import type { Way } from './far-sides/far-manifest.ts';
import { sampleOf } from './playing/answering.ts';
import { Chance } from './playing/chance.ts';

/** Samples that are sent of the counterpart's own accord. */
export interface Load {
  /** The messages, by name or with their version: sent in turn. */
  readonly types: readonly string[];
  /** The inbound entry to send to. Default: the first that takes the message. */
  readonly entry: string | undefined;
  /** How many a second. */
  readonly rate: number;
  /** How many in all. Undefined: until the program is asked to end. */
  readonly count: number | undefined;
  /** Undefined: all samples of a message are the same, the plain one. */
  readonly seed: number | undefined;
}

/**
 * How each of the messages is sent. Throws `WB_CLI_UNKNOWN_MESSAGE`, `WB_CLI_NO_SAMPLE`, and `WB_CLI_BAD_OPTION` where no entry
 * takes one.
 */
export function waysOf({ types, entry }: Load, { packs, ways }: Pick<Counterpart, 'packs' | 'ways'>): readonly Way[] {
  const able = ways.filter((way) => entry === undefined || way.entry.name === entry);
  return types.map((name) => {
    // An unknown name is told with those that are like it.
    findMessage(packs, name);
    const found = able.filter(({ type }) => typeName(type) === name || type.name === name);
    const [way] = found.toSorted((one, other) => other.type.version.localeCompare(one.type.version, 'en', { numeric: true }));
    if (way === undefined) throw notTaken(name, entry, ways);
    if (way.type.sample) return way;
    throw errors.WB_CLI_NO_SAMPLE(`The pack ${way.pack.name} makes no samples of ${typeName(way.type)}.`);
  });
}

function notTaken(name: string, entry: string | undefined, ways: readonly Way[]): Error {
  const entries = [...new Set(ways.map((way) => way.entry.name))];
  if (entry !== undefined && !entries.includes(entry))
    throw errors.WB_CLI_BAD_OPTION(`No inbound entry "${entry}" is played.`, { at: '--to', hint: `Known are ${entries.join(', ')}.` });
  const taken = [...new Set(ways.filter((way) => entry === undefined || way.entry.name === entry).map(({ type }) => typeName(type)))];
  const where = entry === undefined ? 'No inbound entry that is played' : `The inbound entry "${entry}"`;
  const says = entry === undefined ? 'takes' : 'does not take';
  return errors.WB_CLI_BAD_OPTION(`${where} ${says} ${name}.`, { at: '--send', hint: `Taken are ${taken.join(', ')}.` });
}

/** Sends at the rate, however long the other side takes, until all were sent and answered, or `signal` aborts. */
export async function sendLoad(
  load: Load,
  ways: readonly Way[],
  counterpart: Counterpart,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const begin = clock.now();
  const open = new Set<Promise<void>>();
  for (let number = 0; number < (load.count ?? Number.POSITIVE_INFINITY); number++) {
    await clock.sleep(Math.max(0, begin + (number * 1_000) / load.rate - clock.now()), signal);
    const way = ways[number % ways.length];
    if (signal.aborted || way === undefined) break;
    const said = sampleOf(way.pack, way.type, load.seed === undefined ? undefined : new Chance(load.seed, number).seed());
    if (said === undefined) continue;
    const sending = counterpart.send({ way, said }).finally(() => open.delete(sending));
    open.add(sending);
  }
  await Promise.race([Promise.all(open), aborted(signal)]);
  await counterpart.allSent(signal);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
