import type { Socket } from 'node:net';
import type { Deliver, Delivery, Listener, Settlement } from '@waybill/contract';
import { errors } from './errors.ts';
import { type Answer, FrameReader, writeAnswer } from './frames.ts';
import type { OpenPort } from './open-port.ts';
import type { Source } from './settings.ts';

export class TcpListener implements Listener {
  readonly #port: OpenPort;
  readonly #source: Source;
  readonly #concurrency: number;

  constructor(port: OpenPort, source: Source, concurrency: number) {
    this.#port = port;
    this.#source = source;
    this.#concurrency = concurrency;
  }

  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    const inHand = new Set<Promise<void>>();
    try {
      // Waiting is the backpressure: while as many messages are in hand as may be, connections wait and nothing is read from them.
      for (let socket = await this.#port.next(stop); socket; socket = await this.#port.next(stop)) {
        const exchange = this.#exchange(socket, deliver, stop).finally(() => inHand.delete(exchange));
        inHand.add(exchange);
        if (inHand.size >= this.#concurrency) await Promise.race(inHand);
      }
    } finally {
      await this.#port.close();
      await Promise.all(inHand);
    }
  }

  async #exchange(socket: Socket, deliver: Deliver, stop: AbortSignal): Promise<void> {
    const gone = new AbortController();
    const cut = (): void => void socket.destroy();
    socket.once('close', () => gone.abort());
    stop.addEventListener('abort', cut, { once: true });
    try {
      const delivery = await this.#read(socket);
      // From here on the message is in hand: a stop waits for its settlement.
      stop.removeEventListener('abort', cut);
      if (stop.aborted) return;
      writeAnswer(socket, answerFor(await deliver({ ...delivery, abandoned: gone.signal })));
    } catch {
      // The sender went away before its message was complete; it has got no answer and sends it again.
      socket.destroy();
    } finally {
      stop.removeEventListener('abort', cut);
      if (stop.aborted && !socket.writableEnded) socket.destroy();
    }
  }

  async #read(socket: Socket): Promise<Delivery> {
    socket.setTimeout(this.#source.patience, () => socket.destroy());
    const reader = new FrameReader(socket);
    const { id, length } = await reader.head();
    const { limit } = this.#source;
    const body = length <= limit ? await reader.body(length) : await reader.skip(length);
    socket.setTimeout(0);
    if (body) return { message: { id, body, properties: {} } };
    // The kernel decides what becomes of a message that could not be taken whole.
    const defect = errors.WB_TCP_TOO_LARGE(`The message has ${length} bytes, ${limit} are allowed.`);
    return { message: { id, body: new Uint8Array(0), properties: {} }, defect };
  }
}

function answerFor(settlement: Settlement): Answer {
  switch (settlement.outcome) {
    case 'accepted':
      return { outcome: 'accepted' };
    case 'rejected':
      return { outcome: 'rejected', reason: settlement.fault.reason };
    case 'retry':
      return { outcome: 'retry', reason: settlement.fault.reason, after: settlement.after };
    case 'released':
      return { outcome: 'retry', reason: 'Nobody has looked at the message.' };
  }
}
