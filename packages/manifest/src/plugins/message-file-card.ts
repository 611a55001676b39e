import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { typeName } from '@waybill/contract';
import { type CardMessage, contractVersion, type MessagePackCard } from '@waybill/contract/host';
import type { Finding } from '../problem.ts';
import type { MessageFileSource } from '../read/message-file.ts';
import { type EntryNode, type ManifestNode, readText } from '../read/node.ts';

/** The card of a message file, as far as one can be made of it, and why the rest cannot. */
export function messageFileCard(
  { file, root, findings }: MessageFileSource,
  reader: string | undefined,
): {
  readonly card: MessagePackCard | undefined;
  readonly findings: readonly Finding[];
} {
  if (root === undefined) return { card: undefined, findings };
  const reading = new CardReading(file);
  const made = reading.card(root);
  const options = made && optionsOf(root, reader);
  const card = made && options ? { ...made, options } : made;
  return { card: reading.findings.length > 0 ? undefined : card, findings: reading.findings };
}

/** The file in the package that reads message files which says what entries can choose for them, by the format of the messages. */
const optionsFile = join('data', 'options.json');

/** What an entry can choose for the messages of a file: what their formats have. Undefined where what reads the file does not say. */
function optionsOf(root: ManifestNode, reader: string | undefined): MessagePackCard['options'] {
  const known = reader === undefined ? undefined : knownOptions(reader);
  if (known === undefined) return undefined;
  const list = under(root, 'messages');
  const messages = list?.kind === 'list' ? list.items : [];
  const all = messages.flatMap((message) => [message, ...answersOf(message)]);
  const formats = new Set(all.map((message) => textUnder(message, 'format') ?? 'xml'));
  const schemas = Array.from(formats).flatMap((format) => known[format] ?? []);
  return {
    type: 'object',
    required: schemas.flatMap(({ required }) => required),
    properties: Object.assign({}, ...schemas.map(({ properties }) => properties)) as object,
    additionalProperties: false,
  };
}

function answersOf(message: ManifestNode): readonly ManifestNode[] {
  return ['reply', 'error reply'].flatMap((key) => under(message, key) ?? []);
}

interface KnownOptions {
  readonly required: readonly string[];
  readonly properties: object;
}

function knownOptions(reader: string): Readonly<Record<string, KnownOptions>> | undefined {
  try {
    return JSON.parse(readFileSync(join(reader, optionsFile), 'utf8')) as Readonly<Record<string, KnownOptions>>;
  } catch {
    return undefined;
  }
}

/** The word for the pack of a file: `returns` for `returns.message.yaml`. */
function wordFor(file: string): string {
  return basename(file).replace(/\.message\.ya?ml$/i, '');
}

/** Looks only for what a card needs; whoever loads the file checks the rest. */
class CardReading {
  readonly findings: Finding[] = [];
  readonly #file: string;
  readonly #commands: Record<string, string> = {};
  readonly #events: Record<string, string> = {};

  constructor(file: string) {
    this.#file = file;
  }

  card(root: ManifestNode): MessagePackCard | undefined {
    const list = under(root, 'messages');
    if (list?.kind !== 'list' || list.items.length === 0)
      return this.#incomplete('The message file has no list of messages under the key "messages".', root);
    const messages = list.items.flatMap((item) => this.#message(item));
    const own = { ...summaries(under(root, 'commands')), ...summaries(under(root, 'events')) };
    const told = (names: Readonly<Record<string, string>>) => Object.fromEntries(Object.keys(names).map((name) => [name, own[name] ?? '']));
    return {
      contract: contractVersion,
      kind: 'message-pack',
      name: textUnder(root, 'pack') ?? wordFor(this.#file),
      summary: textUnder(root, 'summary') ?? `Messages declared in ${basename(this.#file)}.`,
      messages,
      commands: told(this.#commands),
      events: told(this.#events),
    };
  }

  /** A message, and those that answer it. */
  #message(node: ManifestNode): readonly CardMessage[] {
    const event = textUnder(node, 'event');
    const commands = event === undefined ? commandsOf(node) : [];
    if (event === undefined && commands.length === 0) {
      this.#incomplete('The message stands for nothing: it has neither "command" nor "event".', node);
      return [];
    }
    if (event !== undefined) this.#events[event] = '';
    const direction = event === undefined ? 'in' : 'out';
    const answers = ['reply', 'error reply'].flatMap((key) => this.#answer(under(node, key), direction === 'in' ? 'out' : 'in'));
    const [reply] = under(node, 'reply') === undefined ? [] : answers;
    const own = this.#named(node, { direction, commands, event, reply: reply && typeName(reply) });
    const others = answers.filter((one, index) => answers.findIndex((other) => typeName(other) === typeName(one)) === index);
    return own === undefined ? others : [own, ...others];
  }

  #answer(node: ManifestNode | undefined, direction: 'in' | 'out'): readonly CardMessage[] {
    if (node === undefined) return [];
    const commands = direction === 'in' ? commandsOf(node) : [];
    const named = this.#named(node, { direction, commands, event: undefined, reply: undefined });
    return named === undefined ? [] : [named];
  }

  #named(node: ManifestNode, about: Meaning): CardMessage | undefined {
    const name = textUnder(node, 'message');
    const version = textUnder(node, 'version');
    if (name === undefined || version === undefined) {
      const lacks = name === undefined ? '"message", its name' : `"version", a text in quotes such as "1.0"`;
      return this.#incomplete(`The message lacks ${lacks}.`, node);
    }
    for (const command of about.commands) this.#commands[command] = '';
    return {
      name,
      version,
      direction: about.direction,
      summary: textUnder(node, 'summary') ?? '',
      ...(about.commands.length === 0 ? {} : { commands: about.commands }),
      ...(about.event === undefined ? {} : { event: about.event }),
      ...(about.reply === undefined ? {} : { reply: about.reply }),
    };
  }

  #incomplete(message: string, { spot }: ManifestNode): undefined {
    this.findings.push({ code: 'WB_MESSAGE_FILE_INCOMPLETE', message, path: '', spot, file: this.#file });
  }
}

interface Meaning {
  readonly direction: 'in' | 'out';
  readonly commands: readonly string[];
  readonly event: string | undefined;
  readonly reply: string | undefined;
}

/** One command, several by what the message says, or one for each of the children of which one is there. */
function commandsOf(node: ManifestNode): readonly string[] {
  const command = under(node, 'command');
  const only = command && readText(command);
  if (only !== undefined) return [only];
  const items = command?.kind === 'list' ? command.items : [...entriesOf(under(under(node, 'body'), 'one of'))].map(({ value }) => value);
  const named = items.flatMap((item) => textUnder(item, command === undefined ? 'command' : 'is') ?? []);
  return [...new Set(named)];
}

function summaries(node: ManifestNode | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries([...entriesOf(node)].map(({ key, value }) => [key, textUnder(value, 'summary') ?? '']));
}

function entriesOf(node: ManifestNode | undefined): Iterable<EntryNode> {
  return node?.kind === 'object' ? node.entries.values() : [];
}

function under(node: ManifestNode | undefined, key: string): ManifestNode | undefined {
  return node?.kind === 'object' ? node.entries.get(key)?.value : undefined;
}

function textUnder(node: ManifestNode, key: string): string | undefined {
  const found = under(node, key);
  return found && readText(found);
}
