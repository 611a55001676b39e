import type { MessageType } from '@waybill/contract';
import type { Group } from '@waybill/mapping';
import { defineTaggedMessage, type TaggedMessage } from '@waybill/records';
import { chooseBy } from '@waybill/values';
import { fieldsOfMessage } from './fields.ts';
import { type MessageTable, tagOf } from './layouts/message.ts';
import type { Variant } from './layouts/record.ts';

/** What changes a message as a whole: its layout, and whether a customer names a store. */
export interface Choice extends Variant {
  readonly customerStore: boolean;
}

export const plainest: Choice = { widths: {}, cuts: false, endsEarly: false, customerStore: false };

/** A message type bound to its declaration. */
export interface Binding<Input = unknown> {
  readonly type: MessageType;
  /** The message as an entry has chosen it; the same one for the same choice. */
  readonly message: (choice: Choice) => TaggedMessage<unknown>;
  /** What a declaration cannot say, before a message is written. Throws a `TypeError` where the data has not the shape that it needs. */
  readonly prepare: ((input: Input) => unknown) | undefined;
  /** What a declaration cannot say, after a message was read. */
  readonly interpret: ((read: never) => Input) | undefined;
  /** The store that an input is for, where it says so. */
  readonly store: ((input: Input) => string | undefined) | undefined;
}

export interface BindingSpec<Input> extends Partial<Omit<Binding<Input>, 'type' | 'message'>> {
  readonly type: Omit<MessageType, 'fields' | 'sample' | 'grammar'>;
  readonly table: MessageTable;
  readonly root: (choice: Choice) => Group;
  /** Makes a made-up input one that the checks of the message take. */
  readonly plausible?: (input: Input) => Input;
}

export function bind<Input>({ type, table, root, plausible, prepare, interpret, store }: BindingSpec<Input>): Binding {
  const known = new Map<string, TaggedMessage<unknown>>();
  const message = (choice: Choice): TaggedMessage<unknown> => {
    const widths = ofMessage(`${type.name}@${type.version}`, choice.widths);
    const key = JSON.stringify({ ...choice, widths });
    const found = known.get(key) ?? defineTaggedMessage<unknown>({ tag: tagOf(table, { ...choice, widths }), root: () => root(choice) });
    known.set(key, found);
    return found;
  };
  const sample = (seed?: number): string => {
    const chosen = message({ ...plainest, cuts: true });
    const made = chosen.makeUp(seed === undefined ? undefined : chooseBy(seed)) as Input;
    const input = plausible?.(made) ?? made;
    // An order that is made up is already as its records have it.
    const written = type.direction === 'in' ? (prepare?.(input) ?? input) : input;
    return new TextDecoder().decode(chosen.write(written));
  };
  const fields = () => fieldsOfMessage(root(plainest), table);
  return { type: { ...type, fields, sample }, message, prepare, interpret, store } as Binding<Input> as unknown as Binding;
}

/** Those of one message, without its name. */
function ofMessage(name: string, widths: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const prefix = `${name}/`;
  return Object.fromEntries(
    Object.entries(widths).flatMap(([path, width]) => (path.startsWith(prefix) ? [[path.slice(prefix.length), width] as const] : [])),
  );
}
