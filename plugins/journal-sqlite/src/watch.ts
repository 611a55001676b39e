import type { JournalLink } from './link.ts';

/** How long a watch rests after it has failed, in milliseconds. */
const lookAgain = 1_000;

/** Calls `wake` when another process has put work into the journal, until it is ended. */
export class Watch {
  readonly #link: JournalLink;
  readonly #wake: () => void;
  #isEnded = false;
  #endLook: () => void = () => undefined;

  constructor(link: JournalLink, wake: () => void) {
    this.#link = link;
    this.#wake = wake;
    void this.#run();
  }

  end(): void {
    this.#isEnded = true;
    this.#endLook();
  }

  async #run(): Promise<void> {
    while (!this.#isEnded) {
      const { answer, cancel } = this.#link.wait('changed', [], { isIdle: true });
      this.#endLook = cancel;
      const found = await answer.catch(() => 'failed' as const);
      if (this.#isEnded) return;
      // The thread has ended, or the journal is closed: a later look starts another one, or is refused.
      if (found === 'failed') await new Promise((resolve) => void setTimeout(resolve, lookAgain).unref());
      else if (found) this.#wake();
    }
  }
}
