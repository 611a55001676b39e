import {
  type ComposeContext,
  type Draft,
  defineMessagePack,
  type MessagePackDefinition,
  type MessageTypeRef,
  type ReadableMessage,
  type ReadMessage,
  type ReplyOutcome,
  typeName,
} from '@waybill/contract';
import type { Declared } from '../declaring/declared.ts';
import { messageErrors } from '../errors.ts';
import { optionsOf } from '../formats/formats.ts';
import { composeBody } from './composing.ts';
import { readBody } from './reading.ts';
import { errorData, outputData } from './replying.ts';

export interface PackSpec {
  readonly name: string;
  readonly summary: string;
  readonly messages: readonly Declared[];
}

/** The message pack of what a file declares. */
export function packOf({ name, summary, messages }: PackSpec): MessagePackDefinition {
  const all = messages.flatMap(withAnswers);
  // A reply and an error reply can be one message with two contents.
  const byName = new Map(all.toReversed().map((each) => [typeName(each.type), each]));
  const find = (ref: MessageTypeRef): Declared => byName.get(typeName(ref)) ?? unknown(name, ref);
  return defineMessagePack({
    name,
    summary,
    messages: [...new Map(all.map((each) => [typeName(each.type), each.type])).values()],
    recognise: ({ body }: ReadableMessage, options) => recognise({ body, options }, all),
    options: optionsOf(new Set(all.map(({ format }) => format))),
    read: (ref, { body }, options): ReadMessage =>
      readEither(
        all.filter(({ type }) => typeName(type) === typeName(ref)),
        () => find(ref),
        { body, options },
      ),
    compose: (ref, data, _context: ComposeContext): Draft => draft(find(ref), data),
    reply: (ref, outcome) => answer(find(ref), outcome),
  });
}

/** A message, and those that answer it. */
export function withAnswers(declared: Declared): readonly Declared[] {
  return [declared, declared.reply, declared.errorReply].filter((each) => each !== undefined);
}

function unknown(pack: string, ref: MessageTypeRef): never {
  throw messageErrors.WB_MESSAGE_FILE_UNKNOWN_MESSAGE(`The pack ${pack} has no message ${typeName(ref)}.`);
}

/** Formats are asked one after the other: what one of them does not know may be another's. */
function recognise({ body, options }: Given, all: readonly Declared[]): MessageTypeRef | undefined {
  for (const format of new Set(all.map((each) => each.format))) {
    const found = format.recognise(
      body,
      all.filter((each) => each.format === format),
      options,
    );
    if (found !== undefined) return { name: found.type.name, version: found.type.version };
  }
  return undefined;
}

interface Given {
  readonly body: Uint8Array;
  /** As the inbound entry has chosen them. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** An answer that tells of success or failure has two contents: the first that fits is meant, and errors are those of the first. */
function readEither(candidates: readonly Declared[], find: () => Declared, { body, options }: Given): ReadMessage {
  const [first = find(), ...others] = candidates;
  try {
    return readBody(first, body, options);
  } catch (error) {
    for (const other of others) {
      try {
        return readBody(other, body, options);
      } catch {
        // The error of the first content is the one to tell.
      }
    }
    throw error;
  }
}

function draft(declared: Declared, data: unknown): Draft {
  const { type, format } = declared;
  return { body: composeBody(declared, data), contentType: format.contentType, type: type.name };
}

function answer({ reply, errorReply }: Declared, outcome: ReplyOutcome): Draft | undefined {
  if (outcome.ok) return reply && draft(reply, outputData(outcome.output));
  return errorReply && draft(errorReply, errorData(outcome));
}
