/** What wakes somebody who waits, and is heard also when it rang before. */
export class Bell {
  #hasRung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  /** Resolves when it rings or has rung since the last time, after `most` milliseconds, or when `end` aborts. For one at a time. */
  async wait(most: number, end: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, most);
    const onEnd = (): void => resolve();
    end.addEventListener('abort', onEnd, { once: true });
    this.#wake = resolve;
    if (this.#hasRung || end.aborted) resolve();
    await promise;
    clearTimeout(timer);
    end.removeEventListener('abort', onEnd);
    this.#wake = undefined;
    this.#hasRung = false;
  }
}
