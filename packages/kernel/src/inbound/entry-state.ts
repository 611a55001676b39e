import type { ListenerState, Log } from '@waybill/contract';
import { Latch } from './latch.ts';

/**
 * - closed: not started yet, or stopped.
 * - opening: waits for its connection and its first listener.
 * - receiving, standing-by, paused: what the listener says of itself; standing by also while another process has the lease, and
 *   paused also while people have paused the entry: then it has no listener.
 * - degraded: the last listener failed; the next one is opened after a while.
 */
export type InboundState = 'closed' | 'opening' | ListenerState | 'degraded';

/** What an entry does at the moment, and whether this process may work on what is stored for it. */
export class EntryState {
  readonly #log: Log;
  readonly #isAlone: boolean;
  readonly mayWork = new Latch();
  current: InboundState = 'closed';
  /** Why it does not receive. */
  reason: string | undefined;

  /** `isAlone`: only the process that receives the entry works on what is stored. */
  constructor(log: Log, isAlone: boolean) {
    this.#log = log;
    this.#isAlone = isAlone;
    if (!isAlone) this.mayWork.open();
  }

  /** What the listener says of itself. */
  tell(state: ListenerState, reason?: string): void {
    const isNews = this.current !== state && (state !== 'receiving' || this.current !== 'opening');
    if (isNews) this.#log.info({ state, reason }, 'the listener changed its state');
    this.current = state;
    this.reason = state === 'receiving' ? undefined : reason;
    if (!this.#isAlone) return;
    if (state === 'standing-by') this.mayWork.close();
    else this.mayWork.open();
  }

  /** There is no listener (yet, or any more). */
  without(state: 'closed' | 'opening' | 'degraded' | 'paused', reason?: string): void {
    this.current = state;
    this.reason = reason;
    if (this.#isAlone) this.mayWork.close();
  }
}
