import { idOf, type Mark } from './mark.ts';

/**
 * What somebody saw.
 *
 * - began: a handler begins; effect, failed: it has put its mark, or throws. It goes on when the witness has written that down.
 * - handed-out: a journal has handed a leg out, and it is about to be sent.
 * - done, sent: a kernel has recorded in its journal that a message was handled, or that a leg was sent.
 * - arrived: the destination has got a leg.
 * - stands-still, goes-on, died: what the rig did to a process, or saw of it; holds-file: it stands still in the middle of a step, and
 *   keeps its file locked for all others.
 * - cut-off: the processes may have lost their broker. What they have in hand goes to others as well while they still work on it.
 */
export interface Fact {
  readonly what:
    | 'began'
    | 'effect'
    | 'failed'
    | 'done'
    | 'handed-out'
    | 'sent'
    | 'arrived'
    | 'stands-still'
    | 'holds-file'
    | 'goes-on'
    | 'cut-off'
    | 'died';
  readonly process: number;
  /** Of the message or the leg. Empty for facts about processes. */
  readonly id: string;
  readonly mark?: Pick<Mark, 'key' | 'number'> | undefined;
}

/** How many marks were put, and how many legs have arrived, each counted once. */
export interface Counts {
  readonly effects: number;
  readonly arrived: number;
}

/** A handler at work. */
interface Run {
  readonly id: string;
  readonly process: number;
  /** Its process stood still or was cut off since: others may have taken its message. */
  isStale: boolean;
  /** Later marks of its object that were begun meanwhile. */
  readonly overtakenBy: string[];
  /** Another process has recorded that its message is done. */
  isOverElsewhere: boolean;
}

export interface Findings extends Counts {
  /** The marks that had an effect, and those that have arrived at the destination, by their ids. */
  readonly put: readonly string[];
  readonly told: readonly string[];
  /** Worked on, or sent, again after its end was recorded, or under two ids; with what was seen. */
  readonly doubled: readonly string[];
  /** Begun before an earlier one of its object had its effect, or while that was worked on. */
  readonly reordered: readonly string[];
  /** The longest time between two effects, in milliseconds, but for those in which a process that stood still kept a file locked. */
  readonly longestPause: number;
  readonly heldFiles: number;
}

/**
 * For so long after it stood still, in milliseconds, a process may begin what was taken from it meanwhile; and for so long after a cut, another
 * one what was in hand then.
 */
const stale = 2_000;

/** Judges facts as they come, by what has to hold whatever happens to the processes. It knows nothing of a journal. */
export class Judge {
  readonly #done = new Set<string>();
  readonly #sent = new Set<string>();
  /** Of each leg, how often it was handed out, less how often it has arrived. */
  readonly #open = new Map<string, number>();
  /** By mark, the ids under which it had its effect or arrived. */
  readonly #put = new Map<string, string>();
  readonly #told = new Map<string, string>();
  /** By object, the smallest number that had no effect yet. */
  readonly #next = new Map<string, number>();
  readonly #runs = new Map<string, Set<Run>>();
  /** By process, until when it may not know what was taken from it. */
  readonly #stale = new Map<number, number>();
  /** By message that was in hand when its process was cut off, until when another one may work on it beside that. */
  readonly #shared = new Map<string, number>();
  readonly #doubled: string[] = [];
  readonly #reordered: string[] = [];
  #lastEffect: number | undefined;
  #longestPause = 0;
  readonly #refused = new Set<string>();
  /** The process that keeps a file locked. */
  #holder: number | undefined;
  #heldFiles = 0;

