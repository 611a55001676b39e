import type { Log } from '../log.ts';
import type { Credentials } from '../message-pack.ts';
import { type Branded, branded } from '../plugin.ts';
import { Type } from '../settings/type.ts';
import type { Principal } from '../transport/delivery.ts';
import {
  type CommandDefinition,
  type DataOf,
  defineCommand,
  defineEvent,
  type EventDefinition,
  type InputOf,
  type OutputOf,
  type ReplyOf,
} from './command.ts';

export interface PublishOptions {
  /** The store that the event belongs to; its own routes come before those of the site. Default: the store of the message in hand. */
  readonly store?: string | undefined;
  /** Chooses among routes with a priority range. Default 0. */
  readonly priority?: number | undefined;
  /** Publishing the same event of the same store with the same id again has no second effect, for as long as the journal remembers. */
  readonly id?: string | undefined;
  /** Keeps messages with the same key in order where the outbound entry says so. Default: what the event's `orderKey` says. */
  readonly orderKey?: string | undefined;
}

export interface RequestEventOptions extends Omit<PublishOptions, 'orderKey'> {
  /** How long to wait for the answer, in milliseconds. Default: the `timeout` of the outbound entry. */
  readonly timeout?: number | undefined;
}

/** What a handler knows about the message in hand, and what it can do. */
export interface HandlerContext {
  /** The same at every attempt: record it in your own transaction to make the effect happen once. */
  readonly messageId: string;
  /** 1 at the first attempt. */
  readonly attempt: number;
  /** The inbound entry of the manifest. */
  readonly entry: string;
  /** Name and version of the message type, such as `Update_WCS_OrderStatus@3.0`. */
  readonly messageType: string;
  readonly store: string | undefined;
  readonly principal: Principal | undefined;
  /** W3C trace id of the message's way, also in the logs. */
  readonly trace: string;
  /** Aborts when the time of the entry is over, nobody waits for the outcome any more, or the message was taken away from this process. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /**
   * Publishes with the work: takes effect only if this handler succeeds, together with the done mark of the message. Throws
   * `WB_EVENT_BAD_DATA`. A message that a pack cannot compose throws nothing: it is parked with the data of the event.
   */
  publish<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options?: PublishOptions): void;
  /** Asks the far side and waits for its answer. Happens whether or not this handler succeeds. */
  request<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options?: RequestEventOptions): Promise<ReplyOf<Event>>;
}

/** Serves one command. */
export interface Handler<Command extends CommandDefinition = CommandDefinition> {
  readonly command: Command;
  readonly run: (input: InputOf<Command>, context: HandlerContext) => Promise<OutputOf<Command>> | OutputOf<Command>;
}

/** Pairs a command with the function that serves it; both types are checked. */
export function handle<Command extends CommandDefinition>(command: Command, run: Handler<Command>['run']): Handler {
  return { command, run: run as Handler['run'] };
}

/**
 * Serves a command that only a message file declares, by its name. The file's schema has been checked when `run` is called. Throws a
 * `TypeError` when the name is not `noun.verb`.
 */
export function handleNamed(name: string, run: (input: unknown, context: HandlerContext) => unknown): Handler {
  const command = defineCommand({ name: name as 'noun.verb', summary: 'Declared by a message file.', input: Type.Unknown() });
  return { command, run: async (input, context) => run(input, context) as never };
}

/**
 * An event that only a message file declares, by its name: its data are checked against the schema of the file. Its order key is given
 * with `publish`. Throws a `TypeError` when the name is not `noun.past`.
 */
export function eventNamed(name: string): EventDefinition {
  return defineEvent({ name: name as 'noun.past', summary: 'Declared by a message file.', data: Type.Unknown() });
}

/** What an application publishes and asks from outside a handler. */
export interface Publisher {
  /** Resolves when the event is durable in the journal: from then on it will be sent. */
  publish<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options?: PublishOptions): Promise<void>;
  request<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options?: RequestEventOptions): Promise<ReplyOf<Event>>;
}

export interface ApplicationSpec {
  readonly handlers: readonly Handler[];
  /**
   * Checks credentials that came inside a message. Answers with who it is, or undefined when they are wrong.
   * A message with credentials is refused when the application has no authenticator. `sender`: whom its transport recognised.
   */
  readonly authenticate?: (
    credentials: Credentials,
    context: { readonly entry: string; readonly store: string | undefined; readonly sender?: Principal | undefined },
  ) => Promise<Principal | undefined> | Principal | undefined;
  /**
   * The order key of a message: one object has one key, whatever its sender calls it. `proposed` is what the command's own
   * `orderKey` says. Undefined: the message waits for nobody. Called for entries with `"order": { "by": "key" }`, before the
   * message gets its place; has the time limit of the entry. Default: `proposed`.
   */
  readonly keyOf?: (
    command: string,
    input: unknown,
    context: { readonly entry: string; readonly store: string | undefined; readonly proposed: string | undefined },
  ) => Promise<string | undefined> | string | undefined;
  /** Called once, when the kernel is running. */
  readonly started?: (publisher: Publisher) => Promise<void> | void;
  /** Called once, when everything in flight has settled. */
  readonly stopped?: () => Promise<void> | void;
}
export type ApplicationDefinition = ApplicationSpec & Branded<'application'>;

/** Defines what a manifest names with `"app"`. Default-export the result. */
export function defineApplication(spec: ApplicationSpec): ApplicationDefinition {
  return branded('application', spec);
}
