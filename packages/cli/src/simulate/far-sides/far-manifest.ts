import { type AnyTransport, type CounterpartEntry, type MessagePackDefinition, type NoCounterpart, typeName } from '@waybill/contract';
import type { CheckedConnection, CheckedInbound, CheckedManifest } from '@waybill/manifest';
import { errors } from '../../errors.ts';
import type { Outgoing } from './far-pack.ts';
import { readingOf } from './pack-settings.ts';

/** A message and the inbound entry of the manifest to which the counterpart can send it. */
export interface Way extends Outgoing {
  readonly entry: CheckedInbound;
}

export interface FarManifest {
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly ways: readonly Way[];
}

export interface FarOptions {
  /** The connections whose far sides are played. Default: all. */
  readonly only?: readonly string[] | undefined;
  /** Those of the manifest, by their names. */
  readonly transports: ReadonlyMap<string, AnyTransport>;
  /** Those of the manifest. */
  readonly packs: readonly MessagePackDefinition[];
  /** The file of the journal. */
  readonly journal: string;
  /** How long answering a message may take, in milliseconds. */
  readonly timeout: number;
}

/** An entry without a far side. */
interface Problem {
  readonly place: string;
  readonly connection: string;
  readonly why: string;
}

type Entries = Record<string, Readonly<Record<string, unknown>>>;

/**
 * The manifest of the far side: what is sent comes in, what comes in is sent. Several outbound entries that send to one place have one
 * far side. Throws `WB_CLI_NO_FAR_SIDE` with every entry that has none, and `WB_CLI_UNKNOWN_ENTRY`.
 */
export function farManifest(
  of: CheckedManifest,
  outgoing: readonly Outgoing[],
  { only, transports, packs, journal, timeout }: FarOptions,
): FarManifest {
  refuseUnknown(of, only);
  const isPlayed = ({ connection }: { readonly connection: CheckedConnection }) => only?.includes(connection.name) ?? true;
  const connections = new Connections();
  const problems: Problem[] = [];
  const open = (place: string, connection: CheckedConnection, far: CounterpartEntry | NoCounterpart): Entries[string] | undefined => {
    if (!('impossible' in far)) return { connection: connections.nameOf(connection, far.connection), ...far.endpoint };
    problems.push({ place, connection: connection.name, why: far.impossible });
    return undefined;
  };
  const inbound: Entries = {};
  const places = new Set<string>();
  for (const entry of of.outbound.filter(isPlayed)) {
    const { name, connection } = entry;
    const far = open(`outbound.${name}`, connection, counterpartOf(entry, transports.get(connection.plugin.card.name)?.send));
    const place = JSON.stringify(far);
    if (far && !places.has(place)) inbound[name] = { ...far, ...receivingRules(timeout), ...readingOf(packs, entry) };
    places.add(place);
  }
  const outbound: Entries = {};
  const sources = of.inbound.filter(isPlayed);
  for (const entry of sources) {
    const { name, connection } = entry;
    const far = open(`inbound.${name}`, connection, counterpartOf(entry, transports.get(connection.plugin.card.name)?.receive));
    if (far) outbound[name] = { ...far, ...sendingRules };
  }
  if (problems.length > 0) throw noFarSide(of, problems);
  const ways = sources.flatMap((entry) => waysTo(entry, outgoing));
  const routes = ways.map(({ entry: { name }, event, name: message }) => ({ event: event.name, message, to: [name], store: name }));
  const rest = { name: `${of.name}-far-side`, journal: { use: 'sqlite', path: journal, keep: '1h' }, stop: { grace: '1s' } };
  return { manifest: literal({ ...rest, connections: connections.all, inbound, outbound, routes }) as FarManifest['manifest'], ways };
}

const receivingRules = (timeout: number) => ({ concurrency: 500, timeout: `${timeout}ms`, credentials: 'ignore' });
const sendingRules = { concurrency: 32, order: { by: 'key' }, parked: 'releases' };

/** The messages that an entry takes, each as its transport can: with a reply where that brings one back. */
function waysTo(entry: CheckedInbound, outgoing: readonly Outgoing[]): readonly Way[] {
  const brings = entry.connection.plugin.card.receive?.guarantees.replies !== 'no';
  const taken = entry.messages?.map(typeName);
  return outgoing.flatMap((one) => {
    const isTaken = taken?.includes(typeName(one.type)) ?? true;
    const asks = brings && one.type.reply !== undefined;
    return isTaken && one.asks === asks ? [{ ...one, entry }] : [];
  });
}

/** The connections of the far side. One that is needed twice with the same settings is one. */
class Connections {
  readonly all: Record<string, Readonly<Record<string, unknown>>> = {};
  readonly #names = new Map<string, string>();

  nameOf({ name, plugin }: CheckedConnection, settings: Readonly<Record<string, unknown>>): string {
    const whole = { transport: plugin.card.name, ...settings };
    const key = JSON.stringify(whole);
    const made = this.#names.get(key) ?? this.#free(name);
    this.#names.set(key, made);
    this.all[made] = whole;
    return made;
  }

  #free(name: string): string {
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? name : `${name}-${number}`;
      if (!Object.hasOwn(this.all, candidate)) return candidate;
    }
  }
}

function counterpartOf(
  { connection, settings }: Pick<CheckedInbound, 'connection' | 'settings'>,
  side: AnyTransport['receive'] | AnyTransport['send'],
): CounterpartEntry | NoCounterpart {
  const impossible = `its ${connection.plugin.card.name} transport does not say how it looks from the other side`;
  return side?.counterpart?.(connection.settings, settings) ?? { impossible };
}

function refuseUnknown({ connections, file }: CheckedManifest, only: readonly string[] = []): void {
  const names = connections.map(({ name }) => name);
  const wrong = only.find((name) => !names.includes(name));
  if (wrong === undefined) return;
  throw errors.WB_CLI_BAD_OPTION(`${file} has no connection "${wrong}".`, {
    at: '--only',
    hint: `Known are ${names.join(', ') || 'none'}.`,
  });
}

function noFarSide({ connections }: CheckedManifest, problems: readonly Problem[]): Error {
  const left = connections.filter(({ name }) => problems.every(({ connection }) => connection !== name));
  const hint = `Change what is named, or leave it out: ${left.map(({ name }) => `--only ${name}`).join(' ')}`;
  const text = problems.map(({ place, why }) => `${place}: ${why}`).join('; ');
  return errors.WB_CLI_NO_FAR_SIDE(`Some entries have no far side that can be played. ${text}.`, {
    hint: left.length === 0 ? undefined : hint,
  });
}

/** The value as a manifest says it: what looks like a placeholder was text. */
function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', () => '$${');
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, literal(one)]));
}
