import type { FaultKind, MessageTypeRef, Order } from '@waybill/contract';
import type { Card, JournalCard, MessagePackCard, TransportCard } from '@waybill/contract/host';
import type { Problem } from './problem.ts';

/** A plugin that the manifest names: found, its card read, its code not yet loaded. */
export interface CheckedPlugin<Kind extends Card = Card> {
  /** As written in the manifest. */
  readonly specifier: string;
  readonly card: Kind;
  /** Absolute path of the module that default-exports the definition. */
  readonly main: string;
  /** Absolute path of the file that declares its messages, where it is one; `main` is then what reads such files. */
  readonly messageFile?: string | undefined;
  /** The definition itself, where an application gave it as code; `main` then only names it. */
  readonly definition?: unknown;
}

/** How long a destination may be given so many messages at most; what is meant is the rate of one process. */
export interface RateLimit {
  readonly messages: number;
  /** In milliseconds. */
  readonly per: number;
}

export interface RetrySteps {
  /** How many attempts in all, the first included. */
  readonly attempts: number;
  /** The wait after the first failure, in milliseconds; it doubles with each further one. */
  readonly first: number;
  /** The longest wait, in milliseconds. */
  readonly most: number;
}

export interface RetryPolicy extends RetrySteps {
  /** No attempt begins later than so many milliseconds after the message was made. Undefined: attempts alone decide. */
  readonly within?: number | undefined;
  /** What is different for faults of one kind. */
  readonly kinds?: Partial<Readonly<Record<FaultKind, Partial<RetrySteps>>>> | undefined;
}

export interface CheckedConnection {
  readonly name: string;
  readonly plugin: CheckedPlugin<TransportCard>;
  /** Resolved: defaults filled in, units converted, `${…}` replaced. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The options of packs for one direction, resolved, by the name of the pack; every loaded pack that has such options is there. */
export type PackOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface CheckedInbound {
  readonly name: string;
  readonly connection: CheckedConnection;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Which message types are accepted; undefined means all inbound types of the loaded packs. */
  readonly messages: readonly MessageTypeRef[] | undefined;
  readonly accept: 'processed' | 'stored';
  readonly order: Order;
  /** What a parked message does to those behind it in its order. */
  readonly parked: 'blocks' | 'releases';
  /** What packs read and answer with. */
  readonly packs: PackOptions;
  /** How text is read where neither the transport nor the document tells its encoding. */
  readonly encoding: string | undefined;
  readonly concurrency: number;
  readonly retry: RetryPolicy;
  /** For one attempt of the handler, in milliseconds. */
  readonly timeout: number;
  readonly store: string | undefined;
  /** Message types by principal name, `*` for everybody; undefined means no restriction. */
  readonly allow: Readonly<Record<string, readonly MessageTypeRef[] | 'all'>> | undefined;
  readonly credentials: 'check' | 'ignore';
  /** Outbound entries without which its work makes no sense: while all of them are away, it is slowed down. */
  readonly feeds: readonly string[];
  /** The outbound entry that gets a copy of what is parked. */
  readonly errorsTo: CheckedOutbound | undefined;
  readonly archive: boolean;
}

export interface CheckedOutbound {
  readonly name: string;
  readonly connection: CheckedConnection;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly order: Order;
  /** What a parked leg does to those behind it in its order. */
  readonly parked: 'blocks' | 'releases';
  /** What happens after a send of which nobody knows whether it arrived. */
  readonly unknown: 'retry' | 'park';
  /** The same for a send during which the process ended: 'park' only where the entry says so, since every crash would park what was in hand. */
  readonly afterCrash: 'retry' | 'park';
  readonly concurrency: number;
  readonly retry: RetryPolicy;
  readonly rate: RateLimit | undefined;
  /** What packs write with. */
  readonly packs: PackOptions;
  /** What packs read the replies to requests with, for those that the entry sets something for; the others read with their defaults. */
  readonly replies: PackOptions;
  /** For one attempt to send, and the default for a request's reply, in milliseconds. */
  readonly timeout: number;
  readonly archive: boolean;
}

export interface CheckedRoute {
  readonly event: string;
  readonly message: MessageTypeRef;
  readonly pack: CheckedPlugin<MessagePackCard>;
  readonly to: readonly CheckedOutbound[];
  /** Undefined: the site, which serves every store that has no route of its own for the event. */
  readonly store: string | undefined;
  /** Lowest and highest priority that the route takes; undefined takes all. */
  readonly priority: readonly [number, number] | undefined;
  /** The values of which an event has one for each of these business keys; undefined takes all events. */
  readonly when: Readonly<Record<string, readonly string[]>> | undefined;
  /** What is different for the messages of this route; the rest is as their destination says. */
  readonly retry: Partial<RetryPolicy> | undefined;
}

/** A manifest without errors: everything named in it exists and fits together. Entries that are not `enabled` are left out. */
export interface CheckedManifest {
  /** Absolute path, or a word for a manifest that was given as an object. */
  readonly file: string;
  readonly folder: string;
  readonly name: string;
  readonly plugins: readonly CheckedPlugin[];
  /** Absolute path of the application's module. */
  readonly app: string | undefined;
  readonly journal: {
    readonly plugin: CheckedPlugin<JournalCard>;
    readonly settings: Readonly<Record<string, unknown>>;
    readonly keep: number;
  };
  readonly connections: readonly CheckedConnection[];
  readonly inbound: readonly CheckedInbound[];
  readonly outbound: readonly CheckedOutbound[];
  readonly routes: readonly CheckedRoute[];
  /** The names of all entries, also of those that are not enabled: what the journal has for them belongs to somebody. */
  readonly declared: { readonly inbound: readonly string[]; readonly outbound: readonly string[] };
  readonly log: { readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent' };
  /** How long draining may take, in milliseconds. */
  readonly grace: number;
  /** Values that came from secrets, to be masked wherever text leaves the kernel. */
  readonly secrets: readonly string[];
  /** As it is written, placeholders included, as a JSON value without any secret. */
  readonly written: unknown;
  /** Where entries ask for more than their transports promise, in the order of the text. They do not stop a start. */
  readonly warnings: readonly Problem[];
}
