import type { ComposeContext, Credentials, MessageType, ReadMessage } from '@waybill/contract';
import { type Choose } from '@waybill/values';
import { fieldsOf, type XmlMessage } from '@waybill/xml';

/** What a command message is composed from: what reading one gives. */
export interface Asked<Input> {
  readonly command: string;
  readonly input: Input;
  readonly credentials?: Credentials | undefined;
}

/** A message type bound to its declaration and to its meaning, in both directions. */
export interface Binding<Value = unknown, Writing = unknown, Data = unknown> {
  readonly type: MessageType;
  readonly message: XmlMessage<Value, Writing>;
  /** What the value of the message means. */
  read(value: Value): ReadMessage;
  /** The value of the message that means this. Throws a `TypeError` where the data has not the shape that the message needs. */
  write(data: Data, context: ComposeContext): Writing;
}

export interface BindingSpec<Value, Writing, Data> extends Omit<Binding<Value, Writing, Data>, 'type'> {
  readonly type: Omit<MessageType, 'fields' | 'sample'>;
}

export function bind<Value, Writing, Data>(spec: BindingSpec<Value, Writing, Data>): Binding {
  const { type, message } = spec;
  return { ...spec, type: { ...type, fields: () => fieldsOf(message.root), sample: () => madeUp(message) } };
}

/** A valid document with made-up content; without `choose`, one that has everything once. */
export function madeUp(message: XmlMessage<unknown, unknown>, choose?: Choose): string {
  // What is read can be written: the types differ only in what writing lets a caller leave out.
  return message.write(message.makeUp(choose));
}

/** The credentials that a control area has a place for. */
export function loginOf(credentials: Credentials | undefined): { logonId: string; password: string } | undefined {
  if (credentials === undefined) return undefined;
  return { logonId: credentials.logonId ?? '', password: credentials.password ?? '' };
}
