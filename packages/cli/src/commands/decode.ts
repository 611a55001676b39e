import { type MessageType, type ReadMessage, typeName } from '@waybill/contract';
import { masked, maskTagged, type Tag } from '@waybill/contract/host';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { loadPacks, type PluginChoice } from '../plugins/packs.ts';
import { type ReadingChoice, recogniseFile } from '../plugins/reading.ts';
import { json, type Terminal } from '../terminal.ts';

export interface DecodeOptions extends PluginChoice, ReadingChoice {
  /** Hides what tells of a person, too. */
  readonly mask?: boolean;
}

/** People paste decoded messages into tickets and chats, so secrets are always hidden. */
const always: readonly Tag[] = ['secret'];
const all: readonly Tag[] = ['secret', 'personal'];

export interface Shown {
  readonly read: ReadMessage;
  readonly tags: readonly Tag[];
}

/** `waybill decode`: which message a file is, and the command and input that it stands for. */
export async function decode(file: string, options: DecodeOptions, terminal: Terminal): Promise<ExitCode> {
  const { pack, type, encoding, read } = recogniseFile(await loadPacks(options), file, options);
  const about = { file, pack: pack.name, message: typeName(type), direction: type.direction };
  const shown = { read: read(), tags: options.mask ? all : always };
  const converted = encoding === 'utf-8' ? undefined : encoding;
  terminal.out(json({ ...about, encoding: converted, ...meaningOf(type, shown), answeredWith: type.reply && typeName(type.reply) }));
  return exitCode.done;
}

/** What a message that was read stands for, without what the tags name. */
export function meaningOf(type: MessageType, shown: Shown): object {
  return type.direction === 'out' ? meaningOfOutbound(type, shown) : meaningOfInbound(type, shown);
}

function meaningOfInbound(type: MessageType, { read, tags }: Shown): object {
  const { command, input, credentials, store, surplus } = read;
  const definition = type.commands?.find(({ name }) => name === command);
  return {
    command,
    input: definition ? maskTagged(definition.input, input, tags) : input,
    credentials: credentials?.password === undefined ? credentials : { ...credentials, password: masked },
    orderKey: definition?.orderKey?.(input),
    businessKeys: definition?.businessKeys?.(input),
    store,
    surplus: unknownPart(surplus, tags),
  };
}

function meaningOfOutbound({ event }: MessageType, { read: { input, surplus }, tags }: Shown): object {
  return { event: event?.name, data: event ? maskTagged(event.data, input, tags) : input, surplus: unknownPart(surplus, tags) };
}

/** No schema says what it is: it may tell of a person. */
function unknownPart(surplus: ReadMessage['surplus'], tags: readonly Tag[]): unknown {
  return surplus !== undefined && tags.includes('personal') ? masked : surplus;
}
