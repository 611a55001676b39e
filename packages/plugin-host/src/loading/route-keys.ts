import { type EventDefinition, type Log, typeName } from '@waybill/contract';
import { type CheckedManifest, type CheckedRoute, didYouMean } from '@waybill/manifest';
import { loadErrors } from '../errors.ts';
import { Readable } from '../packs/readable.ts';
import type { KnownType, Registry } from '../packs/registry.ts';

/**
 * A route that asks for a business key that its event never has takes nothing. Throws `WB_ROUTE_NO_KEYS` where the event has none at all. Where the
 * sample of the message shows which ones it has, another one is told as a warning: the event may know more than this message.
 */
export function checkRouteKeys({ routes }: CheckedManifest, registry: Registry, log: Log): void {
  for (const [index, route] of routes.entries()) {
    const known = registry.typeOf(route.message);
    const event = known?.type.event;
    if (!route.when || !known || !event) continue;
    const at = `routes[${index}].when`;
    if (!event.businessKeys) throw loadErrors.WB_ROUTE_NO_KEYS(`A route asks for business keys of ${event.name}, which has none.`, { at });
    warnOfUnknown(route, known, { registry, event, at, log });
  }
}

interface Place {
  readonly registry: Registry;
  readonly event: EventDefinition;
  readonly at: string;
  readonly log: Log;
}

function warnOfUnknown({ when = {} }: CheckedRoute, known: KnownType, place: Place): void {
  const { event, at, log } = place;
  const names = namesIn(known, place);
  for (const key of names ? Object.keys(when) : []) {
    if (names?.includes(key)) continue;
    const near = didYouMean(key, names ?? []);
    const hint = near === undefined ? `Known are ${names?.join(', ')}.` : `Did you mean "${near}"?`;
    log.warn({ at: `${at}.${key}`, event: event.name, hint }, 'a route asks for a business key that its event does not seem to have');
  }
}

/** Undefined where the pack shows nothing: it has no sample, or does not read what it sends. */
function namesIn({ pack, type }: KnownType, { event, registry }: Place): readonly string[] | undefined {
  try {
    const text = type.sample?.();
    if (text === undefined) return undefined;
    const message = { id: 'sample', createdAt: 0, type: typeName(type), body: new TextEncoder().encode(text), properties: {} };
    const { input } = pack.read(type, new Readable(message).for(pack), registry.defaultsOf(pack));
    return Object.keys(event.businessKeys?.(input) ?? {});
  } catch {
    return undefined;
  }
}
