import {
  type CommandDefinition,
  type EventDefinition,
  type MessageField,
  type MessageType,
  type TSchema,
  typeName,
} from '@waybill/contract';
import type { ManifestNode, ObjectNode } from '@waybill/manifest';
import { fieldsOf, type Node } from '@waybill/mapping';
import { type Choose, chooseBy } from '@waybill/values';
import type { Format, FormattedMessage } from '../formats/format.ts';
import { usualReading } from '../formats/formats.ts';
import { type Problems, under } from '../notation/problems.ts';
import type { Reading } from '../notation/reading.ts';
import type { NamedType } from '../texts/text-types.ts';
import { type Answered, errorSchema } from './answers.ts';
import { type Body, readBody } from './body.ts';
import { checkBody, checkReading, checkRepeats } from './checks.ts';
import { type Chosen, choiceOf } from './choosing.ts';
import type { Declared } from './declared.ts';
import { formatNamed, frameIn } from './framing.ts';
import type { Meanings } from './meanings.ts';
import { answerKeys, fixedIn, leavesOutIn, messageKeys, storeIn, textIn, unmappedIn, userDataOf } from './settings.ts';

export interface Around {
  readonly meanings: Meanings;
  readonly problems: Problems;
  readonly types: ReadonlyMap<string, NamedType>;
}

/** What a message stands for. */
interface Meaning {
  readonly direction: 'in' | 'out';
  readonly commands: readonly CommandDefinition[];
  readonly event: EventDefinition | undefined;
  readonly choose: Chosen['choose'] | undefined;
  /** What its fields belong to, and the nodes that are there then. */
  readonly checked: readonly { readonly schema: TSchema; readonly nodes: readonly Node[] }[];
}

/** A message of the file, with what answers it. Undefined where it cannot be made; what is wrong is found. */
export function readMessage(item: ManifestNode, around: Around): Declared | undefined {
  const { problems } = around;
  const object = problems.object(item, 'A message');
  if (object === undefined) return undefined;
  problems.keys(object, 'A message', messageKeys);
  return declared(object, around, (body) => ownMeaning(object, body, around));
}

function ownMeaning(object: ObjectNode, body: Body, { meanings, problems }: Around): Meaning | undefined {
  const event = under(object, 'event');
  const command = under(object, 'command');
  const ways = [event, command, body.branches.length > 0 ? object : undefined].filter((way) => way !== undefined);
  if (ways.length > 1)
    return problems.notation(
      'A message stands for one thing: "event", "command", or children that choose the command.',
      ways[1] as ManifestNode,
    );
  const nothing = { commands: [], event: undefined, choose: undefined };
  if (event !== undefined) {
    const found = meanings.event(event);
    return found && { ...nothing, direction: 'out', event: found, checked: [{ schema: found.data, nodes: body.nodes }] };
  }
  if (command === undefined && body.branches.length > 0) {
    const checked = body.branches.map(({ command: one, nodes }) => ({ schema: one.input, nodes }));
    return { ...nothing, direction: 'in', commands: [...new Set(body.branches.map((each) => each.command))], checked };
  }
  if (command === undefined) return problems.notation('The message stands for nothing: it has neither "command" nor "event".', object);
  if (command.kind !== 'list') {
    const found = meanings.command(command);
    return found && { ...nothing, direction: 'in', commands: [found], checked: [{ schema: found.input, nodes: body.nodes }] };
  }
  const chosen = choiceOf(command, body.nodes, meanings, problems);
  return (
    chosen && {
      ...nothing,
      ...chosen,
      direction: 'in',
      checked: chosen.commands.map(({ input }) => ({ schema: input, nodes: body.nodes })),
    }
  );
}

/** What answers a message: `reply` from what the handler answers with (or what an asked far side says), `error reply` from what went wrong. */
function readAnswer(key: 'reply' | 'error reply', object: ObjectNode, to: Meaning, around: Around): Declared | undefined {
  const { problems } = around;
  const node = under(object, key);
  const answer = node && problems.object(node, `"${key}"`);
  if (answer === undefined) return undefined;
  problems.keys(answer, `"${key}"`, answerKeys);
  if (key === 'error reply' && to.direction === 'out')
    return problems.notation('A message that is sent has no error reply: an answer is an answer.', answer);
  return declared(answer, around, (body) => answerMeaning({ key, to }, answer, body, around));
}

