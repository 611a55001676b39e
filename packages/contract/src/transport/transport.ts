import type { Static, TObject } from 'typebox';
import type { OpenContext } from '../open-context.ts';
import { type Branded, branded } from '../plugin.ts';
import type { CounterpartOf } from './counterpart.ts';
import type { ReceiveGuarantees, SendGuarantees } from './guarantees.ts';
import type { Listener, ReceiveContext } from './listener.ts';
import { type ReservedInboundKey, type ReservedOutboundKey, reservedInboundKeys, reservedOutboundKeys } from './reserved.ts';
import type { SendContext, Sender } from './sender.ts';

/**
 * Rules across settings, which a schema cannot say. They stand in the card and are checked without running code. A key of a
 * nested setting is dotted: `listen.port`.
 */
export interface EndpointRules {
  /**
   * No two entries of this side on one connection have the same values under all of these keys: `['path', 'method']`. Not
   * compared are entries that are not enabled, that give none of the keys, or that leave a choice to the system by the number 0.
   */
  readonly unique?: readonly string[] | undefined;
  /** Keys of the connection's settings that must be given for an entry of this side: `['listen']`. */
  readonly needs?: readonly string[] | undefined;
}

export interface ReceiveSide<Connection, In extends TObject, Config extends TObject = TObject> {
  /** The settings of an inbound entry. They stand in the entry beside the kernel's own keys, see `reservedInboundKeys`. */
  readonly endpoint: In;
  readonly guarantees: ReceiveGuarantees;
  /** What the endpoint asks of the rest of the manifest. `waybill check` refuses manifests that do not give it. */
  readonly rules?: EndpointRules | undefined;
  /**
   * Sees whether an endpoint could be opened, behind `waybill check --connect`: takes what the endpoint would take for itself,
   * such as a port, until `disconnect`. Receives nothing. Called after the probe of the connection. Throws an error that says what is wrong.
   */
  probe?(connection: Connection, endpoint: Static<In>): Promise<void>;
  /** The outbound entry that sends what this one receives. Without it, the other side of such entries cannot be played. */
  readonly counterpart?: CounterpartOf<Config, In> | undefined;
  open(connection: Connection, endpoint: Static<In>, context: ReceiveContext): Promise<Listener>;
}

export interface SendSide<Connection, Out extends TObject, Config extends TObject = TObject> {
  /** The settings of an outbound entry. They stand in the entry beside the kernel's own keys, see `reservedOutboundKeys`. */
  readonly endpoint: Out;
  readonly guarantees: SendGuarantees;
  /** As for the receiving side. */
  readonly rules?: EndpointRules | undefined;
  /** As for the receiving side: sees whether an endpoint could be opened, and sends nothing. */
  probe?(connection: Connection, endpoint: Static<Out>): Promise<void>;
  /** The inbound entry that receives what this one sends. Without it, the other side of such entries cannot be played. */
  readonly counterpart?: CounterpartOf<Config, Out> | undefined;
  open(connection: Connection, endpoint: Static<Out>, context: SendContext): Promise<Sender>;
}

/**
 * A way to reach the outside. What a transport cannot do it leaves out: without `receive` it does not receive.
 * A transport never retries, counts, parks, reconnects or deduplicates: the kernel does, once, for all of them.
 */
export interface TransportSpec<
  Config extends TObject = TObject,
  Connection = unknown,
  In extends TObject = TObject,
  Out extends TObject = TObject,
> {
  /** The word for it in a manifest: `"transport": "file"`. */
  readonly name: string;
  readonly summary: string;
  /** The settings of a connection. */
  readonly connection: Config;
  /** Called once per connection of the manifest, before any endpoint is opened, and again after the connection was lost. */
  connect(config: Static<Config>, context: OpenContext): Promise<Connection>;
  /** Called once, after every listener and sender of the connection has ended. */
  disconnect?(connection: Connection): Promise<void>;
  /** No two connections have the same values under all of these keys of their settings, such as a port. As for `EndpointRules.unique`. */
  readonly unique?: readonly string[] | undefined;
  /** A cheap check that the far side is there, behind `waybill check --connect`. Throws an error that says what is wrong. */
  probe?(connection: Connection): Promise<void>;
  readonly receive?: ReceiveSide<Connection, In, Config>;
  readonly send?: SendSide<Connection, Out, Config>;
}

export type TransportDefinition<
  Config extends TObject = TObject,
  Connection = unknown,
  In extends TObject = TObject,
  Out extends TObject = TObject,
> = TransportSpec<Config, Connection, In, Out> & Branded<'transport'>;

/** A transport whose type parameters nobody needs to know, as the kernel and the suites handle it. */
// oxlint-disable-next-line typescript/no-explicit-any -- the parameters are checked where a transport is defined; here they are erased.
export type AnyTransport = TransportDefinition<any, any, any, any>;

/** An endpoint schema without keys of the kernel's. Where the keys are not known to the compiler, `defineTransport` looks. */
type Free<Schema extends TObject, Reserved extends string> =
  Schema extends TObject<infer Properties>
    ? string extends keyof Properties
      ? Schema
      : keyof Properties & Reserved extends never
        ? Schema
        : { readonly 'this key belongs to the kernel': keyof Properties & Reserved }
    : Schema;

/**
 * Defines a transport. Default-export the result from the package's main module.
 * Throws a `TypeError` when an endpoint schema uses a key that belongs to the kernel, or when a rule names a setting that does
 * not exist.
 */
export function defineTransport<Config extends TObject, Connection, In extends TObject = TObject, Out extends TObject = TObject>(
  spec: TransportSpec<Config, Connection, In, Out> & {
    readonly receive?: { readonly endpoint: Free<In, ReservedInboundKey> };
    readonly send?: { readonly endpoint: Free<Out, ReservedOutboundKey> };
  },
): TransportDefinition<Config, Connection, In, Out> {
  refuseReserved(spec.name, spec.connection, ['transport']);
  if (spec.receive) refuseReserved(spec.name, spec.receive.endpoint, reservedInboundKeys);
  if (spec.send) refuseReserved(spec.name, spec.send.endpoint, reservedOutboundKeys);
  refuseUnknown(spec.name, spec.connection, [
    ...(spec.unique ?? []),
    ...[spec.receive, spec.send].flatMap((side) => side?.rules?.needs ?? []),
  ]);
  for (const side of [spec.receive, spec.send]) if (side) refuseUnknown(spec.name, side.endpoint, side.rules?.unique ?? []);
  return branded('transport', spec as TransportSpec<Config, Connection, In, Out>);
}

function refuseReserved(transport: string, schema: TObject, reserved: readonly string[]): void {
  const taken = Object.keys(schema.properties).filter((key) => reserved.includes(key));
  if (taken.length > 0)
    throw new TypeError(`Transport "${transport}": the setting "${taken.join('", "')}" belongs to the kernel; choose another name.`);
}

function refuseUnknown(transport: string, schema: TObject, keys: readonly string[]): void {
  const unknown = keys.filter((key) => !hasSetting(schema, key.split('.')));
  if (unknown.length > 0) throw new TypeError(`Transport "${transport}": a rule names "${unknown.join('", "')}", which is no setting.`);
}

function hasSetting(schema: object, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, object>> };
  const setting = Object.hasOwn(properties, key) ? properties[key] : undefined;
  return setting !== undefined && hasSetting(setting, rest);
}
