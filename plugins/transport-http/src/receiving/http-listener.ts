import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Deliver, Delivery, Listener, ReceiveContext, Settlement } from '@waybill/contract';
import { answer, answerProblem, type StoredMessage } from '../answering/answer.ts';
import { badId, busy, internal, notFound, notRunning, type ProblemDetails, tooLarge } from '../answering/problem.ts';
import { refuseRequest } from '../answering/refuse-request.ts';
import type { Source } from '../settings.ts';
import { type AddressedListener, type AddressTable, pathOf } from './address-table.ts';
import { Admission, type Admitted } from './admission.ts';
import { ByteBudget, collectBody } from './body.ts';
import { writeContinue } from './expect-continue.ts';
import { InFlight } from './in-flight.ts';
import { LazyAbort } from './lazy-abort.ts';
import { isId } from './request-head.ts';
import { Semaphore } from './semaphore.ts';

/** How long the end of a listener waits for clients that do not read their answers, in milliseconds. */
const mostForAnswers = 2_000;

export type ListenerContext = Pick<ReceiveContext, 'concurrency' | 'log' | 'stateOf'>;

/** Takes messages from requests to one address. The sender of a message waits for what becomes of it. */
export class HttpListener implements Listener, AddressedListener {
  readonly method: string;
  readonly path: string;
  readonly #table: AddressTable;
  readonly #limit: number;
  readonly #context: ListenerContext;
  readonly #admission: Admission;
  readonly #inHand: Semaphore;
  readonly #budget: ByteBudget;
  readonly #unsettled = new InFlight();
  readonly #unanswered = new InFlight();
  #deliver: Deliver | undefined;

  /** Throws WB_HTTP_PATH_TAKEN. */
  constructor(table: AddressTable, source: Source, context: ListenerContext) {
    this.method = source.method;
    this.path = source.path;
    this.#table = table;
    this.#limit = source.limit;
    this.#context = context;
    this.#admission = new Admission(source);
    this.#inHand = new Semaphore(context.concurrency, source.waiting);
    this.#budget = new ByteBudget(source.waitingBytes + context.concurrency * source.limit);
    table.add(this);
  }

  get running(): boolean {
    return this.#deliver !== undefined;
  }

  /** After the stop the address answers that nothing is received there, until another listener takes it over. */
  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    if (stop.aborted) return;
    this.#table.add(this);
    this.#deliver = deliver;
    await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
    this.#deliver = undefined;
    this.#inHand.dismiss();
    await this.#unsettled.none();
    await within(mostForAnswers, this.#unanswered.none());
  }

  receive(request: IncomingMessage, response: ServerResponse): void {
    this.#serve(request, response).catch((error: unknown) => {
      this.#logFailure(error);
      if (response.headersSent) response.destroy();
      else answerProblem(response, internal);
    });
  }

  async stateOf(request: IncomingMessage, name: string) {
    const sender = this.#admission.identify(request);
    if ('status' in sender) return sender;
    const id = decoded(name);
    if (id === undefined || !isId(id)) return badId;
    try {
      const state = await this.#context.stateOf(id, sender.principal);
      return state === undefined ? notFound : { id, state };
    } catch (error) {
      this.#logFailure(error);
      return internal;
    }
  }

  /** The stack trace is for the log, and not for the sender. */
  #logFailure(error: unknown): void {
    this.#context.log.error({ cause: error instanceof Error ? error.stack : String(error) }, 'A request could not be answered.');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const admitted = this.#deliver ? this.#admission.admit(request) : notRunning;
    if ('status' in admitted) return refuseRequest(request, response, admitted);
    writeContinue(request, response);
    const body = await collectBody(request, this.#limit, this.#budget);
    if (body === 'gone') return;
    if (typeof body === 'string') return refuseRequest(request, response, body === 'too-large' ? tooLarge : { ...busy, closes: true });
    try {
      await this.#whenItIsTime(request, response, admitted, body);
    } finally {
      this.#budget.giveBack(body.byteLength);
    }
  }

  /** Waits until fewer messages are in hand than may be, then delivers. */
  async #whenItIsTime(request: IncomingMessage, response: ServerResponse, admitted: Admitted, body: Uint8Array): Promise<void> {
    const client = new LazyAbort();
    this.#unanswered.begin();
    response.once('close', () => {
      this.#unanswered.end();
      if (!response.writableFinished) client.abort();
    });
    const acquiring = this.#inHand.acquire(client);
    const acquired = typeof acquiring === 'string' ? acquiring : await acquiring;
    if (acquired === 'abandoned') return;
    if (acquired !== 'acquired') return refuseRequest(request, response, refusalFor(acquired));
    this.#unsettled.begin();
    try {
      const settlement = await this.#settle(deliveryOf(admitted, body, client));
      if (!response.destroyed) this.#answer(request, response, settlement);
    } finally {
      this.#inHand.release();
      this.#unsettled.end();
    }
  }

  async #settle(delivery: Delivery): Promise<Settlement> {
    return this.#deliver ? this.#deliver(delivery) : { outcome: 'released' };
  }

  #answer(request: IncomingMessage, response: ServerResponse, settlement: Settlement): void {
    if (!this.#deliver) response.shouldKeepAlive = false;
    answer(response, settlement, (id) => storedAt(request, id));
  }
}

function refusalFor(reason: 'full' | 'dismissed'): ProblemDetails {
  return reason === 'full' ? busy : notRunning;
}

function deliveryOf({ id, properties, principal }: Admitted, body: Uint8Array, client: LazyAbort): Delivery {
  return {
    message: { id, body, contentType: properties['content-type'], properties },
    principal,
    get abandoned() {
      return client.signal;
    },
  };
}

/** An app in which the transport is mounted tells by `baseUrl` below which path. */
function storedAt(request: IncomingMessage & { readonly baseUrl?: string }, id: string): StoredMessage {
  return { id, address: `${request.baseUrl ?? ''}${pathOf(request).replace(/\/$/, '')}/${encodeURIComponent(id)}` };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

async function within(limit: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limit);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}
