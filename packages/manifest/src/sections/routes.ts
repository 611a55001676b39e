import { typeName } from '@waybill/contract';
import type { CheckedOutbound, CheckedRoute } from '../checked.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Plugins } from '../plugins/find-plugins.ts';
import { type EntryNode, itemPath, keyPath, type ManifestNode, type ObjectNode } from '../read/node.ts';
import { routeShape } from '../shape/shape.ts';
import { checkValue, entryFor } from '../values/check-value.ts';
import { asSchema } from '../values/setting-schema.ts';
import { findMessages, type KnownMessage, refOf } from './messages.ts';
import { findOutbound, type Outbound } from './outbound-names.ts';
import { type Context, hintFor, resolved, textOf, textsOf } from './section.ts';

const shape = asSchema(routeShape);
const keys = Object.keys(routeShape.properties);

/** As it is written. */
interface Route {
  readonly when?: Readonly<Record<string, string | readonly string[]>>;
  readonly retry?: CheckedRoute['retry'];
}

/** A route whose names are all known, before it is compared with its neighbours. */
interface RouteDraft {
  readonly path: string;
  readonly node: ObjectNode;
  readonly event: string;
  readonly known: KnownMessage;
  readonly to: readonly string[];
  readonly store: string | undefined;
  readonly priority: readonly [number, number] | undefined;
  readonly when: CheckedRoute['when'];
  readonly retry: CheckedRoute['retry'];
}

/** Checks `routes`. Answers those without problems that lead to at least one entry that is enabled. */
export function checkRoutes(section: EntryNode | undefined, outbound: Outbound, context: Context): readonly CheckedRoute[] {
  const drafts: RouteDraft[] = [];
  for (const [index, node] of (section?.value.kind === 'list' ? section.value.items : []).entries()) {
    const draft = checkRoute(node, itemPath('routes', index), outbound, context);
    if (draft === undefined) continue;
    compare(draft, drafts, context);
    drafts.push(draft);
  }
  return drafts.flatMap((draft) => finish(draft, outbound));
}

function finish({ event, known, to, store, priority, when, retry }: RouteDraft, outbound: Outbound): readonly CheckedRoute[] {
  const open = to.flatMap((name): readonly CheckedOutbound[] => {
    const draft = outbound?.get(name);
    return draft?.enabled && draft.checked ? [draft.checked] : [];
  });
  return open.length === 0 ? [] : [{ event, message: refOf(known), pack: known.pack, to: open, store, priority, when, retry }];
}

function checkRoute(node: ManifestNode, path: string, outbound: Outbound, context: Context): RouteDraft | undefined {
  // That a route is an object was checked with the manifest's own keys.
  if (node.kind !== 'object') return undefined;
  const before = context.checking.findings.length;
  checkValue(shape, node, path, node.spot, context.checking);
  const event = checkEvent(entryFor(node, 'event', keys), path, context);
  const known = checkMessage(entryFor(node, 'message', keys), event, path, context);
  const to = checkDestinations(entryFor(node, 'to', keys), known, path, outbound, context);
  const priority = checkPriority(entryFor(node, 'priority', keys), path, context);
  if (context.checking.findings.length > before || event === undefined || known === undefined) return undefined;
  const { when, retry } = resolved(shape, node, context) as Pick<Route, 'when' | 'retry'>;
  return { path, node, event, known, to, store: textOf(node.entries.get('store')), priority, when: whenOf(when), retry };
}

function whenOf(written: Route['when']): CheckedRoute['when'] {
  return written && Object.fromEntries(Object.entries(written).map(([key, value]) => [key, typeof value === 'string' ? [value] : value]));
}

function knownEvents({ packs }: Plugins): readonly string[] {
  return [...new Set(packs.flatMap(({ card }) => card.messages.flatMap(({ event }) => event ?? [])))];
}

function checkEvent(entry: EntryNode | undefined, path: string, { plugins, checking }: Context): string | undefined {
  const event = textOf(entry);
  if (entry === undefined || event === undefined) return undefined;
  const known = knownEvents(plugins);
  if (known.includes(event)) return event;
  const near = didYouMean(event, known);
  const maybeMissing = plugins.failed.some((specifier) => !/transport|journal/.test(specifier));
  if (near !== undefined || !maybeMissing)
    checking.find(
      'WB_MANIFEST_UNKNOWN_EVENT',
      `No message of the loaded packs tells of an event "${event}".`,
      keyPath(path, entry.key),
      entry.value.spot,
      hintFor(near, [], 'events', known),
    );
  return near;
}

