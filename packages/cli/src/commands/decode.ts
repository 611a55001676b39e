import {
  type Message,
  type MessagePackDefinition,
  type MessageType,
  type MessageTypeRef,
  type ReadMessage,
  typeName,
} from '@waybill/contract';
import { errors as kernelErrors } from '@waybill/kernel';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { readBytes } from '../files.ts';
import { loadPacks, type PluginChoice } from '../packs.ts';
import { hidden, withoutSecrets } from '../secrets.ts';
import { json, type Terminal } from '../terminal.ts';

/** `waybill decode`: which message a file is, and the command and input that it stands for. */
export async function decode(file: string, choice: PluginChoice, terminal: Terminal): Promise<ExitCode> {
  const packs = await loadPacks(choice);
  const message = messageFrom(readBytes(file));
  const { pack, ref } = recognise(packs, message, file);
  const type = pack.messages.find((one) => one.name === ref.name && one.version === ref.version);
  const about = { file, pack: pack.name, message: typeName(ref), direction: type?.direction };
  const read = pack.read(ref, message);
  const meaning = type?.direction === 'out' ? meaningOfOutbound(type, read) : meaningOfInbound(type, read);
  terminal.out(json({ ...about, ...meaning, answeredWith: type?.reply && typeName(type.reply) }));
  return exitCode.done;
}

function meaningOfInbound(type: MessageType | undefined, { command, input, credentials, orderKey, store }: ReadMessage): object {
  const definition = type?.commands?.find(({ name }) => name === command);
  return {
    command,
    input: definition ? withoutSecrets(definition.input, input) : input,
    credentials: credentials?.password === undefined ? credentials : { ...credentials, password: hidden },
    orderKey,
    store,
  };
}

function meaningOfOutbound({ event }: MessageType, { input }: ReadMessage): object {
  return { event: event?.name, data: event ? withoutSecrets(event.data, input) : input };
}

/** Bytes from a file as a message: a file has no headers and no identity. */
export function messageFrom(body: Uint8Array): Message {
  return { id: 'file', body, properties: {} };
}

/** The first pack that knows the message, as in a running kernel. Throws `WB_MESSAGE_UNRECOGNISED`. */
export function recognise(
  packs: readonly MessagePackDefinition[],
  message: Message,
  file: string,
): { readonly pack: MessagePackDefinition; readonly ref: MessageTypeRef } {
  for (const pack of packs) {
    const ref = pack.recognise(message);
    if (ref) return { pack, ref };
  }
  const names = packs.map(({ name }) => name).join(', ');
  throw kernelErrors.WB_MESSAGE_UNRECOGNISED(`None of the message packs (${names}) knows this message.`, {
    at: file,
    hint: 'Name further packs with --plugin, or look at the root element and version of the message.',
  });
}
