import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type Deliver, defineTransport, type Listener, type ReceiveContext, type Settlement, settings, Type } from '@waybill/contract';
import { pause } from './slowly.ts';

/** What the sound one does wrong on demand. */
export type LineFault = 'answers-for-slow-handlers' | 'acknowledges-what-came-before';

/** A message as it stands in a line, and what its sender is answered. */
export interface LineMessage {
  readonly id?: string | undefined;
  readonly body: string;
}
export interface LineAnswer {
  readonly taken: boolean;
  readonly body?: string | undefined;
}

/** A small transport whose senders wait: a line with a message on a connection, and a line that answers it. */
export function line(fault?: LineFault) {
  return defineTransport({
    name: fault ?? 'sound-line',
    summary: 'Receives messages as lines whose senders wait for the answer, for the tests of the suite.',
    connection: settings({}),
    connect: async () => new Set<Server>(),
    async disconnect(servers) {
      for (const server of servers) server.close();
    },
    receive: {
      endpoint: settings({ port: Type.Integer({ description: 'The port.' }) }),
      guarantees: {
        transacted: false,
        ordered: 'no',
        shared: true,
        exclusive: false,
        replies: 'open',
        waits: true,
        redelivers: 'no',
        countsAttempts: false,
      },
      async open(servers, { port }, context) {
        const server = createServer();
        servers.add(server);
        await once(server.listen(port, '127.0.0.1'), 'listening');
        return new LineListener(server, context, fault);
      },
    },
  });
}

/** A message whose sender waits. */
interface Exchange {
  readonly message: LineMessage;
  readonly answer: (answer: LineAnswer) => void;
  isAnswered: boolean;
}

class LineListener implements Listener {
  readonly #server: Server;
  readonly #context: ReceiveContext;
  readonly #fault: LineFault | undefined;
  readonly #waiting: Exchange[] = [];
  readonly #open = new Set<Exchange>();
  #inHand = 0;
  #handed = 0;

  constructor(server: Server, context: ReceiveContext, fault: LineFault | undefined) {
    this.#server = server;
    this.#context = context;
    this.#fault = fault;
  }

  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    this.#server.on('connection', (socket) => this.#receive(socket, deliver, stop));
    if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
    this.#server.close();
    for (const exchange of this.#waiting.splice(0)) this.#answer(exchange, { taken: false });
    while (this.#inHand > 0) await pause(2);
  }

  #receive(socket: Socket, deliver: Deliver, stop: AbortSignal): void {
    socket.on('error', () => undefined);
    createInterface({ input: socket }).on('line', (text) => {
      const message = JSON.parse(text) as LineMessage;
      const exchange = { message, isAnswered: false, answer: (answer: LineAnswer) => void socket.end(`${JSON.stringify(answer)}\n`) };
      this.#open.add(exchange);
      if (stop.aborted) return this.#answer(exchange, { taken: false });
      this.#waiting.push(exchange);
      this.#pump(deliver);
    });
  }

  #pump(deliver: Deliver): void {
    while (this.#inHand < this.#context.concurrency) {
      const exchange = this.#waiting.shift();
      if (!exchange) return;
      this.#inHand += 1;
      void this.#handOver(exchange, deliver).finally(() => {
        this.#inHand -= 1;
        this.#pump(deliver);
      });
    }
  }

  async #handOver(exchange: Exchange, deliver: Deliver): Promise<void> {
    this.#handed += 1;
    if (this.#fault === 'answers-for-slow-handlers' && this.#handed === 1)
      void pause(60).then(() => this.#answer(exchange, { taken: true }));
    const { id, body } = exchange.message;
    const settlement = await deliver({ message: { id, body: Buffer.from(body, 'base64'), properties: {} } });
    if (settlement.outcome === 'accepted' && this.#fault === 'acknowledges-what-came-before') {
      void pause(120).then(() => this.#open.forEach((other) => this.#answer(other, { taken: true })));
    }
    this.#answer(exchange, answerOf(settlement));
  }

  #answer(exchange: Exchange, answer: LineAnswer): void {
    if (exchange.isAnswered) return;
    exchange.isAnswered = true;
    this.#open.delete(exchange);
    exchange.answer(answer);
  }
}

function answerOf(settlement: Settlement): LineAnswer {
  const reply = settlement.outcome === 'released' ? undefined : settlement.reply;
  return { taken: settlement.outcome === 'accepted', body: reply && Buffer.from(reply.body).toString('base64') };
}
