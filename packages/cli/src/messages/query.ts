import type { Instant, JournalDirection, JournalQuery, JournalState } from '@waybill/contract';
import { readDuration } from '@waybill/contract/host';
import { didYouMean } from '@waybill/manifest';
import { errors } from '../errors.ts';

/** Which messages are meant, as it was said on the command line. */
export interface Filter {
  readonly in?: boolean | undefined;
  readonly out?: boolean | undefined;
  readonly entry?: string | undefined;
  readonly state?: string | undefined;
  readonly type?: string | undefined;
  readonly code?: string | undefined;
  readonly store?: string | undefined;
  readonly trace?: string | undefined;
  /** A business key: `order=12007`. */
  readonly key?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

const states: readonly JournalState[] = ['waiting', 'stored', 'done', 'parked', 'failed'];

/** Throws `WB_CLI_BAD_FILTER`. */
export function queryOf(filter: Filter, now: Instant = Date.now()): JournalQuery {
  const { entry, state, type, code, store, trace, key, since, until } = filter;
  return {
    direction: directionOf(filter),
    entry,
    state: state === undefined ? undefined : stateNamed(state),
    type,
    code,
    store,
    trace,
    businessKey: key === undefined ? undefined : businessKeyOf(key),
    since: since === undefined ? undefined : timeOf(since, now),
    until: until === undefined ? undefined : timeOf(until, now),
  };
}

/** Undefined: both. */
export function directionOf(filter: Pick<Filter, 'in' | 'out'>): JournalDirection | undefined {
  if (filter.in) return 'in';
  return filter.out ? 'out' : undefined;
}

/** A whole number from 1. Throws `WB_CLI_BAD_FILTER`. */
export function numberOf(text: string, option: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number;
  throw errors.WB_CLI_BAD_FILTER(`"${text}" is no whole number from 1.`, { at: option });
}

function stateNamed(text: string): JournalState {
  const found = states.find((state) => state === text);
  if (found) return found;
  const near = didYouMean(text, states);
  const hint = near === undefined ? `States are ${states.join(', ')}.` : `Did you mean ${near}?`;
  throw errors.WB_CLI_BAD_FILTER(`There is no state "${text}".`, { at: '--state', hint });
}

function businessKeyOf(text: string): { readonly name: string; readonly value: string } {
  const sign = text.indexOf('=');
  if (sign > 0) return { name: text.slice(0, sign), value: text.slice(sign + 1) };
  throw errors.WB_CLI_BAD_FILTER(`"${text}" is no business key.`, { hint: 'Write NAME=VALUE, such as order=12007.' });
}

/** `2h` ago, or an instant. */
function timeOf(text: string, now: Instant): Instant {
  const ago = readDuration(text);
  if (ago !== undefined) return now - ago;
  const instant = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  throw errors.WB_CLI_BAD_FILTER(`"${text}" is no time.`, { hint: 'Write how long ago (30m, 2h, 3d), or a time as in 2026-11-26T14:00Z.' });
}
