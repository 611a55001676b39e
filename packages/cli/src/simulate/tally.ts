import type { Observation } from '@waybill/kernel';
import { table } from '../desk/table.ts';
import { ownName } from './far-sides/far-pack.ts';

/** What the counterpart has made up its mind to do with a message. */
export type Decision = 'answered' | 'refused' | 'unanswered';

/** One step of one message, as the counterpart sees it. */
export interface Step {
  readonly time: string;
  readonly direction: 'received' | 'sent';
  /** The entry of the manifest. */
  readonly entry: string;
  readonly transport: string;
  readonly message: string | undefined;
  readonly id: string;
  /** `received` and `sent`: nothing more was due. `postponed`: the other side did not take it yet. */
  readonly outcome: 'received' | 'sent' | 'answered' | 'refused' | 'unanswered' | 'postponed';
  readonly reply?: string | undefined;
  /** In milliseconds. */
  readonly took: number;
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
}

/** What became of the messages of one type. Times are in milliseconds. */
export interface TypeSummary {
  readonly message: string;
  readonly received: number;
  readonly sent: number;
  readonly answered: number;
  readonly refused: number;
  readonly unanswered: number;
  /** From sending to the reply, for half of those that were answered; `p99` for 99 of 100. */
  readonly p50?: number | undefined;
  readonly p99?: number | undefined;
}

interface Counts {
  received: number;
  sent: number;
  answered: number;
  refused: number;
  unanswered: number;
  readonly times: number[];
}

const received: ReadonlySet<Observation['outcome']> = new Set(['done', 'stored', 'rejected', 'parked']);
const sent: ReadonlySet<Observation['outcome']> = new Set(['sent', 'answered', 'rejected', 'parked']);

/** Counts what happened to the messages of the counterpart. */
export class Tally {
  readonly #types = new Map<string, Counts>();
  readonly #decisions = new Map<string, Decision>();

  /** Notes a decision about a message that is in hand, until the kernel tells how it ended. */
  note(id: string, decision: Decision): void {
    this.#decisions.set(id, decision);
  }

  /** Counts a step, and tells it in the words of the counterpart. Undefined where nothing has happened that counts. */
  add(seen: Observation): Step | undefined {
    const outcome = seen.direction === 'in' ? this.#takenAs(seen) : sentAs(seen);
    if (outcome === undefined) return undefined;
    const { at, name: entry, transport, id, reply, took, code, reason } = seen;
    const message = seen.type === undefined ? undefined : ownName(seen.type);
    const direction = seen.direction === 'in' ? 'received' : 'sent';
    if (outcome !== 'postponed') this.#count(message ?? '(unknown)', direction, outcome, took);
    return { time: new Date(at).toISOString(), direction, entry, transport, message, id, outcome, reply, took, code, reason };
  }

  summary(): readonly TypeSummary[] {
    return Array.from(this.#types, ([message, { times, ...counts }]) => {
      const inOrder = times.toSorted((one, other) => one - other);
      return { message, ...counts, p50: percentile(inOrder, 0.5), p99: percentile(inOrder, 0.99) };
    });
  }

  #takenAs({ id, outcome }: Observation): Step['outcome'] | undefined {
    if (!received.has(outcome)) return undefined;
    const decision = this.#decisions.get(id);
    this.#decisions.delete(id);
    return decision ?? (outcome === 'rejected' || outcome === 'parked' ? 'refused' : 'received');
  }

  #count(message: string, direction: Step['direction'], outcome: Exclude<Step['outcome'], 'postponed'>, took: number): void {
    const counts = this.#types.get(message) ?? { received: 0, sent: 0, answered: 0, refused: 0, unanswered: 0, times: [] };
    this.#types.set(message, counts);
    counts[direction]++;
    if (outcome !== direction) counts[outcome]++;
    if (direction === 'sent' && outcome === 'answered') counts.times.push(took);
  }
}

function sentAs({ outcome }: Observation): Step['outcome'] | undefined {
  if (outcome === 'postponed') return 'postponed';
  if (!sent.has(outcome)) return undefined;
  return outcome === 'sent' || outcome === 'answered' ? outcome : 'refused';
}

function percentile(inOrder: readonly number[], share: number): number | undefined {
  const found = inOrder[Math.max(0, Math.ceil(inOrder.length * share) - 1)];
  return found === undefined ? undefined : Number(found.toFixed(1));
}

const columns = ['MESSAGE', 'RECEIVED', 'SENT', 'ANSWERED', 'REFUSED', 'UNANSWERED', 'P50', 'P99'].map((title) => ({ title }));

/** For people: a line for each type of message. */
export function summaryText(types: readonly TypeSummary[]): string {
  if (types.length === 0) return 'No message was received or sent.';
  const time = (length: number | undefined): string => (length === undefined ? '' : `${length} ms`);
  const rows = types.map((one) => [
    one.message,
    ...[one.received, one.sent, one.answered, one.refused, one.unanswered].map(String),
    time(one.p50),
    time(one.p99),
  ]);
  return table(columns, rows);
}
