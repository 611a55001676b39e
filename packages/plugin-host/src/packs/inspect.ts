import type { Message, MessagePackDefinition, MessageType, ReadMessage } from '@waybill/contract';
import type { PackOptions } from '@waybill/manifest';
import { callPack } from '../calling/call-plugin.ts';
import { Readable } from './readable.ts';
import { Registry } from './registry.ts';

export interface InspectOptions {
  /** The encoding of text where the message does not tell it. */
  readonly encoding?: string | undefined;
  /** What a pack reads with. Default: the defaults of its options. */
  readonly options?: PackOptions | undefined;
  /** What the message was written with. A setting that a pack has for reading as well means the same there. */
  readonly writing?: PackOptions | undefined;
}

/** A message that was recognised. */
export interface Inspected {
  readonly pack: MessagePackDefinition;
  readonly type: MessageType;
  /** The encoding of its text. */
  readonly encoding: string;
  /** Reads it whole. Throws what the pack throws. */
  readonly read: () => ReadMessage;
}

/**
 * Recognises a message as a running kernel does, for tools: the first pack that knows it has it. Undefined when none knows it.
 * Throws a `MessageError` where its text cannot be converted or a pack objects.
 */
export function inspectMessage(
  packs: readonly MessagePackDefinition[],
  message: Message,
  { encoding, options = {}, writing = {} }: InspectOptions = {},
): Inspected | undefined {
  const registry = new Registry(packs, []);
  const readable = new Readable(message, encoding);
  const all = packs.map((pack) => [pack.name, { ...(options[pack.name] ?? registry.defaultsOf(pack)), ...writing[pack.name] }] as const);
  const chosen: PackOptions = Object.fromEntries(all);
  const known = registry.recognise(readable, chosen);
  if (!known) return undefined;
  const { pack, type } = known;
  const read = () => callPack(pack, 'reading', () => pack.read(type, readable.for(pack), chosen[pack.name] ?? {}));
  return { pack, type, encoding: readable.encoding, read };
}
