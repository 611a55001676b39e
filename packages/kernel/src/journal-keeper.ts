import { isWaybillError, type Journal, type Log } from '@waybill/contract';
import { type Clock } from '@waybill/plugin-host';
import { backoff, errorFields } from '@waybill/plugin-host/kernel';
import { errors } from './errors.ts';

/**
 * - ok: steps are recorded.
 * - failing: a step could not be recorded and is being repeated; nothing new is taken meanwhile.
 */
export type JournalHealth =
  | { readonly state: 'ok' }
  | { readonly state: 'failing'; readonly since: number; readonly code: string; readonly reason: string };

/** How a step that failed is repeated. */
const repeating = { first: 100, most: 5_000 };

export interface KeeperOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends the repeating: the kernel stops. */
  readonly abort: AbortSignal;
}

/**
 * Sees to it that what has happened gets recorded: a step of the journal that failed is repeated until it succeeds, and the
 * work behind it is not done again for it. While any step is being repeated, the journal counts as failing and nothing new is
 * taken. Steps may be repeated because each is idempotent.
 */
export class JournalKeeper {
  readonly journal: Journal;
  readonly #options: KeeperOptions;
  #repeating = 0;
  /** Ends when the last step has that is being repeated. */
  #line: Promise<unknown> = Promise.resolve();
  #trouble: Extract<JournalHealth, { state: 'failing' }> | undefined;
  #recovered: (() => void) | undefined;
  /** The start has succeeded: from then on a journal that only people can mend is waited for, too. */
  isStarted = false;
  /** Undefined while the journal is well; else resolves when it is again, or when the kernel stops. */
  recovery: Promise<void> | undefined;

  constructor(options: KeeperOptions) {
    this.journal = options.journal;
    this.#options = options;
  }

  get health(): JournalHealth {
    return this.#trouble ?? { state: 'ok' };
  }

  /**
   * Runs a step and repeats it for as long as the journal is to blame for its failure. Rejects with `WB_KERNEL_STOPPING` when the kernel
   * stops meanwhile, and with the error of a step that can never succeed. `then` makes the answer, and spares a promise.
   */
  do<Result, Answer = Result>(step: () => Promise<Result>, then?: (result: Result) => Answer | Promise<Answer>): Promise<Answer> {
    try {
      return step().then<Answer, Answer>(then, (error: unknown) => this.#repeat(step, error).then<Answer>(then));
    } catch (error) {
      return this.#repeat(step, error).then<Answer>(then);
    }
  }

  /** One after the other, in the order in which they failed: what was to be recorded first is not overtaken. */
  async #repeat<Result>(step: () => Promise<Result>, first: unknown): Promise<Result> {
    if (!this.#mayPass(first)) throw first;
    this.#fails(first);
    const failed = this.#repeating++ === 0 ? 1 : 0;
    const repeated = this.#line.then(() => this.#again(step, first, failed));
    this.#line = repeated.catch(() => undefined);
    return repeated;
  }

  /** At once where the step before this one has just been recorded. */
  async #again<Result>(step: () => Promise<Result>, first: unknown, failed: 0 | 1): Promise<Result> {
    try {
      for (let failures: number = failed; ; failures++) {
        if (failures > 0) await this.#options.clock.sleep(backoff(repeating, failures), this.#options.abort);
        if (this.#options.abort.aborted)
          throw errors.WB_KERNEL_STOPPING('The kernel stopped before the journal could record this.', { cause: first });
        try {
          return await step();
        } catch (error) {
          if (!this.#mayPass(error)) throw error;
        }
      }
    } finally {
      this.#repeating--;
      if (this.#repeating === 0) this.#recover();
    }
  }

  #fails(cause: unknown): void {
    if (this.#trouble) return;
    const code = isWaybillError(cause) ? cause.code : 'WB_PLUGIN_FAILED';
    const reason = cause instanceof Error ? cause.message : String(cause);
    this.#trouble = { state: 'failing', since: this.#options.clock.now(), code, reason };
    const { promise, resolve } = Promise.withResolvers<void>();
    [this.recovery, this.#recovered] = [promise, resolve];
    this.#options.log.error(
      errorFields(cause),
      'the journal cannot record a step; it is repeated, and nothing new is taken until it succeeds',
    );
  }

  #recover(): void {
    if (!this.#options.abort.aborted) this.#options.log.info({}, 'the journal records again');
    this.#trouble = undefined;
    this.recovery = undefined;
    this.#recovered?.();
  }

  /** Only a step that is itself to blame is not repeated, and at the start what does not pass by itself: then the start fails. */
  #mayPass(error: unknown): boolean {
    return !isWaybillError(error) || error.retryable || (this.isStarted && error.kind === 'unavailable');
  }
}
