import { type CommandDefinition, defineCommand, defineEvent, type EventDefinition, personal, type TSchema, Type } from '@waybill/contract';
import { didYouMean, type EntryNode, type KnownMeanings, type ManifestNode, type ObjectNode } from '@waybill/manifest';
import type { Schema } from '@waybill/mapping';
import { objectSchemaOf } from '../notation/json-schema.ts';
import { businessKeysOf, keyOf } from '../notation/keys.ts';
import { type Problems, under } from '../notation/problems.ts';

/** The commands and events that the messages of a file can name. */
export class Meanings {
  readonly #known: KnownMeanings;
  readonly #problems: Problems;
  readonly #commands: ReadonlyMap<string, CommandDefinition>;
  readonly #events: ReadonlyMap<string, EventDefinition>;

  constructor(root: ObjectNode, known: KnownMeanings, problems: Problems) {
    this.#known = known;
    this.#problems = problems;
    const own = entriesOf(under(root, 'commands'), '"commands"', problems).flatMap((entry) => this.#ownCommand(entry) ?? []);
    const events = entriesOf(under(root, 'events'), '"events"', problems).flatMap((entry) => this.#ownEvent(entry) ?? []);
    this.#commands = new Map([...(known.handled ?? []), ...known.commands, ...own].map((each) => [each.name, each]));
    this.#events = new Map([...known.events, ...events].map((each) => [each.name, each]));
  }

  /** The command of that name. Where only the application can know it, and it is not at hand, one that takes anything. */
  command(node: ManifestNode): CommandDefinition | undefined {
    const name = this.#problems.text(node, 'The name of a command');
    if (name === undefined) return undefined;
    const found = this.#commands.get(name);
    const handled = this.#known.handled?.map((each) => each.name);
    if (found !== undefined) {
      if (handled !== undefined && !handled.includes(name))
        this.#problems.find('WB_MESSAGE_FILE_UNHANDLED', `The application has no handler for ${name}.`, node);
      return found;
    }
    const near = didYouMean(name, this.#commands.keys());
    const hint = `${near === undefined ? '' : `Did you mean "${near}"? `}A new command is declared under "commands" of the file.`;
    if (handled !== undefined)
      return this.#problems.find('WB_MESSAGE_FILE_UNKNOWN_COMMAND', `Nobody knows a command "${name}".`, node, hint);
    if (!isDotted(name)) return this.#problems.notation(`"${name}" is no name of a command, which is noun.verb.`, node, hint);
    const says = `No plugin and not this file declares the command "${name}", so that its fields are not checked before the application is loaded.`;
    this.#problems.warn('WB_MESSAGE_FILE_UNKNOWN_COMMAND', says, node, hint);
    // Nobody knows what is in it, so tools that hide what tells of a person hide all of it.
    return defineCommand({ name: name as 'noun.verb', summary: 'A command of the application.', input: personal(Type.Unknown()) });
  }

  /** The command of an answer to what was asked. Whoever asks need not handle it. */
  answering(node: ManifestNode): CommandDefinition | undefined {
    const name = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
    return this.#commands.get(name) ?? this.command(node);
  }

  event(node: ManifestNode): EventDefinition | undefined {
    const name = this.#problems.text(node, 'The name of an event');
    if (name === undefined) return undefined;
    const found = this.#events.get(name);
    if (found !== undefined) return found;
    const near = didYouMean(name, this.#events.keys());
    const hint = near === undefined ? 'An event that no plugin knows is declared under "events" of the file.' : `Did you mean "${near}"?`;
    return this.#problems.find('WB_MESSAGE_FILE_UNKNOWN_EVENT', `Nobody knows an event "${name}".`, node, hint);
  }

  #ownCommand(entry: EntryNode): CommandDefinition | undefined {
    const problems = this.#problems;
    const object = this.#declared(entry, 'command', this.#known.commands, ['summary', 'input', 'output', 'keys']);
    const input = object && this.#schemaUnder(object, entry, 'input');
    if (object === undefined || input === undefined) return undefined;
    const answer = under(object, 'output');
    const output = answer && objectSchemaOf(answer, `The output of ${entry.key}`, problems);
    const spec = { name: entry.key as 'noun.verb', summary: this.#summary(object), input: input as TSchema, ...this.#keys(object, input) };
    return defineCommand(output === undefined ? spec : { ...spec, output });
  }

  #ownEvent(entry: EntryNode): EventDefinition | undefined {
    const object = this.#declared(entry, 'event', this.#known.events, ['summary', 'data', 'reply']);
    const data = object && this.#schemaUnder(object, entry, 'data');
    if (object === undefined || data === undefined) return undefined;
    const answer = under(object, 'reply');
    const reply = answer && objectSchemaOf(answer, `The reply to ${entry.key}`, this.#problems);
    const spec = { name: entry.key as 'noun.past', summary: this.#summary(object), data: data as TSchema };
    return defineEvent(reply === undefined ? spec : { ...spec, reply });
  }

  #declared(entry: EntryNode, what: string, known: readonly { readonly name: string }[], keys: readonly string[]): ObjectNode | undefined {
    const problems = this.#problems;
    if (!isDotted(entry.key))
      return problems.notation(
        `"${entry.key}" is no name of ${what === 'event' ? 'an event, which is noun.past' : 'a command, which is noun.verb'}.`,
        entry,
      );
    if (known.some(({ name }) => name === entry.key))
      return problems.notation(
        `The ${what} ${entry.key} is declared by a plugin already.`,
        entry,
        'Name it in messages without declaring it.',
      );
    const object = problems.object(entry.value, `The ${what} ${entry.key}`);
    if (object !== undefined) problems.keys(object, `The ${what} ${entry.key}`, keys);
    return object;
  }

  #schemaUnder(object: ObjectNode, entry: EntryNode, key: 'input' | 'data'): Schema | undefined {
    const node = under(object, key);
    if (node !== undefined) return objectSchemaOf(node, `The ${key} of ${entry.key}`, this.#problems);
    return this.#problems.notation(
      `${entry.key} lacks "${key}": the JSON Schema of what it ${key === 'input' ? 'takes' : 'tells'}.`,
      entry,
    );
  }

  #summary(object: ObjectNode): string {
    const node = under(object, 'summary');
    return (node && this.#problems.text(node, 'A summary')) ?? '';
  }

  #keys(object: ObjectNode, schema: Schema): object {
    const node = under(object, 'keys');
    const keys = node && this.#problems.object(node, '"keys"');
    if (keys === undefined) return {};
    this.#problems.keys(keys, '"keys" of a command', ['order', 'business']);
    const order = under(keys, 'order');
    const business = under(keys, 'business');
    const orderKey = order && keyOf(order, 'The order key', schema, this.#problems);
    const businessKeys = business && businessKeysOf(business, schema, this.#problems);
    return { ...(orderKey && { orderKey }), ...(businessKeys && { businessKeys }) };
  }
}

function isDotted(name: string): boolean {
  return /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/.test(name);
}

function entriesOf(node: ManifestNode | undefined, what: string, problems: Problems): readonly EntryNode[] {
  const object = node && problems.object(node, what);
  return object === undefined ? [] : [...object.entries.values()];
}
