import { randomUUID } from 'node:crypto';
import { type ComposeContext, type Draft, isWaybillError, type MessagePackDefinition, type TSchema, typeName } from '@waybill/contract';
import { checkFor, type Inspected } from '@waybill/plugin-host';
import { decode, encodingOf } from '@waybill/text';
import { errors } from '../errors.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { readJson, writeBytes } from '../files.ts';
import { forBoth, forReading, forWriting, optionsOf } from '../plugins/pack-options.ts';
import { findMessage, type KnownMessage, loadPacks, type PluginChoice } from '../plugins/packs.ts';
import { type ReadingChoice, recogniseFile } from '../plugins/reading.ts';
import { json, type Terminal } from '../terminal.ts';

export interface EncodeOptions extends PluginChoice, ReadingChoice {
  /** For a reply: the file with the message that it answers. */
  readonly answering?: string;
  /** The time that the message speaks of. Default: now. */
  readonly time?: string;
  readonly store?: string;
  /** The id of the message. Default: made up. */
  readonly id?: string;
  /** Where to write; default standard output. */
  readonly out?: string;
  readonly json?: boolean;
}

/** `waybill encode`: the body that is sent for an event, or the answer to a message. */
export async function encode(name: string, dataFile: string, options: EncodeOptions, terminal: Terminal): Promise<ExitCode> {
  const packs = await loadPacks(options);
  const known = findMessage(packs, name);
  const data = { file: dataFile, value: dataOf(known, readJson(dataFile)) };
  const messageId = options.id ?? randomUUID();
  const context = { time: timeOf(options.time), store: options.store, messageId, options: optionsFor(known, packs, options) };
  const draft =
    options.answering === undefined
      ? compose(known, data, context)
      : answer(known, data, context, { file: options.answering, ...recogniseFile(packs, options.answering, options) });
  if (options.out !== undefined) writeBytes(options.out, draft.body);
  if (options.json) terminal.out(json(report(known, draft)));
  else if (options.out === undefined) terminal.bytes(typeof draft.body === 'string' ? Buffer.from(draft.body) : draft.body);
  return exitCode.done;
}

/** What an entry would set for the pack: the inbound one that is answered, the outbound one that an event goes to, or that of somebody else. */
function optionsFor({ pack, type }: KnownMessage, packs: readonly MessagePackDefinition[], { answering, option = [] }: EncodeOptions) {
  const asked =
    answering === undefined ? optionsOf([pack], option, type.event ? forWriting : forBoth) : optionsOf(packs, option, forReading);
  return asked[pack.name] ?? {};
}

/** Throws `WB_CLI_BAD_OPTION` for what is no instant. */
function timeOf(given: string | undefined): string {
  if (given === undefined) return new Date().toISOString();
  if (/^\d{4}-\d\d-\d\dT/.test(given) && !Number.isNaN(Date.parse(given))) return given;
  const hint = 'Write an instant as ISO 8601 has it, such as 2026-11-26T14:00:00Z.';
  throw errors.WB_CLI_BAD_OPTION(`"${given}" is not a time.`, { at: '--time', hint });
}

/** What `waybill decode` printed for a message of this type is as good as its data. */
function dataOf({ type }: KnownMessage, given: unknown): unknown {
  const isDecoded = typeof given === 'object' && given !== null && 'message' in given && given.message === typeName(type);
  return isDecoded && 'data' in given ? given.data : given;
}

/** The data for a message, and the file that it came from. */
interface Data {
  readonly file: string;
  readonly value: unknown;
}

function compose({ pack, type }: KnownMessage, data: Data, context: ComposeContext): Draft {
  const draft = orWhatIsWrong(type.event?.data, data, () => pack.compose(type, data.value, context));
  if (draft.type === type.name) return draft;
  const answers = pack.messages.filter(({ reply }) => reply && typeName(reply) === typeName(type)).map(typeName);
  const hint = `It answers ${answers.join(', ')}: name a file with such a message by --answering.`;
  throw errors.WB_CLI_CANNOT_COMPOSE(`${pack.name} does not compose ${typeName(type)}.`, { hint: answers.length > 0 ? hint : undefined });
}

function answer({ type }: KnownMessage, data: Data, context: ComposeContext, answered: Inspected & { readonly file: string }): Draft {
  const { pack, type: asked, file } = answered;
  const read = answered.read();
  const schema = asked.commands?.find(({ name }) => name === read.command)?.output;
  const draft = orWhatIsWrong(schema, data, () => pack.reply?.(asked, { ok: true, output: data.value, read }, context));
  if (draft?.type === type.name) return draft;
  throw errors.WB_CLI_CANNOT_COMPOSE(`${typeName(asked)} is not answered with ${typeName(type)}.`, { at: file });
}

/** Where a pack that cannot make a message of the data does not tell the place, the schema of the data does. Throws `WB_CLI_BAD_DATA`. */
function orWhatIsWrong<Result>(schema: TSchema | undefined, { file, value }: Data, step: () => Result): Result {
  try {
    return step();
  } catch (cause) {
    const hasPlace = isWaybillError(cause) && cause.at !== undefined;
    const wrong = hasPlace || schema === undefined ? undefined : checkFor(schema)(value);
    if (!wrong) throw cause;
    throw errors.WB_CLI_BAD_DATA(`The data is not that of the message: ${wrong.at} ${wrong.reason}.`, { at: file });
  }
}

function report({ pack, type }: KnownMessage, { body, contentType, properties }: Draft): object {
  const text = typeof body === 'string' ? body : decode(body, encodingOf({ body, contentType }).encoding);
  return { pack: pack.name, message: typeName(type), contentType, properties, body: text };
}
