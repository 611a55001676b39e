import type { Log } from '@waybill/contract';
import { errorFields } from '../log.ts';
import { callPlugin } from './call-plugin.ts';

interface Opened {
  readonly what: string;
  readonly close: () => Promise<void> | void;
  readonly limit: number | undefined;
}

/** What was opened, in that order. Whoever opens something says here how it is closed; it is closed in reverse, once, each within a limit. */
export class Lifetime {
  readonly #log: Log;
  readonly #opened: Opened[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  /** `what` names it in the log when it does not close; `limit` in milliseconds, default that of a plugin. */
  opened(what: string, close: () => Promise<void> | void, limit?: number): void {
    this.#opened.push({ what, close, limit });
  }

  /** Never rejects: what cannot be closed is logged, and the rest is closed all the same. */
  async close(): Promise<void> {
    for (let last = this.#opened.pop(); last; last = this.#opened.pop()) {
      const { what, close, limit } = last;
      await callPlugin(what, async () => close(), limit === undefined ? {} : { limit }).catch((error: unknown) =>
        this.#log.warn(errorFields(error), `${what} did not end cleanly`),
      );
    }
  }
}
