import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Message, type Receipt, type Sender, type SendOptions, TransportError } from '@waybill/contract';
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
    if (this.#closed || signal.aborted) throw interrupted(this.#closed ? 'the sender was closed' : 'the time was over');
    const socket = connect({ host: this.#host, port: this.#port });
    const abort = (): void => void socket.destroy(new Error('the time was over'));
    signal.addEventListener('abort', abort, { once: true });
    try {
      await this.#reach(socket);
      return this.#receipt(await exchange(socket, message));
    } finally {
      signal.removeEventListener('abort', abort);
      socket.destroy();
    }
  }

  async #reach(socket: Socket): Promise<void> {
    await once(socket, 'connect').catch((cause: unknown) => {
      const text = `${this.#host}:${this.#port} cannot be reached.`;
      throw new TransportError('WB_TCP_UNREACHABLE', text, { retryable: true, cause });
    });
  }

  #receipt({ outcome, reason }: Answer): Receipt {
    const place = `${this.#host}:${this.#port}`;
    if (outcome === 'accepted') return { detail: place };
    const text = `${place} answers: ${reason ?? 'no reason given'}`;
    throw new TransportError('WB_TCP_REFUSED', text, { retryable: outcome === 'retry' });
  }
}

async function exchange(socket: Socket, message: Message): Promise<Answer> {
  const reader = new FrameReader(socket);
  writeFrame(socket, message);
  try {
    return await reader.answer();
  } catch (cause) {
    throw interrupted('the connection ended before there was an answer', cause);
  }
}

function interrupted(why: string, cause?: unknown): TransportError {
  return new TransportError('WB_TCP_INTERRUPTED', `A message was not sent: ${why}.`, { retryable: true, cause });
}
