import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Deliver, Listener, ReceiveContext } from '@waybill/contract';
import { Admission, type Admitted } from './admission.ts';
import { answer, refuse, sendJson } from './answer.ts';
import { collectBody, type Room, roomFor } from './body.ts';
import { letBodyCome } from './continue.ts';
import { type Inbox, pathOf, type Route } from './inbox.ts';
import { Leaving } from './leaving.ts';
import { Line } from './line.ts';
import { badId, busy, internal, notFound, notRunning, tooLarge } from './refusal.ts';
import { isId } from './request.ts';
import type { Source } from './settings.ts';
import { Tally } from './tally.ts';
import { turnAway } from './turn-away.ts';

/** How long the end of a listener waits for clients that do not read their answers, in milliseconds. */
const farewell = 2_000;

export type ListenerContext = Pick<ReceiveContext, 'concurrency' | 'log' | 'stateOf'>;

/** Takes messages from requests to one address. The sender of a message waits for what becomes of it. */
export class HttpListener implements Listener, Route {
  readonly method: string;
  readonly path: string;
  readonly #inbox: Inbox;
  readonly #limit: number;
  readonly #context: ListenerContext;
  readonly #admission: Admission;
  readonly #line: Line;
  readonly #room: Room;
  readonly #unsettled = new Tally();
  readonly #unread = new Tally();
  #deliver: Deliver | undefined;

  /** Raises WB_HTTP_PATH_TAKEN. */
  constructor(inbox: Inbox, source: Source, context: ListenerContext) {
    this.method = source.method;
    this.path = source.path;
    this.#inbox = inbox;
    this.#limit = source.limit;
    this.#context = context;
    this.#admission = new Admission(source);
    this.#line = new Line(context.concurrency, source.waiting);
    this.#room = roomFor(source.waitingBytes + context.concurrency * source.limit);
    inbox.add(this);
  }

  get running(): boolean {
    return this.#deliver !== undefined;
  }

  /** After the stop the address answers that it is not running, until another listener takes it over. */
  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    if (stop.aborted) return;
    this.#inbox.add(this);
    this.#deliver = deliver;
    await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
    this.#deliver = undefined;
    this.#line.clear();
    await this.#unsettled.none();
    await inTime(this.#unread.none(), farewell);
  }

  receive(request: IncomingMessage, response: ServerResponse): void {
    this.#serve(request, response).catch((error: unknown) => this.#fail(response, error));
  }

  tell(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    return this.#tell(request, response, name).catch((error: unknown) => this.#fail(response, error));
  }

  /** The stack trace is for the log, and not for the sender. */
  #fail(response: ServerResponse, error: unknown): void {
    this.#context.log.error({ cause: error instanceof Error ? error.stack : String(error) }, 'A request could not be answered.');
    if (response.headersSent) response.destroy();
    else refuse(response, internal);
  }

  async #tell(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const sender = this.#admission.identify(request);
    if ('status' in sender) return turnAway(request, response, sender);
    const id = decoded(name);
    if (id === undefined || !isId(id)) return refuse(response, badId);
    const state = await this.#context.stateOf(id, sender.principal);
    if (state === undefined) return refuse(response, notFound);
    sendJson(response, 200, { id, state });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const admitted = this.#deliver ? this.#admission.admit(request) : notRunning;
    if ('status' in admitted) return turnAway(request, response, admitted);
    letBodyCome(request, response);
    const body = await collectBody(request, this.#limit, this.#room);
    if (body === 'gone') return;
    if (typeof body === 'string') return turnAway(request, response, body === 'too-large' ? tooLarge : { ...busy, hangUp: true });
    try {
      await this.#queue(request, response, admitted, body);
    } finally {
      this.#room.give(body.byteLength);
    }
  }

  /** Waits in line, then lets the message be delivered. */
  async #queue(request: IncomingMessage, response: ServerResponse, admitted: Admitted, body: Uint8Array): Promise<void> {
    const left = new Leaving();
    this.#unread.up();
    response.once('close', () => {
      this.#unread.down();
      if (!response.writableFinished) left.leave();
    });
    const entering = this.#line.enter(left);
    const turn = typeof entering === 'string' ? entering : await entering;
    if (turn === 'left') return;
    if (turn !== 'in') return turnAway(request, response, turn === 'full' ? busy : notRunning);
    this.#unsettled.up();
    try {
      if (!this.#deliver) return turnAway(request, response, notRunning);
      const { id, fresh, properties, principal } = admitted;
      const message = { id, body, contentType: properties['content-type'], properties };
      const settlement = await this.#deliver(left.watching({ message, principal, fresh, waits: true }));
      if (response.destroyed) return;
      if (!this.#deliver) response.shouldKeepAlive = false;
      answer(response, settlement, { id, address: () => addressOf(request, id) });
    } finally {
      this.#line.leave();
      this.#unsettled.down();
    }
  }
}

function addressOf(request: IncomingMessage & { readonly baseUrl?: string }, id: string): string {
  return `${request.baseUrl ?? ''}${pathOf(request).replace(/\/$/, '')}/${encodeURIComponent(id)}`;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

async function inTime(work: Promise<void>, limit: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limit);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}
