import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Deliver, Listener, ReceiveContext, Settlement } from '@waybill/contract';
import { answer, type StoredMessage } from '../answering/answer.ts';
import { badId, busy, internal, notFound, notRunning, type ProblemDetails, tooLarge } from '../answering/problem.ts';
import { RefusalLog } from '../answering/refusal-log.ts';
import { endOf, refuseAfter, refuseRequest } from '../answering/refuse-request.ts';
import type { Source } from '../settings.ts';
import { type AddressedListener, type AddressTable, pathOf } from './address-table.ts';
import { Admission, type Admitted, isId } from './admission.ts';
import { ByteBudget, InFlight, Semaphore } from './capacity.ts';
import { type BodyLimits, Exchange } from './exchange.ts';

/** How long the end of a listener waits for clients that do not read their answers, in milliseconds. */
const mostForAnswers = 2_000;

export type ListenerContext = Pick<ReceiveContext, 'concurrency' | 'log' | 'stateOf'>;

/** Takes messages from requests to one address. The sender of a message waits for what becomes of it. */
export class HttpListener implements Listener, AddressedListener {
  readonly method: string;
  readonly path: string;
  readonly #table: AddressTable;
  readonly #context: ListenerContext;
  readonly #admission: Admission;
  readonly #inHand: Semaphore;
  readonly #limits: BodyLimits;
  readonly #unanswered = new InFlight();
  readonly #refusals: RefusalLog;
  #deliver: Deliver | undefined;

  /** Throws WB_HTTP_PATH_TAKEN. */
  constructor(table: AddressTable, source: Source, context: ListenerContext) {
    this.method = source.method;
    this.path = source.path;
    this.#table = table;
    this.#context = context;
    this.#admission = new Admission(source);
    this.#refusals = new RefusalLog(context.log);
    this.#inHand = new Semaphore(context.concurrency, { most: source.waiting, longest: source.waitingTime });
    const budget = new ByteBudget(source.waitingBytes + context.concurrency * source.limit);
    this.#limits = { limit: source.limit, budget, always: source.answers === 'always' };
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
    await this.#inHand.none();
    await within(mostForAnswers, this.#unanswered.none());
    this.#refusals.flush();
  }

  receive(request: IncomingMessage, response: ServerResponse, asks: boolean): void {
    void this.#serve(request, response, asks);
  }

  refuse(request: IncomingMessage, response: ServerResponse, problem: ProblemDetails): void {
    refuseRequest(request, response, problem, this.#refusals);
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
      return { ...internal, cause: error };
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse, asks: boolean): Promise<void> {
    try {
      const admitted = this.#deliver ? this.#admission.admit(request) : notRunning;
      if ('status' in admitted) return this.refuse(request, response, admitted);
      // Before its client is asked for the body, and before any of it is kept.
      if (this.#inHand.isFull) return this.refuse(request, response, busy);
      const exchange = Exchange.withoutBody(request, response, admitted) ?? (await this.#receive(request, response, admitted, asks));
      if (typeof exchange === 'object') await this.#whenItIsTime(exchange);
      else if (exchange !== 'gone') this.refuse(request, response, exchange === 'too-large' ? tooLarge : { ...busy, closes: true });
    } catch (error) {
      refuseAfter(error, request, response, this.#refusals);
    }
  }

  #receive(request: IncomingMessage, response: ServerResponse, admitted: Admitted, asks: boolean): ReturnType<typeof Exchange.receive> {
    if (asks) response.writeContinue();
    return Exchange.receive(request, response, admitted, this.#limits);
  }

  /** Waits until fewer messages are in hand than may be, then delivers. */
  async #whenItIsTime(exchange: Exchange): Promise<void> {
    const { request, response, message } = exchange;
    exchange.watch(this.#unanswered);
    const acquiring = this.#inHand.acquire(exchange);
    const acquired = typeof acquiring === 'string' ? acquiring : await acquiring;
    try {
      if (acquired === 'full') this.refuse(request, response, busy);
      else if (acquired === 'acquired' && this.#deliver) this.#answer(exchange, await this.#deliver(exchange));
      else if (acquired !== 'abandoned') this.refuse(request, response, notRunning);
    } finally {
      if (acquired === 'acquired') this.#inHand.release();
      this.#limits.budget.giveBack(message.body.byteLength);
    }
  }

  #answer({ request, response, problem }: Exchange, settlement: Settlement): void {
    if (response.destroyed) return;
    if (!this.#deliver) response.shouldKeepAlive = false;
    if (settlement.outcome === 'released') return this.refuse(request, response, notRunning);
    if (problem && !settlement.reply) return this.refuse(request, response, problem);
    const end = problem && endOf(request, response);
    answer(response, settlement, { stored: (id) => storedAt(request, id), always: this.#limits.always, end });
  }
}

/** The app in which the transport is mounted says in `baseUrl` below which path that is. */
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
