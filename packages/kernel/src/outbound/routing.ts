import type { BusinessKeys, DataOf, EventDefinition, Leg, Log, Message } from '@waybill/contract';
import { newMessageId, typeName } from '@waybill/contract';
import type { PublishOptions } from '@waybill/contract/application';
import { legId, wholeEntry } from '@waybill/contract/host';
import type { CheckedManifest, CheckedOutbound, CheckedRoute, PackOptions, RetryPolicy } from '@waybill/manifest';
import { packErrors } from '@waybill/plugin-host';
import {
  asCommandError,
  composeMessage,
  errorFields,
  type Finishing,
  failureOf,
  type KnownType,
  type Registry,
  refuseWrong,
  routesWhen,
  takesEvent,
  withoutTagged,
} from '@waybill/plugin-host/kernel';
import { messageErrors } from '../errors.ts';

/** Where what is published comes from. */
export interface Origin {
  /** The inbound message that caused it. */
  readonly cause?: string | undefined;
  readonly trace: string;
  /** The store of the message in hand. */
  readonly store?: string | undefined;
}

/** Finds the routes of an event and composes its messages. */
export class Router {
  readonly #registry: Registry;
  readonly #routes = new Map<string, readonly CheckedRoute[]>();
  /** What packs write with, by the name of the outbound entry. */
  readonly #packs: ReadonlyMap<string, PackOptions>;
  readonly #mask: (text: string) => string;
  readonly #log: Log;

  /** `mask` hides secrets in a text. */
  constructor(
    registry: Registry,
    { routes, outbound }: Pick<CheckedManifest, 'routes' | 'outbound'>,
    { mask, log }: { readonly mask: (text: string) => string; readonly log: Log },
  ) {
    this.#registry = registry;
    this.#mask = mask;
    this.#log = log;
    this.#packs = new Map(outbound.map(({ name, packs }) => [name, packs]));
    for (const route of routes) this.#routes.set(route.event, [...(this.#routes.get(route.event) ?? []), route]);
  }

  /**
   * The routes of the store where it has any for this event, else those of the site
   * (reference/messaging-architecture.md, section 5.1); of these, the ones whose priority range holds the priority and whose business keys are those
   * of the event.
   */
  routesOf(event: string, options: PublishOptions, keys: BusinessKeys | undefined): readonly CheckedRoute[] {
    const all = this.#routes.get(event) ?? [];
    const own = options.store === undefined ? [] : all.filter((route) => route.store === options.store);
    const { priority = 0 } = options;
    const level = own.length > 0 ? own : all.filter((route) => route.store === undefined);
    const fitting = level.filter(({ priority: range }) => !range || (range[0] <= priority && priority <= range[1]));
    return routesWhen(fitting, keys);
  }

  /**
   * One leg per route and destination. Throws `WB_EVENT_BAD_DATA`. What a pack cannot compose becomes a leg that is parked with
   * the data of the event, so that neither the event nor its other messages are lost.
   * With `options.id` the messages get ids derived from it, so that publishing again makes the same messages.
   */
  legsOf<Event extends EventDefinition>(
    event: Event,
    data: DataOf<Event>,
    options: PublishOptions,
    origin: Origin,
    now: number,
  ): readonly Leg[] {
    const store = options.store ?? origin.store;
    this.check(event, data);
    const businessKeys = event.businessKeys?.(data);
    const routes = this.routesOf(event.name, { ...options, store }, businessKeys);
    if (routes.length === 0) this.#log.info({ event: event.name, store, trace: origin.trace }, 'published, and no route takes it');
    const facts = { store, cause: origin.cause, trace: origin.trace, event: event.name, businessKeys };
    return routes.flatMap((route) =>
      route.to.map((destination): Leg => {
        const type = typeName(route.message);
        const id =
          options.id === undefined ? newMessageId() : legId(event.name, options.id, { type, store, destination: destination.name });
        const own = { ...facts, entry: destination.name, type, orderKey: orderKeyOf(destination, event, data, options) };
        return this.#leg(route, { event, data }, own, { id, now, blocks: destination.parked === 'blocks' });
      }),
    );
  }

