import type { ReadMessage } from '@waybill/contract';
import type { LenientReadingOptions } from '@waybill/xml';
import { type Binding, readMessage } from './binding.ts';
import type { Options } from './options.ts';

// Reading from senders who do not keep to the messages, as an entry allows it.

/** What a document says, and under `surplus` what was let pass, by the name of the leniency: texts by their path, and the paths of elements. */
export function readLeniently(binding: Binding, body: Uint8Array, reading: LenientReadingOptions, options: Options): ReadMessage {
  const { unknown, order } = options.lenient;
  const how = { ...reading, refuseUnknown: unknown === 'refuse', anyOrder: order === 'any' };
  const { value, surplus, reordered = [] } = binding.message.readWithSurplus(body, how);
  const read = readMessage(binding, value);
  const isMore = Object.keys(surplus).length > 0;
  if (!isMore && reordered.length === 0) return read;
  const letPass = { ...(isMore ? { unknown: surplus } : {}), ...(reordered.length > 0 ? { order: reordered } : {}) };
  const input = isMore && unknown === 'pass' && takesUserData(binding, read.command) ? withUserData(read.input, surplus) : read.input;
  return { ...read, input, surplus: letPass };
}

/** Whether the command, or the event, has a place for user data of the message as a whole. */
function takesUserData({ type: { commands = [], event } }: Binding, command: string): boolean {
  const schema: { readonly properties?: object } | undefined = event?.data ?? commands.find(({ name }) => name === command)?.input;
  return schema?.properties !== undefined && Object.hasOwn(schema.properties, 'userData');
}

/** What the sender has called user data stays, whatever is beside it. */
function withUserData(input: unknown, surplus: Readonly<Record<string, string>>): object {
  const { userData, ...rest } = input as { readonly userData?: object };
  return { ...rest, userData: { ...surplus, ...userData } };
}
