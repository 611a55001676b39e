import type { Static, TSchema } from 'typebox';
import type { BusinessKeys } from '../journal/rows.ts';
import { type Branded, branded } from '../plugin.ts';

/** `Static`, which the compiler is not to take apart before it knows the schema: that costs it seconds. */
type ValueOf<Schema extends TSchema> = Schema extends infer Known extends TSchema ? Static<Known> : never;

/** Something the application can be asked to do. */
export interface CommandSpec<Input extends TSchema = TSchema, Output extends TSchema = TSchema> {
  /** `noun.verb`, for example `order.update-status`. */
  readonly name: string;
  readonly summary: string;
  /** The kernel checks every input against it before a handler sees it. */
  readonly input: Input;
  /** What the handler answers with. Without it the command answers nothing. */
  readonly output?: Output | undefined;
  /**
   * The object that the command is about, such as an order number. Messages with the same key stay in order where the entry
   * says `"order": { "by": "key" }`, whatever format they came in. One object has to have one key, whatever field names it: where
   * only the application can tell, its `keyOf` decides. Undefined: the message waits for nobody.
   */
  orderKey?(input: ValueOf<Input>): string | undefined;
  /** What people look for: `{ order: '12007' }`. Recorded with the message and indexed. */
  businessKeys?(input: ValueOf<Input>): BusinessKeys;
}
export type CommandDefinition<Input extends TSchema = TSchema, Output extends TSchema = TSchema> = CommandSpec<Input, Output> &
  Branded<'command'>;

/** What a handler of the command receives. */
export type InputOf<Command extends CommandDefinition> = Command extends CommandDefinition<infer Input> ? Static<Input> : never;
/** What a handler of the command answers with; void where the command has no output. */
export type OutputOf<Command extends CommandDefinition> =
  Command extends CommandDefinition<TSchema, infer Output> ? (unknown extends Static<Output> ? void : Static<Output>) : void;

/** Something that happened in the application. */
export interface EventSpec<Data extends TSchema = TSchema, Reply extends TSchema = TSchema> {
  /** `noun.past`, for example `order.created`. */
  readonly name: string;
  readonly summary: string;
  /** The kernel checks what is published against it. */
  readonly data: Data;
  /** What the far side answers, for events that ask (`request`). */
  readonly reply?: Reply | undefined;
  /** As for a command: what keeps messages of one object in order on their way out, where the outbound entry says so. */
  orderKey?(data: ValueOf<Data>): string | undefined;
  /** As for a command. */
  businessKeys?(data: ValueOf<Data>): BusinessKeys;
}
export type EventDefinition<Data extends TSchema = TSchema, Reply extends TSchema = TSchema> = EventSpec<Data, Reply> & Branded<'event'>;

export type DataOf<Event extends EventDefinition> = Event extends EventDefinition<infer Data> ? Static<Data> : never;
export type ReplyOf<Event extends EventDefinition> = Event extends EventDefinition<TSchema, infer Reply> ? Static<Reply> : never;

/** What the compiler sees of the form of a name; the rest is looked at when it is defined. */
type DottedName = `${Lowercase<string>}.${Lowercase<string>}`;

const commandName = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/** Defines a command. Throws a `TypeError` when the name is not `noun.verb`. */
export function defineCommand<Input extends TSchema, Output extends TSchema = TSchema>(
  spec: CommandSpec<Input, Output> & { readonly name: DottedName },
): CommandDefinition<Input, Output> {
  if (!commandName.test(spec.name))
    throw new TypeError(`Command "${spec.name}": a name is noun.verb in lower case, such as "order.update-status".`);
  return branded('command', spec);
}

/** Defines an event. Throws a `TypeError` when the name is not `noun.past`. */
export function defineEvent<Data extends TSchema, Reply extends TSchema = TSchema>(
  spec: EventSpec<Data, Reply> & { readonly name: DottedName },
): EventDefinition<Data, Reply> {
  if (!commandName.test(spec.name))
    throw new TypeError(`Event "${spec.name}": a name is noun.past in lower case, such as "order.created".`);
  return branded('event', spec);
}