  #leg(
    route: CheckedRoute,
    { event, data }: { readonly event: EventDefinition; readonly data: unknown },
    facts: Omit<Leg, 'message'>,
    { id, now, blocks }: { readonly id: string; readonly now: number; readonly blocks: boolean },
  ): Leg {
    try {
      return { ...facts, message: this.compose(this.known(route), data, { ...facts, id, createdAt: now }) };
    } catch (cause) {
      const error = withoutTagged(asCommandError(cause), event.data, data);
      const body = new TextEncoder().encode(JSON.stringify(data));
      const message = { id, createdAt: now, body, contentType: 'application/json', properties: {} };
      const leg = { ...facts, message, uncomposed: { ...failureOf(error, this.#mask), blocks } };
      const fields = { outbound: facts.entry, event: facts.event, messageType: facts.type, messageId: id, trace: facts.trace };
      this.#log.error({ ...fields, ...errorFields(error) }, 'message cannot be composed; it is parked with the data of its event');
      return leg;
    }
  }

  /** Composes a leg whose event could not be composed before, from the data that was kept. Throws what the pack throws. */
  composeAgain({ message: { id, createdAt, body }, type, store, entry }: Leg): Message {
    const known = this.#registry.typeNamed(type);
    const data: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    try {
      return this.compose(known, data, { id, entry, store, createdAt });
    } catch (cause) {
      throw known.type.event ? withoutTagged(asCommandError(cause), known.type.event.data, data) : cause;
    }
  }

  /** The route's word on retries, where it has one, over that of the destination. */
  retryOf({ event, type, store, entry, businessKeys }: Leg, own: RetryPolicy): RetryPolicy {
    const isOf = (route: CheckedRoute): boolean =>
      typeName(route.message) === type && route.to.some(({ name }) => name === entry) && (!businessKeys || takesEvent(route, businessKeys));
    const able = this.#routes.get(event)?.filter(isOf);
    return { ...own, ...(able?.find((route) => route.store === store) ?? able?.find((route) => route.store === undefined))?.retry };
  }

  /** The one place to ask. Throws `WB_EVENT_NO_ROUTE`. */
  routeToAsk(
    event: EventDefinition,
    options: PublishOptions,
    keys: BusinessKeys | undefined,
  ): { readonly route: CheckedRoute; readonly destination: CheckedOutbound } {
    const [route] = this.routesOf(event.name, options, keys);
    const destination = route?.to[0];
    if (!route || !destination) throw messageErrors.WB_EVENT_NO_ROUTE(`Nobody can be asked for ${event.name}: it has no route.`);
    return { route, destination };
  }

  /** Composes a message for `entry`, with its options. Throws what the pack throws. */
  compose(known: KnownType, data: unknown, made: Pick<Message, 'id' | 'createdAt'> & Pick<Leg, 'entry' | 'store'>): Message {
    const { id, createdAt, store, entry } = made;
    return composeMessage(known, data, { id, createdAt, store, packs: this.#packs.get(entry) });
  }

  /** What the pack does about a leg while it is sent. Copies and replies tell of no event, and go out as they are. */
  finishing({ event, type, entry }: Leg): Finishing | undefined {
    return event === '' ? undefined : this.#registry.finishing(type, this.#packs.get(entry));
  }

  known(route: CheckedRoute): KnownType {
    const known = this.#registry.typeOf(route.message);
    if (known) return known;
    throw packErrors.WB_COMMAND_UNKNOWN(`No loaded pack declares ${typeName(route.message)}.`);
  }

  /** Throws `WB_EVENT_BAD_DATA`. */
  check(event: EventDefinition, data: unknown): void {
    refuseWrong(this.#registry.event(event).checkData(data), `The data of ${event.name} is wrong`, messageErrors.WB_EVENT_BAD_DATA);
  }
}

function orderKeyOf({ order }: CheckedOutbound, event: EventDefinition, data: unknown, { orderKey }: PublishOptions): string | undefined {
  if (order === 'parallel') return undefined;
  return order === 'serial' ? wholeEntry : (orderKey ?? event.orderKey?.(data));
}
