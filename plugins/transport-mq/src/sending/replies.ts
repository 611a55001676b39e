import { isLost } from '../handle/error-of.ts';
import type { MqHandle, MqMessage } from '../handle/handle.ts';

/** How long a round over all that is awaited may wait, in milliseconds. */
const round = 200;

interface Awaited {
  readonly correlId: Buffer;
  readonly resolve: (reply: MqMessage) => void;
  readonly reject: (failure: unknown) => void;
}

/** Gets replies from one queue, each by its correlation id, over one handle. */
export class Replies {
  readonly #handle: MqHandle;
  readonly #maxBytes: number;
  readonly #failed: () => void;
  readonly #awaited = new Set<Awaited>();
  #looking: Promise<void> | undefined;
  #failure: unknown;

  /** `failed` is called when none can be got any more. */
  constructor(handle: MqHandle, maxBytes: number, failed: () => void) {
    this.#handle = handle;
    this.#maxBytes = maxBytes;
    this.#failed = failed;
    void handle.gone.then(() => this.#fail(new Error('the connection for replies is gone')));
  }

  /** The reply with this correlation id; undefined when `signal` aborts first. Throws when none can be got any more. */
  async wait(correlId: Buffer, signal: AbortSignal): Promise<MqMessage | undefined> {
    if (this.#failure !== undefined) throw this.#failure;
    const { promise, resolve, reject } = Promise.withResolvers<MqMessage | undefined>();
    const awaited: Awaited = { correlId, resolve, reject };
    const end = (): void => resolve(undefined);
    if (signal.aborted) return undefined;
    signal.addEventListener('abort', end, { once: true });
    this.#awaited.add(awaited);
    this.#looking ??= this.#look();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', end);
      this.#awaited.delete(awaited);
    }
  }

  async close(): Promise<void> {
    this.#fail(new Error('the sender is closed'));
    await this.#looking;
    await this.#handle.close();
  }

  async #look(): Promise<void> {
    try {
      while (this.#awaited.size > 0) {
        for (const awaited of this.#awaited) await this.#lookFor(awaited);
      }
    } catch (failure) {
      this.#fail(failure);
      if (isLost(failure)) this.#handle.kill();
    }
    // In the same step in which nothing was awaited any more: whoever waits next looks anew.
    this.#looking = undefined;
  }

  async #lookFor({ correlId }: Awaited): Promise<void> {
    const waitMs = Math.ceil(round / Math.max(1, this.#awaited.size));
    const reply = await this.#handle.get({ maxBytes: this.#maxBytes, waitMs, correlId });
    if (!reply) return;
    // Whoever asked may have gone meanwhile, and may wait again for the same reply as a late one.
    const awaited = [...this.#awaited].find((one) => one.correlId.equals(correlId));
    if (!awaited) return this.#handle.backout();
    await this.#handle.commit();
    awaited.resolve(reply);
    this.#awaited.delete(awaited);
  }

  #fail(failure: unknown): void {
    this.#failure ??= failure;
    this.#failed();
    for (const { reject } of this.#awaited) reject(failure);
  }
}
