import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { isWaybillError, type Message, type Receipt, type Sender, type SendOptions } from '@waybill/contract';
import { errors } from './errors.ts';
import { type Answer, FrameReader, writeFrame } from './frames.ts';

export class TcpSender implements Sender {
  readonly #host: string;
  readonly #port: number;
  readonly #inFlight = new Set<Promise<Receipt>>();
  #closed = false;

  constructor(host: string, port: number) {
    this.#host = host;
    this.#port = port;
  }

  send(message: Message, { signal }: SendOptions): Promise<Receipt> {
    const sending = this.#send(message, signal).finally(() => this.#inFlight.delete(sending));
    this.#inFlight.add(sending);
    return sending;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#inFlight);
  }

  async #send(message: Message, signal: AbortSignal): Promise<Receipt> {
    if (this.#closed) throw errors.WB_TCP_NOT_SENT('The sender is closed.');
    const socket = connect({ host: this.#host, port: this.#port });
    const abort = (): void => void socket.destroy(new Error('the time was over'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      await this.#reach(socket, signal);
      return this.#receipt(await exchange(socket, message));
    } finally {
      signal.removeEventListener('abort', abort);
      socket.destroy();
    }
  }

  async #reach(socket: Socket, signal: AbortSignal): Promise<void> {
    await once(socket, 'connect').catch((cause: unknown) => {
      if (signal.aborted) throw errors.WB_TCP_NOT_SENT('The time was over before there was a connection.', { cause });
      // Surely nothing was sent, and no message is at fault: the kernel waits until the far side is there.
      throw errors.WB_TCP_UNREACHABLE(`${this.#host}:${this.#port} cannot be reached.`, { connectionLost: true, cause });
    });
  }

  #receipt({ outcome, reason, after }: Answer): Receipt {
    const place = `${this.#host}:${this.#port}`;
    if (outcome === 'accepted') return { detail: place };
    const text = `${place} answers: ${reason ?? 'no reason given'}`;
    throw errors.WB_TCP_REFUSED(text, { retryable: outcome === 'retry', retryAfter: after });
  }
}

async function exchange(socket: Socket, message: Message): Promise<Answer> {
  let written = false;
  try {
    const reader = new FrameReader(socket);
    await writeFrame(socket, message);
    written = true;
    return await reader.answer();
  } catch (cause) {
    if (isWaybillError(cause)) throw cause;
    if (!written) throw errors.WB_TCP_NOT_SENT('The connection ended before all of the message was written.', { cause });
    // The far side may have it. Only the kernel decides whether a second copy does harm.
    throw errors.WB_TCP_NO_ANSWER('The connection ended before there was an answer.', { outcome: 'unknown', cause });
  }
}
