import {
  type ClaimToken,
  type DataOf,
  type EventDefinition,
  type Leg,
  type Message,
  newMessageId,
  newTraceId,
  type Receipt,
  type ReplyOf,
  typeName,
} from '@waybill/contract';
import { type PublishOptions, type RequestEventOptions } from '@waybill/contract/application';
import { legId } from '@waybill/contract/host';
import { type Clock, packErrors } from '@waybill/plugin-host';
import { asTransportError, callPack, Latch, Readable, type Registry, refuseWrong, type SendingSide } from '@waybill/plugin-host/kernel';
import type { Pause } from '../desk/pauses.ts';
import { errors, messageErrors, transportErrors } from '../errors.ts';
import type { JournalKeeper } from '../journal-keeper.ts';
import type { Origin, Router } from './routing.ts';
import type { SentLedger } from './sent-ledger.ts';

/** Through which is sent at once. */
export interface DirectWay {
  readonly side: SendingSide;
  readonly ledger: SentLedger;
  readonly pause: Pause;
  /** How long a request waits by default, in milliseconds. */
  readonly timeout: number;
}

export interface AskingServices {
  readonly registry: Registry;
  readonly router: Router;
  readonly keeper: JournalKeeper;
  readonly clock: Clock;
  readonly ways: ReadonlyMap<string, DirectWay>;
}

/** The two ways out whose caller waits for the result: `sendNow` and `request`. Both are recorded before and after, and neither is tried again. */
export class Asking {
  readonly #services: AskingServices;
  #inHand = 0;
  /** Open while nothing is in hand. */
  readonly #ended = new Latch();

  constructor(services: AskingServices) {
    this.#services = services;
    this.#ended.open();
  }

  /** Resolves when every caller has been told and every late reply is recorded, or when `abort` aborts. */
  ended(abort: AbortSignal): Promise<void> {
    return this.#ended.passed(abort);
  }

  /** Does something for which a kernel that stops waits. */
  async untilEnd<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#inHand++;
    this.#ended.close();
    try {
      return await work();
    } finally {
      if (--this.#inHand === 0) this.#ended.open();
    }
  }

  /** Rejects with the first error; the receipts are in the order of the destinations. */
  async sendNow<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options: PublishOptions): Promise<readonly Receipt[]> {
    const { router, clock } = this.#services;
    const legs = router.legsOf(event, data, options, { trace: newTraceId() }, clock.now());
    return Promise.all(
      legs.map(async (leg) => {
        if (leg.uncomposed) throw packErrors.WB_PACK_FAILED(`${leg.type} cannot be composed: ${leg.uncomposed.reason}`);
        const { side } = this.#way(leg.entry);
        const { receipt } = await this.#directly(leg, async () => ({
          receipt: await side.send(leg.message, { finishing: router.finishing(leg) }),
        }));
        return receipt;
      }),
    );
  }

  /** Asks the one destination of the event's route, and reads the reply. Rejects with what went wrong. */
  async request<Event extends EventDefinition>(
    event: Event,
    data: DataOf<Event>,
    options: RequestEventOptions,
    origin: Origin = { trace: newTraceId() },
  ): Promise<ReplyOf<Event>> {
    const { router, clock } = this.#services;
    const store = options.store ?? origin.store;
    router.check(event, data);
    const businessKeys = event.businessKeys?.(data);
    const { route, destination } = router.routeToAsk(event, { ...options, store }, businessKeys);
    const { name: entry } = destination;
    const type = typeName(route.message);
    const id = options.id === undefined ? newMessageId() : legId(event.name, options.id, { type, store, destination: entry });
    const message = router.compose(router.known(route), data, { id, entry, store, createdAt: clock.now() });
    const facts = { event: event.name, type, store, businessKeys };
    const leg: Leg = { message, entry, ...facts, cause: origin.cause, trace: origin.trace };
    const { side, timeout } = this.#way(entry);
    const answered = await this.#directly(leg, async () => {
      const reply = await side.request(message, options.timeout ?? timeout, router.finishing(leg));
      return { receipt: {}, reply, answer: this.#readReply(event, { route, destination }, reply) };
    });
    return answered.answer as ReplyOf<Event>;
  }

  #directly<Sent extends { readonly receipt: Receipt; readonly reply?: Message }>(leg: Leg, send: () => Promise<Sent>): Promise<Sent> {
    return this.untilEnd(async () => {
      const since = performance.now();
      const { side, ledger, pause } = this.#way(leg.entry);
      if (pause.isOn) throw transportErrors.WB_DESTINATION_PAUSED(`The destination ${leg.entry} is ${pause.reason}.`);
      const closed = await side.openFirst();
      const references = side.references(leg.message);
      const token = await this.#begin(leg, references);
      const hand = { leg, token, attempts: 0, since };
      // Only the send: what was sent has not failed when the journal cannot record it.
      const sent = await (closed ? Promise.reject(closed) : send()).catch(async (cause: unknown) => {
        await ledger.settle(hand, { do: 'tell', error: asTransportError(cause, `Sending to ${leg.entry}`), references });
        throw cause;
      });
      const { receipt, reply } = sent;
      await ledger.settle(hand, { do: 'sent', receipt, reply, recipients: receipt.recipients, references });
      return sent;
    });
  }

  async #begin(leg: Leg, references: readonly string[] | undefined): Promise<ClaimToken> {
    const { keeper } = this.#services;
    const token = await keeper.do(() => keeper.journal.outbox.begin(leg, references));
    if (token) return token;
    throw messageErrors.WB_EVENT_ALREADY_SENT(`${leg.event} was sent to ${leg.entry} before under this id.`);
  }

  #readReply(event: EventDefinition, { route, destination: { replies } }: ReturnType<Router['routeToAsk']>, reply: Message): unknown {
    const { registry, router } = this.#services;
    const { type, name } = router.known(route);
    const readable = new Readable(reply);
    const recognised = registry.recognise(readable, replies);
    if (!recognised || !type.reply || recognised.name !== typeName(type.reply)) {
      const got = recognised?.name ?? 'a message that no pack knows';
      throw messageErrors.WB_REQUEST_UNEXPECTED_REPLY(`${name} was answered with ${got}.`);
    }
    const { pack } = recognised;
    const options = replies[pack.name] ?? registry.defaultsOf(pack);
    const { input } = callPack(pack, 'reading', () => pack.read(recognised.type, readable.for(pack), options));
    const wrong = registry.event(event).checkReply?.(input);
    refuseWrong(wrong, `The reply to ${event.name} is wrong`, messageErrors.WB_REQUEST_UNEXPECTED_REPLY);
    return input;
  }

  #way(name: string): DirectWay {
    const way = this.#services.ways.get(name);
    if (way) return way;
    throw errors.WB_KERNEL_STATE(`The destination ${name} is not open.`);
  }
}
