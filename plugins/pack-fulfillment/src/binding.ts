import { type ComposeContext, type Credentials, type MessageType, type ReadMessage, typeName } from '@waybill/contract';
import { type Choose, fieldsOf, type MessageReadingOptions, type XmlMessage } from '@waybill/xml';
import { errors } from './errors.ts';

/** What a command message is composed from: what reading one gives. */
export interface Asked<Input> {
  readonly command: string;
  readonly input: Input;
  readonly credentials?: Credentials | undefined;
}

/** A message type bound to its declaration and to its meaning, in both directions. */
export interface Binding {
  readonly type: MessageType;
  read(body: Uint8Array, options: MessageReadingOptions): ReadMessage;
  /** Throws a final `MessageError` where the data has not the shape that the message needs. */
  write(data: unknown, context: ComposeContext): string;
  /** A valid document with made-up content; without `choose`, one that has everything once. */
  makeUp(choose?: Choose): string;
}

export interface BindingSpec<Value, Writing, Data> {
  readonly type: Omit<MessageType, 'fields' | 'sample'>;
  readonly message: XmlMessage<Value, Writing>;
  /** What the value of the message means. */
  readonly read: (value: Value) => ReadMessage;
  /** The value of the message that means this. */
  readonly write: (data: Data, context: ComposeContext) => Writing;
}

export function bind<Value, Writing, Data>({ type, message, read, write }: BindingSpec<Value, Writing, Data>): Binding {
  // What is read can be written: the types differ only in what writing lets a caller leave out.
  const makeUp = (choose?: Choose): string => message.write(message.makeUp(choose) as unknown as Writing);
  return {
    type: { ...type, fields: () => fieldsOf(message.root), sample: () => makeUp() },
    read: (body, options) => read(message.read(body, options)),
    write: (data, context) => message.write(shaped(type, () => write(data as Data, context))),
    makeUp,
  };
}

/** Callers may hand in data of any shape. A mapping that fails on it with a `TypeError` fails with an error of this pack instead. */
function shaped<Writing>(type: Omit<MessageType, 'fields' | 'sample'>, write: () => Writing): Writing {
  try {
    return write();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    const meaning = type.event?.name ?? (type.commands ?? []).map(({ name }) => name).join(', ');
    throw errors.WB_FULFILLMENT_BAD_DATA(`The data for ${typeName(type)} is not of the shape of ${meaning || 'its reply'}.`, {
      cause,
    });
  }
}

/** The credentials that a control area has a place for. */
export function loginOf(credentials: Credentials | undefined): { logonId: string; password: string } | undefined {
  if (credentials === undefined) return undefined;
  return { logonId: credentials.logonId ?? '', password: credentials.password ?? '' };
}
