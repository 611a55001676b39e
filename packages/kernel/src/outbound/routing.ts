import type { ComposeContext, DataOf, Draft, EventDefinition, Leg, Message, PublishOptions } from '@waybill/contract';
import { MessageError, newMessageId } from '@waybill/contract';
import type { CheckedOutbound, CheckedRoute } from '@waybill/manifest';
import { remedy } from '../errors.ts';
import { guarded, type KnownType, type Registry } from '../registry.ts';

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

  constructor(registry: Registry, routes: readonly CheckedRoute[]) {
    this.#registry = registry;
    for (const route of routes) this.#routes.set(route.event, [...(this.#routes.get(route.event) ?? []), route]);
  }

  /**
   * The routes of the store where it has any for this event, else those of the site
   * (reference/messaging-architecture.md, section 5.1); of these, the ones whose priority range holds the priority.
   */
  routesOf(event: string, options: PublishOptions): readonly CheckedRoute[] {
    const all = this.#routes.get(event) ?? [];
    const own = options.store === undefined ? [] : all.filter((route) => route.store === options.store);
    const { priority = 0 } = options;
    const level = own.length > 0 ? own : all.filter((route) => route.store === undefined);
    return level.filter(({ priority: range }) => !range || (range[0] <= priority && priority <= range[1]));
  }

  /**
   * One leg per destination. Throws `WB_EVENT_BAD_DATA`, and what the pack throws when it cannot compose.
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
    return this.routesOf(event.name, { ...options, store }).flatMap((route) =>
      route.to.map((destination): Leg => {
        const id = options.id === undefined ? newMessageId() : `${event.name}-${options.id}-${destination.name}`;
        const message = this.compose(route, data, { messageId: id, store, time: new Date(now).toISOString() });
        return {
          message,
          destination: destination.name,
          event: event.name,
          type: `${route.message.name}@${route.message.version}`,
          store,
          cause: origin.cause,
          trace: origin.trace,
        };
      }),
    );
  }

  /** The one place to ask. Throws `WB_EVENT_NO_ROUTE`. */
  routeToAsk(event: EventDefinition, options: PublishOptions): { readonly route: CheckedRoute; readonly destination: CheckedOutbound } {
    const [route] = this.routesOf(event.name, options);
    const destination = route?.to[0];
    if (!route || !destination)
      throw new MessageError('WB_EVENT_NO_ROUTE', `Nobody can be asked for ${event.name}: it has no route.`, {
        hint: remedy('WB_EVENT_NO_ROUTE'),
      });
    return { route, destination };
  }

  /** The message for one route, with the id of `context`. */
  compose(route: CheckedRoute, data: unknown, context: ComposeContext): Message {
    const { pack, type } = this.known(route);
    return toMessage(
      guarded(pack, 'composing', () => pack.compose(type, data, context)),
      { id: context.messageId },
    );
  }

  known(route: CheckedRoute): KnownType {
    const known = this.#registry.typeOf(route.message);
    if (!known)
      throw new MessageError('WB_COMMAND_UNKNOWN', `No loaded pack declares ${route.message.name}@${route.message.version}.`, {
        hint: remedy('WB_COMMAND_UNKNOWN'),
      });
    return known;
  }

  /** Throws `WB_EVENT_BAD_DATA`. */
  check(event: EventDefinition, data: unknown): void {
    const problem = this.#registry.event(event).checkData(data);
    if (!problem) return;
    const text = `The data of ${event.name} is wrong at ${problem.at}: ${problem.reason}.`;
    throw new MessageError('WB_EVENT_BAD_DATA', text, { at: problem.at, hint: remedy('WB_EVENT_BAD_DATA') });
  }
}

const encoder = new TextEncoder();

/** Gives a draft its identity. */
export function toMessage(draft: Draft, identity: { readonly id: string; readonly correlationId?: string }): Message {
  const { contentType, type, properties = {} } = draft;
  const body = typeof draft.body === 'string' ? encoder.encode(draft.body) : draft.body;
  return { ...identity, body, type, contentType, properties };
}
