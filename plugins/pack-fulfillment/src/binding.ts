import type { ComposeContext, MessageField, MessageType, MessageTypeRef, ReadMessage } from '@waybill/contract';
import { fieldsOf } from '@waybill/mapping';
import { type Choose, chooseBy } from '@waybill/values';
import type { XmlMessage } from '@waybill/xml';
import type { Envelope } from './envelope.ts';
import type { Options } from './options.ts';

/** A message type bound to its declaration. */
export interface Binding<Input = unknown> {
  readonly type: MessageType;
  readonly message: XmlMessage<Envelope<Input>>;
  /** What a declaration cannot say, before a message is written. Throws a `TypeError` where the data has not the shape that it needs. */
  readonly prepare?: ((envelope: Envelope<Input>, context: ComposeContext) => Envelope) | undefined;
  /** What a declaration cannot say, after a message was read. */
  readonly interpret?: ((envelope: Envelope<Input>) => Envelope<Input>) | undefined;
  /** The store that an input is for, where it says so. */
  readonly store?: ((input: Input) => string | undefined) | undefined;
  /** The message that answers it, where the options of an entry choose another than its type names. */
  readonly answeredBy?: ((options: Options) => MessageTypeRef | undefined) | undefined;
}

export interface BindingSpec<Input> extends Omit<Binding<Input>, 'type'> {
  readonly type: Omit<MessageType, 'fields' | 'sample' | 'grammar'>;
}

export function bind<Input>(spec: BindingSpec<Input>): Binding {
  const { type, message } = spec;
  const fields = () => fieldsOf(message.root).map(inInput);
  const sample = (seed?: number) => madeUp(message, seed === undefined ? undefined : chooseBy(seed));
  const grammar = async () => {
    // Tools alone ask for it, and the code that prints it is half of what reads XML.
    const { dtdOf, printDtd } = await import('@waybill/xml/dtd');
    return { language: 'dtd', text: printDtd(dtdOf(message.root)) };
  };
  const bound = { ...spec, type: { ...type, fields, sample, grammar } };
  return bound as unknown as Binding;
}

/** A field as the command or the event knows it: the envelope around them is ours. */
function inInput(field: MessageField): MessageField {
  return field.field?.startsWith('input.') ? { ...field, field: field.field.replaceAll('input.', '') } : field;
}

/** A valid document with made-up content; without `choose`, one that has everything once. */
export function madeUp<Value>(message: XmlMessage<Value>, choose?: Choose): string {
  return message.write(message.makeUp(choose));
}

/** What a document says, for the kernel. */
export function readMessage({ type, interpret, store }: Binding, envelope: Envelope): ReadMessage {
  const { command, input, credentials } = interpret?.(envelope) ?? envelope;
  const forStore = store?.(input);
  return {
    // Events and replies are read by tools only; what their command is called means nothing.
    command: command ?? type.event?.name ?? '',
    input,
    ...(credentials === undefined ? {} : { credentials }),
    ...(forStore === undefined ? {} : { store: forStore }),
  };
}
