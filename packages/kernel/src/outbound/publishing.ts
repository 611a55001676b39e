import {
  type DataOf,
  type EventDefinition,
  type Journal,
  type Leg,
  type Log,
  type Message,
  MessageError,
  newMessageId,
  type PublishOptions,
  type Receipt,
  type ReplyOf,
  type RequestEventOptions,
  typeName,
  WaybillError,
} from '@waybill/contract';
import type { CheckedOutbound, CheckedRoute } from '@waybill/manifest';
import type { Clock } from '../clock.ts';
import { remedy } from '../errors.ts';
import { freshTrace } from '../ids.ts';
import type { Observers, Outcome } from '../observe.ts';
import { guarded, type Registry } from '../registry.ts';
import type { Destination } from './destination.ts';
import type { Origin, Router } from './routing.ts';

export interface PublishingServices {
  readonly registry: Registry;
  readonly router: Router;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly observers: Observers;
  readonly log: Log;
  readonly destinations: ReadonlyMap<string, Destination>;
}

/** The three ways out: publish (durable), sendNow (at once), request (and wait for the answer). */
export class Publishing {
  readonly #services: PublishingServices;

  constructor(services: PublishingServices) {
    this.#services = services;
  }

  /** Resolves when the event is durable. Nothing happens when no route takes it, or when its `id` was published before. */
  async publish<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options: PublishOptions = {}): Promise<void> {
    const { router, journal, clock, log } = this.#services;
    const now = clock.now();
    const legs = router.legsOf(event, data, options, { trace: freshTrace() }, now);
    if (legs.length === 0) return log.info({ event: event.name, store: options.store }, 'published, and no route takes it');
    const id = options.id === undefined ? undefined : `${event.name}:${options.id}`;
    if (await journal.publish(legs, { at: now, id })) this.wake(legs);
  }

  /** Sends past the journal. Rejects with the first error; the receipts are in the order of the destinations. */
  async sendNow<Event extends EventDefinition>(
    event: Event,
    data: DataOf<Event>,
    options: PublishOptions = {},
  ): Promise<readonly Receipt[]> {
    const { router, clock } = this.#services;
    const legs = router.legsOf(event, data, options, { trace: freshTrace() }, clock.now());
    return Promise.all(legs.map((leg) => this.#destination(leg.destination).sendNow(leg.message)));
  }

  /** Asks the one destination of the event's route, and reads the reply. Rejects with what went wrong. */
  async request<Event extends EventDefinition>(
    event: Event,
    data: DataOf<Event>,
    options: RequestEventOptions,
    origin: Origin = { trace: freshTrace() },
  ): Promise<ReplyOf<Event>> {
    const since = performance.now();
    const { router, clock } = this.#services;
    const store = options.store ?? origin.store;
    router.check(event, data);
    const { route, destination } = router.routeToAsk(event, { ...options, store });
    const message = router.compose(route, data, { messageId: newMessageId(), store, time: new Date(clock.now()).toISOString() });
    const seen = { event: event.name, route, destination, message, origin, store, since };
    try {
      const reply = await this.#destination(destination.name).request(message, options.timeout);
      const answer = this.#readReply(event, route, reply);
      this.#observe(seen, { outcome: 'answered', reply: reply.type });
      return answer as ReplyOf<Event>;
    } catch (error) {
      const { code, message: reason } = error as WaybillError;
      this.#observe(seen, { outcome: 'rejected', code, reason });
      throw error;
    }
  }

  wake(legs: readonly Leg[]): void {
    for (const leg of legs) this.#services.destinations.get(leg.destination)?.wake();
  }

  #readReply(event: EventDefinition, route: CheckedRoute, reply: Message): unknown {
    const { registry, router } = this.#services;
    const { type, name } = router.known(route);
    const recognised = registry.recognise(reply);
    if (!recognised || !type.reply || recognised.name !== typeName(type.reply)) throw unexpected(name, recognised?.name);
    const { pack } = recognised;
    const { input } = guarded(pack, 'reading', () => pack.read(recognised.type, reply));
    const problem = registry.event(event).checkReply?.(input);
    if (!problem) return input;
    throw new MessageError('WB_COMMAND_BAD_INPUT', `The reply to ${event.name} is wrong at ${problem.at}: ${problem.reason}.`, {
      at: problem.at,
      hint: remedy('WB_COMMAND_BAD_INPUT'),
    });
  }

  #destination(name: string): Destination {
    const destination = this.#services.destinations.get(name);
    if (destination) return destination;
    throw new WaybillError('WB_KERNEL_STATE', `The destination ${name} is not open.`, { hint: remedy('WB_KERNEL_STATE') });
  }

  #observe(
    asked: Asked,
    outcome: { readonly outcome: Outcome; readonly code?: string; readonly reason?: string; readonly reply?: string | undefined },
  ): void {
    if (!this.#services.observers.watched) return;
    const { event, route, destination, message, origin, store, since } = asked;
    const where = { name: destination.name, connection: destination.connection.name, transport: destination.connection.plugin.card.name };
    const what = { type: typeName(route.message), subject: event, id: message.id, cause: origin.cause, trace: origin.trace, store };
    this.#services.observers.tell({
      at: this.#services.clock.now(),
      direction: 'out',
      ...where,
      ...what,
      ...outcome,
      attempt: 1,
      took: performance.now() - since,
    });
  }
}

interface Asked {
  readonly event: string;
  readonly route: CheckedRoute;
  readonly destination: CheckedOutbound;
  readonly message: Message;
  readonly origin: Origin;
  readonly store: string | undefined;
  readonly since: number;
}

function unexpected(asked: string, got: string | undefined): MessageError {
  const text = `${asked} was answered with ${got ?? 'a message that no pack knows'}.`;
  return new MessageError('WB_REQUEST_UNEXPECTED_REPLY', text, { hint: remedy('WB_REQUEST_UNEXPECTED_REPLY') });
}
