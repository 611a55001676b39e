import type { Listener, Message, Receipt } from '@waybill/contract';
import { pluginErrors } from '../errors.ts';
import { callPlugin } from './call-plugin.ts';
import type { Clock } from './clock.ts';
import type { Side } from './sending-side.ts';

/** How often is looked whether there is a listener again, in milliseconds. */
const lookEvery = 500;

/** Sends replies through the listener of an inbound entry, to the address that the request carried. */
export class ReplySide implements Side {
  readonly #entry: string;
  readonly #listener: () => Listener | undefined;
  readonly #clock: Clock;
  readonly #timeout: number;

  constructor(
    entry: string,
    listener: () => Listener | undefined,
    { clock, timeout }: { readonly clock: Clock; readonly timeout: number },
  ) {
    this.#entry = entry;
    this.#listener = listener;
    this.#clock = clock;
    this.#timeout = timeout;
  }

  get isDown(): boolean {
    return this.#listener() === undefined;
  }

  get downFor(): number {
    return this.isDown ? lookEvery : 0;
  }

  get room(): number {
    return Number.POSITIVE_INFINITY;
  }

  get isReady(): boolean {
    return !this.isDown;
  }

  async ready(stop: AbortSignal): Promise<void> {
    while (this.isDown && !stop.aborted) await this.#clock.sleep(lookEvery, stop);
  }

  send({ replyTo, ...message }: Message): Promise<Receipt> {
    const listener = this.#listener();
    if (!listener?.reply || replyTo === undefined)
      throw pluginErrors.WB_CONNECTION_DOWN(`The inbound entry ${this.#entry} has no listener for replies at the moment.`, {
        connectionLost: true,
      });
    const what = `Sending a reply of ${this.#entry}`;
    return callPlugin(what, async (signal) => listener.reply?.(message, replyTo, { signal }) ?? {}, { limit: this.#timeout });
  }

  /** Nobody reports of replies by other ids than their own. */
  references(): undefined {
    return undefined;
  }

  async close(): Promise<void> {
    // The listener belongs to the inbound entry.
  }
}
