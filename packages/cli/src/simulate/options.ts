import { readDuration } from '@waybill/contract/host';
import { seedOf } from '../commands/sample.ts';
import { errors } from '../errors.ts';
import { rateOf } from '../messages/replay/rate.ts';
import type { Load } from './load.ts';
import type { Manners } from './playing/player.ts';

/** As they stand on the command line. */
export interface SimulateOptions {
  readonly only?: readonly string[];
  readonly send?: readonly string[];
  readonly to?: string;
  readonly rate?: string;
  readonly count?: string;
  readonly seed?: string;
  readonly delay: string;
  readonly delaySpread: string;
  readonly errors: string;
  readonly unanswered: string;
  readonly json?: boolean;
}

/** Throws `WB_CLI_BAD_OPTION`. */
export function mannersOf(options: SimulateOptions): Manners {
  return {
    seed: options.seed === undefined ? undefined : seedOf(options.seed),
    delay: durationOf('--delay', options.delay),
    spread: durationOf('--delay-spread', options.delaySpread),
    errors: shareOf('--errors', options.errors),
    unanswered: shareOf('--unanswered', options.unanswered),
  };
}

/** What is sent of the counterpart's own accord; undefined where nothing is. Throws `WB_CLI_BAD_OPTION`, and `WB_CLI_BAD_FILTER` for a rate. */
export function loadOf({ send: types = [], to, rate, count, seed }: SimulateOptions): Load | undefined {
  const needless = Object.entries({ '--to': to, '--rate': rate, '--count': count }).find(([, given]) => given !== undefined)?.[0];
  if (types.length > 0)
    return {
      types,
      entry: to,
      rate: rateOf(rate ?? '1'),
      count: count === undefined ? undefined : countOf(count),
      seed: seed === undefined ? undefined : seedOf(seed),
    };
  if (needless === undefined) return undefined;
  throw errors.WB_CLI_BAD_OPTION(`${needless} says something about messages that are sent, and none is named.`, {
    at: needless,
    hint: 'Name a message with --send.',
  });
}

function durationOf(at: string, text: string): number {
  const length = readDuration(text);
  if (length !== undefined) return length;
  throw errors.WB_CLI_BAD_OPTION(`"${text}" is no length of time.`, { at, hint: 'Write a whole number with its unit: 200ms, 2s, 1m.' });
}

function shareOf(at: string, text: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  const percent = Number(digits);
  if (percent <= 100) return percent / 100;
  throw errors.WB_CLI_BAD_OPTION(`"${text}" is no share.`, { at, hint: 'Write how many of a hundred: 5%, 0.5%, at most 100%.' });
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw errors.WB_CLI_BAD_OPTION(`"${text}" is not a number of messages.`, { at: '--count', hint: 'Write a whole number, such as 100.' });
}