  get counts(): Counts {
    return { effects: this.#put.size, arrived: this.#told.size };
  }

  findings(): Findings {
    return {
      ...this.counts,
      put: [...this.#put.keys()],
      told: [...this.#told.keys()],
      doubled: this.#doubled,
      reordered: this.#reordered,
      longestPause: this.#longestPause,
      heldFiles: this.#heldFiles,
    };
  }

  /** Whether a handler has refused this message. */
  wasRefused(id: string): boolean {
    return this.#refused.has(id);
  }

  see(fact: Fact): void {
    const { what, id, mark, process } = fact;
    switch (what) {
      case 'began':
        if (mark) this.#began(fact, mark);
        break;
      case 'effect':
        if (mark) this.#effect(id, mark);
        this.#ended(fact);
        break;
      case 'failed':
        this.#refused.add(id);
        this.#ended(fact);
        break;
      case 'done':
        this.#finished(fact);
        break;
      case 'handed-out':
        this.#handedOut(fact);
        break;
      case 'sent':
        this.#sent.add(id);
        break;
      case 'arrived':
        if (mark) this.#arrived(id, idOf(mark));
        break;
      case 'stands-still':
        this.#stale.set(process, Number.POSITIVE_INFINITY);
        for (const run of this.#all()) if (run.process === process) run.isStale = true;
        break;
      case 'holds-file':
        this.#holder = process;
        this.#heldFiles += 1;
        break;
      case 'goes-on':
        this.#goesOn(process);
        this.#stale.set(process, performance.now() + stale);
        break;
      case 'cut-off':
        for (const run of this.#all()) {
          run.isStale = true;
          this.#shared.set(run.id, performance.now() + stale);
        }
        break;
      case 'died':
        for (const runs of this.#runs.values()) for (const run of runs) if (run.process === process) runs.delete(run);
    }
  }

  #began({ id, process }: Fact, mark: Mark): void {
    const isStale = (this.#stale.get(process) ?? 0) > performance.now() || this.#isShared(id);
    const runs = this.#runsOf(mark.key);
    if (!isStale) {
      if (this.#done.has(id)) this.#doubled.push(`${id} was begun after it was done`);
      if (mark.number > (this.#next.get(mark.key) ?? 0)) this.#reordered.push(`${id} was begun before an earlier one had its effect`);
      for (const run of runs) run.overtakenBy.push(id);
    }
    runs.add({ id, process, isStale, overtakenBy: [], isOverElsewhere: false });
  }

  #isShared(id: string): boolean {
    return (this.#shared.get(id) ?? 0) > performance.now();
  }

  #effect(id: string, mark: Mark): void {
    const own = idOf(mark);
    const before = this.#put.get(own);
    if (before !== undefined && before !== id) this.#doubled.push(`${own} had its effect as ${before} and as ${id}`);
    if (before !== undefined) return;
    this.#put.set(own, id);
    let next = this.#next.get(mark.key) ?? 0;
    while (this.#put.has(idOf({ key: mark.key, number: next }))) next += 1;
    this.#next.set(mark.key, next);
    const now = performance.now();
    this.#longestPause = Math.max(this.#longestPause, now - (this.#lastEffect ?? now));
    this.#lastEffect = now;
  }

  /** Only a run that came to its end knows that it was overtaken: one whose process died was over before. */
  #ended({ id, process, mark }: Fact): void {
    const runs = this.#runsOf(mark?.key ?? '');
    const [run] = [...runs].filter((one) => one.id === id && one.process === process);
    if (!run) return;
    runs.delete(run);
    if (run.isStale) return;
    if (run.isOverElsewhere) this.#doubled.push(`${id} was recorded as done while another process worked on it`);
    for (const other of run.overtakenBy) this.#reordered.push(`${other} was begun while ${id} was worked on`);
  }

  /** Whoever took a message over has it alone: what the one before says of its end is not recorded. */
  #finished({ id, process }: Fact): void {
    if (this.#done.has(id)) this.#doubled.push(`${id} was recorded as done twice`);
    this.#done.add(id);
    for (const run of this.#all()) if (run.id === id && run.process !== process) run.isOverElsewhere = true;
  }

  /** Nobody can take over from whom the file waits. */
  #goesOn(process: number): void {
    if (this.#holder !== process) return;
    this.#holder = undefined;
    this.#lastEffect = performance.now();
  }

  #handedOut({ id, process }: Fact): void {
    const isStale = (this.#stale.get(process) ?? 0) > performance.now();
    if (this.#sent.has(id) && !isStale) this.#doubled.push(`${id} was handed out again after it was sent`);
    this.#open.set(id, (this.#open.get(id) ?? 0) + 1);
  }

  /** What was on its way when its sender gave it up may arrive late, after another attempt was sent: no more often than there were attempts. */
  #arrived(id: string, mark: string): void {
    const before = this.#told.get(mark);
    if (before !== undefined && before !== id) this.#doubled.push(`${mark} arrived as ${before} and as ${id}`);
    const open = (this.#open.get(id) ?? 0) - 1;
    if (open < 0) this.#doubled.push(`${id} arrived more often than it was handed out`);
    this.#open.set(id, open);
    this.#told.set(mark, before ?? id);
  }

  #runsOf(key: string): Set<Run> {
    const known = this.#runs.get(key) ?? new Set<Run>();
    this.#runs.set(key, known);
    return known;
  }

  #all(): readonly Run[] {
    return [...this.#runs.values()].flatMap((runs) => [...runs]);
  }
}
