import type { ReadMessage } from '@waybill/contract';
import type { XmlSurplus } from '@waybill/xml';
import type { Binding } from './binding.ts';
import type { Options } from './options.ts';

// Reading from senders who do not keep to the messages, as an entry allows it.

/** What was read, with what was let pass under `surplus`, by the name of the leniency; and in the user data where the entry wants it there. */
export function withSurplus(read: ReadMessage, binding: Binding, surplus: XmlSurplus, { lenient: { unknown } }: Options): ReadMessage {
  const more = surplus.unknown;
  const input =
    more !== undefined && unknown === 'pass' && takesUserData(binding, read.command) ? withUserData(read.input, more) : read.input;
  return { ...read, input, surplus: { ...surplus } };
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
