import { type MessageType, type ReadMessage, typeName } from '@waybill/contract';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { loadPacks, type PluginChoice } from '../plugins/packs.ts';
import { type ReadingChoice, recogniseFile } from '../plugins/reading.ts';
import { hidden, withoutSecrets } from '../secrets.ts';
import { json, type Terminal } from '../terminal.ts';

export interface DecodeOptions extends PluginChoice, ReadingChoice {}

/** `waybill decode`: which message a file is, and the command and input that it stands for. */
export async function decode(file: string, options: DecodeOptions, terminal: Terminal): Promise<ExitCode> {
  const { pack, type, encoding, read } = recogniseFile(await loadPacks(options), file, options);
  const about = { file, pack: pack.name, message: typeName(type), direction: type.direction };
  const meaning = type.direction === 'out' ? meaningOfOutbound(type, read()) : meaningOfInbound(type, read());
  const converted = encoding === 'utf-8' ? undefined : encoding;
  terminal.out(json({ ...about, encoding: converted, ...meaning, answeredWith: type.reply && typeName(type.reply) }));
  return exitCode.done;
}

function meaningOfInbound(type: MessageType, { command, input, credentials, store, surplus }: ReadMessage): object {
  const definition = type.commands?.find(({ name }) => name === command);
  return {
    command,
    input: definition ? withoutSecrets(definition.input, input) : input,
    credentials: credentials?.password === undefined ? credentials : { ...credentials, password: hidden },
    orderKey: definition?.orderKey?.(input),
    businessKeys: definition?.businessKeys?.(input),
    store,
    surplus,
  };
}

function meaningOfOutbound({ event }: MessageType, { input, surplus }: ReadMessage): object {
  return { event: event?.name, data: event ? withoutSecrets(event.data, input) : input, surplus };
}
