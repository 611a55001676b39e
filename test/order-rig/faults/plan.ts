import type { Trouble } from './proxy.ts';

/** Where a process of the rig can be ended by itself: in a handler before and after its effect, and where its journal is at work. */
export const points = ['handling', 'effect', 'claimed', 'begun', 'recording', 'on-its-way', 'recorded'] as const;
export type Point = (typeof points)[number];

/**
 * - kill: a process is ended as by a power cut, at any moment.
 * - point: it is ended when it passes a point for the `passage`th time.
 * - suspend: it stands still for `ms`, in which others take over, and goes on as if nothing had happened.
 * - cut: every connection is reset.
 * - lock: somebody else has the journal locked for `ms`.
 * - full: the disk of the journal is full for `ms`.
 * - slow, hung, dead: the destination is so for `ms`.
 * - rest: nothing goes wrong until nothing has had an effect for `ms`.
 * - clock: the clock of the machine is put forward, or back, by `ms`.
 * - sever: every connection to the broker that keeps the messages is reset.
 * - crash: the broker is ended as by a power cut, and runs again after `ms`.
 * - part: a process that one of the rig's has started for itself is ended.
 */
export type Fault = { readonly after: number } & (
  | { readonly kind: 'kill' | 'part'; readonly victim: number }
  | { readonly kind: 'point'; readonly victim: number; readonly point: Point; readonly passage: number }
  | { readonly kind: 'suspend'; readonly victim: number; readonly ms: number }
  | { readonly kind: 'cut' | 'sever' }
  | { readonly kind: 'lock' | 'full' | Trouble | 'clock' | 'rest' | 'crash'; readonly ms: number }
);
export type FaultKind = Fault['kind'];

/** Those that can happen whatever brings the messages. */
export const everyKind: readonly FaultKind[] = ['kill', 'point', 'suspend', 'cut', 'lock', 'full', 'slow', 'hung', 'dead', 'clock'];
/** Those of a broker. */
const ofBrokers: readonly FaultKind[] = ['sever', 'crash', 'part'];

export interface PlanOptions {
  /** How many of each kind. */
  readonly faults: Partial<Readonly<Record<FaultKind, number>>>;
  readonly processes: number;
}

/** The faults of a run in their order: each follows the one before when `after` milliseconds have passed. The same seed gives the same plan. */
export function planOf(seed: number, { faults, processes }: PlanOptions): readonly Fault[] {
  const chance = new Chance(seed);
  const kinds = [...everyKind, ...ofBrokers].flatMap((kind) => Array.from({ length: faults[kind] ?? 0 }, () => kind));
  return chance.shuffled(kinds).map((kind) => faultOf(kind, processes, chance));
}

function faultOf(kind: FaultKind, processes: number, chance: Chance): Fault {
  const after = chance.whole(100, 400);
  const victim = chance.whole(0, processes - 1);
  switch (kind) {
    case 'kill':
    case 'part':
      return { kind, after, victim };
    case 'point':
      return { kind, after, victim, point: points[chance.whole(0, points.length - 1)] ?? 'handling', passage: chance.whole(1, 20) };
    case 'suspend':
      return { kind, after, victim, ms: chance.whole(2_000, 10_000) };
    case 'cut':
    case 'sever':
      return { kind, after };
    case 'clock':
      return { kind, after, ms: chance.whole(-3_600_000, 3_600_000) };
    case 'rest':
    case 'crash':
    case 'lock':
    case 'full':
    case 'slow':
    case 'hung':
    case 'dead':
      return { kind, after, ms: chance.whole(300, 2_000) };
  }
}

/** The seed of this run: `WAYBILL_RIG_SEED`, or any. */
export function seedOfRun(): number {
  return Number(process.env['WAYBILL_RIG_SEED'] ?? Math.floor(Math.random() * 1_000_000));
}

/** What repeats the plan of a run. The moments at which processes are then hit are as near as the machine allows, and not the same. */
export function repeatLine(seed: number, command: string): string {
  return `seed ${seed}; the same plan of faults again: WAYBILL_RIG_SEED=${seed} ${command}`;
}

/** Numbers that a seed decides. */
class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  whole(least: number, most: number): number {
    return least + Math.floor(this.#next() * (most - least + 1));
  }

  shuffled<Item>(items: readonly Item[]): readonly Item[] {
    return items
      .map((item) => ({ item, place: this.#next() }))
      .toSorted((one, other) => one.place - other.place)
      .map(({ item }) => item);
  }

  /** Mulberry32. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