function answerMeaning(
  { key, to }: Answered<Meaning>,
  answer: ObjectNode,
  { nodes }: Body,
  { meanings, problems }: Around,
): Meaning | undefined {
  const command = under(answer, 'command');
  const bare = { event: undefined, choose: undefined };
  if (to.direction === 'out') {
    const asked = to.event?.reply === undefined ? [] : [{ schema: to.event.reply, nodes }];
    if (command === undefined) return { ...bare, direction: 'in', commands: [], checked: asked };
    const found = meanings.answering(command);
    return found && { ...bare, direction: 'in', commands: [found], checked: [...asked, { schema: found.input, nodes }] };
  }
  if (command !== undefined) return problems.notation('An answer of the application asks for nothing: it has no "command".', command);
  if (key === 'error reply') return { ...bare, direction: 'out', commands: [], checked: [{ schema: errorSchema, nodes }] };
  const silent = to.commands.find(({ output, input }) => output === undefined && Object.keys(input).length > 0);
  if (silent !== undefined)
    return problems.notation(`The command ${silent.name} answers nothing, so that there is nothing to make a reply of.`, answer);
  return {
    ...bare,
    direction: 'out',
    commands: [],
    checked: to.commands.flatMap(({ output }) => (output === undefined ? [] : [{ schema: output, nodes }])),
  };
}

function declared(object: ObjectNode, around: Around, meaningOf: (body: Body) => Meaning | undefined): Declared | undefined {
  const { problems } = around;
  const framing = frameIn(object, problems);
  const inner = under(object, 'body');
  if (inner === undefined) problems.notation('The message has no "body": the nodes that it has.', object);
  const before = problems.count;
  const sources: Reading['sources'] = new Map();
  const widths: Reading['widths'] = { fields: new Map(), entries: new Map(), least: new Map(), single: new Set() };
  const format = framing?.format ?? formatNamed(object);
  const reading: Reading = { problems, types: around.types, sources, widths, base: ['input'], open: [], format };
  const body = inner && readBody(inner, reading, around.meanings);
  const meaning = body && meaningOf(body);
  if (body === undefined || meaning === undefined || framing === undefined) return undefined;
  const { spec } = framing;
  // What is not understood may be what fills a field.
  const isWhole = problems.count === before;
  const sets = fixedIn(object, problems);
  const leavesOut = leavesOutIn(object, meaning.checked[0]?.schema === errorSchema, problems);
  for (const each of meaning.checked)
    checkBody({ ...each, direction: meaning.direction, sets, leavesOut, isWhole, object, sources }, problems);
  const reply = readAnswer('reply', object, meaning, around);
  const errorReply = readAnswer('error reply', object, meaning, around);
  const fixed = meaning.choose === undefined && body.branches.length === 0 ? meaning.commands[0]?.name : undefined;
  const message = format.define(spec, body.nodes, { command: fixed, widths });
  checkRepeats(body.nodes, sources, problems);
  if (isWhole) checkReading(format.ambiguity(message, usualReading(format)), { object, sources }, problems);
  const type: MessageType = {
    name: spec.name,
    version: spec.version,
    direction: meaning.direction,
    summary: textIn(object, 'summary', problems) ?? '',
    ...(meaning.commands.length === 0 ? {} : { commands: meaning.commands }),
    ...(meaning.event === undefined ? {} : { event: meaning.event }),
    ...(reply === undefined ? {} : { reply: { name: reply.type.name, version: reply.type.version } }),
    ...documentationOf(format, message),
  };
  const store = storeIn(object, meaning.checked, problems);
  const unmapped = unmappedIn(object, body.nodes, meaning.direction, problems);
  return {
    type,
    format,
    message,
    sets,
    choose: meaning.choose,
    store,
    unmapped,
    userData: userDataOf(body.nodes),
    leavesOut,
    reply,
    errorReply,
    body: body.nodes,
    at: object,
  };
}

/** `Name@version` */
export function nameOf({ type }: Declared): string {
  return typeName(type);
}

/** What tools ask for: the table of fields, a sample, a grammar. */
function documentationOf(format: Format, message: FormattedMessage): Pick<MessageType, 'fields' | 'sample' | 'grammar'> {
  const { grammar } = format;
  return {
    fields: () => {
      const layout = message.layout?.();
      return fieldsOf(message.root).map((field) => inInput({ ...field, ...layout?.get(field.path) }));
    },
    sample: (seed) => textOf(madeUp(message, seed === undefined ? undefined : chooseBy(seed))),
    ...(grammar && { grammar: () => grammar(message) }),
  };
}

/** A rule over several nodes may refuse what chance has left out: then chance goes on. Without it everything is there. */
function madeUp(message: FormattedMessage, choose: Choose | undefined): string | Uint8Array {
  for (let left = mostTries; ; left -= 1) {
    try {
      return message.write(message.makeUp(choose));
    } catch (error) {
      if (left === 0 || choose === undefined) throw error;
    }
  }
}

const mostTries = 50;

/** A field as the command or the event knows it: the envelope around them is ours. */
function inInput(field: MessageField): MessageField {
  return field.field?.startsWith('input.') ? { ...field, field: field.field.replaceAll('input.', '') } : field;
}

function textOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}
