import type { MessagePackDefinition, MessageTypeRef, ReadableMessage, ReadMessage } from '@waybill/contract';
import { isWaybillError, type WaybillError } from '@waybill/contract';
import { errors as kernelErrors } from '@waybill/kernel';
import { encodingNamed, encodingOf, toUtf8 } from '@waybill/text';
import { errors } from './errors.ts';
import { readBytes } from './files.ts';
import { optionsOf } from './pack-options.ts';

/** How a command says how messages are read. */
export interface ReadingChoice {
  /** The encoding of text where the file does not tell it, as `encoding` of an inbound entry. */
  readonly encoding?: string | undefined;
  /** Options of packs: `name=value`, or `pack.name=value` for one of several packs. */
  readonly option?: readonly string[] | undefined;
}

/** A message from a file, and how it was recognised. */
export interface RecognisedFile {
  readonly file: string;
  readonly pack: MessagePackDefinition;
  readonly ref: MessageTypeRef;
  readonly message: ReadableMessage;
  /** The encoding of the text in the file. */
  readonly encoding: string;
  read(): ReadMessage;
}

/**
 * The message in a file, recognised by the first pack that knows it, as in a running kernel. Throws `WB_CLI_NO_FILE`,
 * `WB_CLI_BAD_OPTION`, `WB_MESSAGE_UNRECOGNISED`, and what `@waybill/text` throws where the text cannot be converted.
 */
export function recogniseFile(packs: readonly MessagePackDefinition[], file: string, choice: ReadingChoice): RecognisedFile {
  const configured = choice.encoding === undefined ? undefined : nameOf(choice.encoding);
  const options = optionsOf(packs, choice.option ?? []);
  const body = readBytes(file);
  const { encoding } = encodingOf({ body, configured });
  let unreadable: WaybillError | undefined;
  for (const pack of packs) {
    const message = attempt(() => readable(body, encoding, pack));
    if (isWaybillError(message)) unreadable ??= message;
    else {
      const given = options.get(pack) ?? {};
      const ref = pack.recognise(message, given);
      if (ref) return { file, pack, ref, message, encoding, read: () => pack.read(ref, message, given) };
    }
  }
  if (unreadable) throw unreadable;
  const names = packs.map(({ name }) => name).join(', ');
  throw kernelErrors.WB_MESSAGE_UNRECOGNISED(`None of the message packs (${names}) knows this message.`, {
    at: file,
    hint: 'Name further packs with --plugin, or look at the root element and version of the message.',
  });
}

/** Bytes from a file as the pack gets them: a file has no headers and no identity. */
function readable(body: Uint8Array, encoding: string, { wants }: MessagePackDefinition): ReadableMessage {
  const bare = { id: 'file', createdAt: Date.now(), properties: {} };
  return wants === 'bytes' ? { ...bare, body, encoding } : { ...bare, body: toUtf8(body, encoding), encoding: 'utf-8' };
}

/** What a pack that wants bytes knows may be no text at all, so that its conversion fails. */
function attempt<Result>(convert: () => Result): Result | WaybillError {
  try {
    return convert();
  } catch (error) {
    if (isWaybillError(error)) return error;
    throw error;
  }
}

function nameOf(label: string): string {
  const named = attempt(() => encodingNamed(label));
  if (!isWaybillError(named)) return named;
  throw errors.WB_CLI_BAD_OPTION(named.message, { at: '--encoding', hint: named.hint });
}
