import type { DataOf, EventDefinition, Leg, Log, Principal, ReplyOf } from '@waybill/contract';
import type { HandlerContext, PublishOptions, RequestEventOptions } from '@waybill/contract/application';
import { errors } from '../errors.ts';
import type { Origin } from '../outbound/routing.ts';
import type { Identified } from './identity.ts';
import type { InHand } from './in-hand.ts';
import type { EntryTurn } from './listening/entry-state.ts';
import type { InboundServices } from './services.ts';

export interface HandlerRun {
  readonly hand: InHand;
  readonly identified: Identified;
  readonly principal: Principal | undefined;
  readonly turn: Pick<EntryTurn, 'lease'>;
}

const nothing: readonly Leg[] = [];

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
  readonly #run: HandlerRun;
  readonly #services: InboundServices;
  #legs = nothing;
  #hasEnded = false;
  #end: AbortController | undefined;
  #signal: AbortSignal | undefined;
  #log: Log | undefined;

  constructor(run: HandlerRun, services: InboundServices) {
    const { hand, identified, principal } = run;
    this.messageId = hand.message.id;
    this.attempt = hand.failures + 1;
    this.entry = hand.key.entry;
    this.messageType = identified.known.name;
    this.store = identified.store;
    this.principal = principal;
    this.trace = hand.trace;
    this.#run = run;
    this.#services = services;
  }

  get signal(): AbortSignal {
    if (this.#signal) return this.#signal;
    this.#end = new AbortController();
    if (this.#hasEnded) this.#end.abort();
    const { hand, turn } = this.#run;
    // Nobody waits any more, or the message belongs to somebody else from then on.
    const lost = [hand.delivery?.abandoned, hand.delivery?.lost, turn.lease?.lost].filter((signal) => signal !== undefined);
    this.#signal = AbortSignal.any([this.#end.signal, this.#services.abort, ...lost]);
    return this.#signal;
  }

  get log(): Log {
    const { entry, messageId, messageType, trace } = this;
    this.#log ??= this.#services.log.child({ entry, messageId, messageType, trace });
    return this.#log;
  }

  publish<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options: PublishOptions = {}): void {
    if (this.#hasEnded)
      throw errors.WB_KERNEL_STATE(`${event.name} was published after the handler had ended; it would take effect without the message.`, {
        hint: 'Await everything inside the handler, or use the publisher that started() receives.',
      });
    this.#legs = [...this.#legs, ...this.#services.router.legsOf(event, data, options, this.#origin, this.#services.clock.now())];
  }

  request<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options: RequestEventOptions = {}): Promise<ReplyOf<Event>> {
    return this.#services.ask(event, data, options, this.#origin);
  }

  /** Ends the attempt: nothing can be published any more, and whoever listens to the signal hears of it. Gives what was published. */
  end(): readonly Leg[] {
    this.#hasEnded = true;
    this.#end?.abort();
    return this.#legs;
  }

  get #origin(): Origin {
    return { cause: this.messageId, trace: this.trace, store: this.store };
  }
}
