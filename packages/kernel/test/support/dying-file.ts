import { WaybillError } from '@waybill/contract';
import { type MemoryJournal, MemoryJournalFile } from '@waybill/testing';

/** A step at which a process ends: before it was recorded, or after, and its caller never hears of it. `raise`: a publication that raises a report. */
export interface DyingStep {
  readonly name: 'report' | 'settle' | 'unraised' | 'raise';
  readonly nth: number;
  readonly when: 'before' | 'after';
}

type Call = (...args: readonly unknown[]) => Promise<unknown>;

/** A journal file whose newest opening ends at a step, as with its process: from then on nothing is recorded for it. */
export class DyingFile extends MemoryJournalFile {
  isDead = false;
  claimed = 0;
  #step: DyingStep | undefined;
  #count = 0;
  #newest: MemoryJournal | undefined;

  dieAt(step: DyingStep | undefined): void {
    this.#step = step;
    this.#count = 0;
    this.isDead = false;
  }

  die(): void {
    this.isDead = true;
    this.#newest?.crash();
  }

  /** For a kernel; what looks at the file from outside does not end. */
  override open(): MemoryJournal {
    const own = super.open();
    let isGone = false;
    const inner = own.outbox as unknown as Readonly<Record<string, Call>>;
    const outbox = new Proxy(inner, {
      get: (target, name: string) => {
        return async (...args: readonly unknown[]) => {
          if (isGone) throw gone();
          const dies = this.#isAt(name, args);
          const end = (): never => {
            isGone = true;
            this.#newest = own;
            this.die();
            throw gone();
          };
          if (dies === 'before') end();
          const answer = await target[name]?.apply(own.outbox, args as unknown[]);
          if (name === 'claim' && (answer as { jobs: readonly unknown[] }).jobs.length > 0) {
            this.claimed += 1;
            this.#newest = own;
          }
          if (name === 'begin') this.#newest = own;
          return dies === 'after' ? end() : answer;
        };
      },
    });
    return Object.assign(Object.create(own) as MemoryJournal, {
      outbox,
      desk: own.desk,
      inbox: own.inbox,
      replays: own.replays,
      control: own.control,
      followsCrash: own.followsCrash,
      lease: own.lease.bind(own),
      watch: own.watch.bind(own),
      close: own.close.bind(own),
      crash: own.crash.bind(own),
    });
  }

  #isAt(name: string, args: readonly unknown[]): DyingStep['when'] | undefined {
    const step = this.#step;
    const raises = (args[1] as { readonly raises?: unknown } | undefined)?.raises;
    const is = name === 'publish' && raises !== undefined ? 'raise' : name;
    if (this.isDead || step?.name !== is) return undefined;
    this.#count += 1;
    return this.#count === step.nth ? step.when : undefined;
  }
}

function gone(): WaybillError {
  return new WaybillError('WB_TEST_GONE', 'The process is gone.', { kind: 'invalid', retryable: false });
}
