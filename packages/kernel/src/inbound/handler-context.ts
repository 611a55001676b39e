import type {
  DataOf,
  EventDefinition,
  HandlerContext,
  Leg,
  Log,
  Principal,
  PublishOptions,
  ReplyOf,
  RequestEventOptions,
} from '@waybill/contract';
import { WaybillError } from '@waybill/contract';
import type { InboundServices } from './services.ts';

/** What a context says about the message in hand. */
export interface MessageInHand {
  readonly messageId: string;
  readonly attempt: number;
  readonly entry: string;
  readonly messageType: string;
  readonly store: string | undefined;
  readonly principal: Principal | undefined;
  readonly trace: string;
  readonly abandoned: (() => AbortSignal | undefined) | undefined;
}

/**
 * The context of one attempt. Collects what the handler publishes; the log and the signal are made when somebody asks
 * for them, since most handlers need neither and both cost more than the rest of the attempt.
 */
export class AttemptContext implements HandlerContext {
  readonly messageId: string;
  readonly attempt: number;
  readonly entry: string;
  readonly messageType: string;
  readonly store: string | undefined;
  readonly principal: Principal | undefined;
  readonly trace: string;
  readonly #services: InboundServices;
  readonly #abandoned: (() => AbortSignal | undefined) | undefined;
  #legs: Leg[] = [];
  #ended = false;
  #overdue: AbortController | undefined;
  #signal: AbortSignal | undefined;
  #log: Log | undefined;

  constructor(hand: MessageInHand, services: InboundServices) {
    this.messageId = hand.messageId;
    this.attempt = hand.attempt;
    this.entry = hand.entry;
    this.messageType = hand.messageType;
    this.store = hand.store;
    this.principal = hand.principal;
    this.trace = hand.trace;
    this.#abandoned = hand.abandoned;
    this.#services = services;
  }

  get signal(): AbortSignal {
    if (this.#signal) return this.#signal;
    this.#overdue = new AbortController();
    if (this.#ended) this.#overdue.abort();
    const abandoned = this.#abandoned?.();
    const signals = [this.#overdue.signal, this.#services.abort, ...(abandoned ? [abandoned] : [])];
    this.#signal = AbortSignal.any(signals);
    return this.#signal;
  }

  get log(): Log {
    const { entry, messageId, messageType, trace } = this;
    this.#log ??= this.#services.log.child({ entry, messageId, messageType, trace });
    return this.#log;
  }

  publish<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options: PublishOptions = {}): void {
    if (this.#ended) throw tooLate(event.name);
    const origin = { cause: this.messageId, trace: this.trace, store: this.store };
    this.#legs.push(...this.#services.router.legsOf(event, data, options, origin, this.#services.clock.now()));
  }

  request<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options: RequestEventOptions = {}): Promise<ReplyOf<Event>> {
    return this.#services.ask(event, data, options, { cause: this.messageId, trace: this.trace, store: this.store });
  }

  /** Ends the attempt: nothing can be published any more, and whoever listens to the signal hears of it. */
  end(): readonly Leg[] {
    this.#ended = true;
    this.#overdue?.abort();
    return this.#legs;
  }
}

function tooLate(event: string): WaybillError {
  const text = `${event} was published after the handler had ended; it would take effect without the message.`;
  return new WaybillError('WB_KERNEL_STATE', text, {
    hint: 'Await everything inside the handler, or use the publisher that started() receives.',
  });
}