/** The one message of the route. With an event, only messages that tell of it can be meant. */
function checkMessage(entry: EntryNode | undefined, event: string | undefined, path: string, context: Context): KnownMessage | undefined {
  const written = textOf(entry);
  if (entry === undefined || written === undefined) return undefined;
  const at = keyPath(path, entry.key);
  const { spot } = entry.value;
  const found = findMessages(written, 'out', at, spot, context);
  const telling = event === undefined ? found : found.filter(({ message }) => message.event === event);
  if (found.length > 0 && telling.length === 0) {
    const events = [...new Set(found.flatMap(({ message }) => message.event ?? []))];
    const tells = events.length === 0 ? 'of no event: it is a reply' : `of ${events.map((name) => `"${name}"`).join(' and ')}`;
    const others = context.plugins.packs.flatMap(({ card }) => card.messages.filter((message) => message.event === event).map(typeName));
    const hint = others.length === 0 ? undefined : `Of "${event}" tell ${others.join(', ')}.`;
    context.checking.find('WB_ROUTE_OTHER_EVENT', `"${written}" tells ${tells}, not of "${event}".`, at, spot, hint);
  }
  if (telling.length > 1) {
    const candidates = telling.map(({ message }) => typeName(message)).join(' or ');
    context.checking.find(
      'WB_ROUTE_AMBIGUOUS_MESSAGE',
      `"${written}" exists in ${telling.length} versions.`,
      at,
      spot,
      `Write ${candidates}.`,
    );
  }
  return telling.length === 1 ? telling[0] : undefined;
}

function checkDestinations(
  entry: EntryNode | undefined,
  known: KnownMessage | undefined,
  path: string,
  outbound: Outbound,
  context: Context,
): readonly string[] {
  if (entry === undefined || outbound === undefined) return [];
  const { checking } = context;
  const at = keyPath(path, entry.key);
  const reply = known?.message.reply;
  const destinations = textsOf(entry.value);
  const names = destinations.flatMap(({ text, index, spot }) => {
    const name = findOutbound(text, itemPath(at, index), spot, outbound, context);
    const draft = name === undefined ? undefined : outbound.get(name);
    if (known && reply !== undefined && draft?.guarantees?.requestReply === false) {
      const message = `${typeName(known.message)} waits for ${reply}, and the ${draft.transport} transport of "${name}" brings no replies back.`;
      const hint = 'Send it to an outbound entry whose transport supports request and reply.';
      checking.find('WB_ENDPOINT_CANNOT_ASK', message, itemPath(at, index), spot, hint);
    }
    return name ?? [];
  });
  if (known && reply !== undefined && destinations.length > 1) {
    const message = `${typeName(known.message)} waits for one reply, so it can go to one destination only.`;
    checking.find(
      'WB_ROUTE_SEVERAL_ANSWERS',
      message,
      at,
      entry.value.spot,
      `Leave one of ${names.map((name) => `"${name}"`).join(', ')}.`,
    );
  }
  return names;
}

function checkPriority(entry: EntryNode | undefined, path: string, { checking }: Context): readonly [number, number] | undefined {
  if (entry?.value.kind !== 'list' || entry.value.items.length !== 2) return undefined;
  const [low, high] = entry.value.items.map((item) => (item.kind === 'scalar' ? (checking.converted.get(item) ?? item.value) : undefined));
  if (typeof low !== 'number' || typeof high !== 'number') return undefined;
  if (low <= high) return [low, high];
  const message = `The lowest priority (${low}) is higher than the highest (${high}).`;
  checking.find('WB_MANIFEST_CONFLICT', message, keyPath(path, entry.key), entry.value.spot, `Write [${high}, ${low}].`);
  return undefined;
}

/** Finds what would reach the same destination twice, or would be asked twice. */
function compare(route: RouteDraft, earlier: readonly RouteDraft[], { checking }: Context): void {
  const rivals = earlier.filter(
    (other) =>
      other.event === route.event &&
      other.store === route.store &&
      overlap(other.priority, route.priority) &&
      mayBothTake(other.when, route.when),
  );
  const twin = rivals.find((other) => other.known.message === route.known.message && other.to.some((name) => route.to.includes(name)));
  if (twin) {
    const shared = route.to.filter((name) => twin.to.includes(name)).map((name) => `"${name}"`);
    const message = `${twin.path} sends the same message for the same event to ${shared.join(' and ')} already.`;
    checking.find(
      'WB_ROUTE_DUPLICATE',
      message,
      route.path,
      route.node.spot,
      'Remove one of the two, or give them different stores, priorities or values of "when".',
    );
    return;
  }
  const asking = route.known.message.reply === undefined ? undefined : rivals.find((other) => other.known.message.reply !== undefined);
  if (asking === undefined) return;
  const message = `${asking.path} asks for the same event already, and a request has one answer.`;
  checking.find(
    'WB_ROUTE_SEVERAL_ANSWERS',
    message,
    route.path,
    route.node.spot,
    'Give the two different stores, priorities or values of "when".',
  );
}

/** Two routes that want different values of the same business key take different events. */
function mayBothTake(a: CheckedRoute['when'] = {}, b: CheckedRoute['when'] = {}): boolean {
  return Object.entries(a).every(([key, values]) => !Object.hasOwn(b, key) || values.some((value) => b[key]?.includes(value)));
}

function overlap(a: RouteDraft['priority'], b: RouteDraft['priority']): boolean {
  return a === undefined || b === undefined || (a[0] <= b[1] && b[0] <= a[1]);
}
