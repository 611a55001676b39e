import {
  type ComposeContext,
  type Draft,
  type MessageError,
  type MessageTypeRef,
  type ReadableMessage,
  type ReadMessage,
  typeName,
} from '@waybill/contract';
import type { TaggedFormatOptions } from '@waybill/records';
import { type Binding, plainest } from './binding.ts';
import { errors } from './errors.ts';
import { malformed } from './malformed.ts';
import { customerBindings } from './messages/customer.ts';
import { orderCreateBinding } from './messages/order-create/message.ts';
import { orderStatusBindings } from './messages/order-status.ts';
import { productBindings } from './messages/product.ts';
import type { Options, Writing } from './options.ts';
import { tables } from './tables.ts';

/** Every message of the pack. */
export const bindings: readonly Binding[] = [orderCreateBinding, ...customerBindings, ...orderStatusBindings, ...productBindings];

const byName = new Map(bindings.map((binding) => [typeName(binding.type), binding]));

/** By what PROLOG says: `OS 02`. */
export const byProlog: ReadonlyMap<string, MessageTypeRef> = new Map(
  bindings.map(({ type: { name, version } }) => {
    const table = tables[typeName({ name, version })];
    return [`${table?.type} ${table?.version}`, { name, version }];
  }),
);

/** Throws a final `MessageError`: one of records, with path and place, or `WB_LEGACY_MALFORMED`. */
export function read(ref: MessageTypeRef, { body, encoding }: ReadableMessage, options: Options): ReadMessage {
  const { type, message, interpret, store } = bindingOf(ref);
  const { units, lowValues, endsEarly, customerStore, widths } = options;
  const chosen = message({ ...plainest, endsEarly, customerStore, widths });
  const { value, surplus } = malformed(() => chosen.read(body, { encoding, units, lowValues }));
  const input = interpret === undefined ? value : interpret(value as never);
  const forStore = store?.(input);
  return {
    // Orders are read by tools only; what their command is called means nothing.
    command: type.commands?.[0]?.name ?? type.event?.name ?? '',
    input,
    ...(forStore === undefined ? {} : { store: forStore }),
    ...(surplus === undefined ? {} : { surplus }),
  };
}

/** What was cut is told in a property of this name: the paths of the fields. */
export const truncatedProperty = 'legacyTruncated';

/** Throws a final `MessageError` with the path of what cannot be written. Nothing is written then. */
export function compose(ref: MessageTypeRef, data: unknown, { options }: ComposeContext<Writing>): Draft {
  const binding = bindingOf(ref);
  const { encoding, units, truncate, customerStore = false, widths } = options;
  const { input, surplus } = given(binding, data);
  const chosen = binding.message({ ...plainest, cuts: truncate, customerStore, widths });
  const cut: string[] = [];
  const format: TaggedFormatOptions = { encoding, units };
  const body = chosen.write(prepared(binding, input), format, { surplus, truncated: (path) => cut.push(path) });
  const properties = cut.length === 0 ? {} : { properties: { [truncatedProperty]: cut.join(', ') } };
  return { body, contentType: `text/plain; charset=${encoding}`, type: ref.name, ...properties };
}

interface Given {
  readonly input: object;
  readonly surplus?: Readonly<Record<string, string>>;
}

/**
 * What a message is written from. Callers may hand in data of any shape: an inbound message is composed from `{ command, input, surplus? }`, an
 * event from its data.
 */
function given(binding: Binding, data: unknown): Given {
  const whole: unknown = binding.type.direction === 'in' ? data : { input: data };
  const { input, command, surplus } = (whole ?? {}) as { readonly input?: unknown; readonly command?: unknown; readonly surplus?: unknown };
  const isOurs = command === undefined || binding.type.commands?.some(({ name }) => name === command) === true;
  if (typeof input !== 'object' || input === null || Array.isArray(input) || !isOurs) throw badData(binding);
  if (surplus === undefined) return { input };
  const isText = typeof surplus === 'object' && surplus !== null && Object.values(surplus).every((each) => typeof each === 'string');
  if (!isText) throw badData(binding);
  return { input, surplus: surplus as Readonly<Record<string, string>> };
}

/** What a mapping of ours cannot look into fails with an error of this pack. */
function prepared(binding: Binding, input: object): unknown {
  try {
    return binding.prepare === undefined ? input : binding.prepare(input);
  } catch (cause) {
    throw cause instanceof TypeError || cause instanceof SyntaxError ? badData(binding, cause) : cause;
  }
}

function badData({ type }: Binding, cause?: Error): MessageError {
  const meaning = type.event?.name ?? type.commands?.map(({ name }) => name).join(', ');
  return errors.WB_LEGACY_BAD_DATA(
    `The data for ${typeName(type)} does not have the shape of ${meaning}.`,
    cause === undefined ? {} : { cause },
  );
}

/** The binding of a message type. Throws a final `MessageError` `WB_LEGACY_UNKNOWN_TYPE` for a type of another pack. */
export function bindingOf(ref: MessageTypeRef): Binding {
  const binding = byName.get(typeName(ref));
  if (binding !== undefined) return binding;
  throw errors.WB_LEGACY_UNKNOWN_TYPE(`The legacy pack has no message ${typeName(ref)}.`, {
    hint: `It has ${[...byName.keys()].join(', ')}.`,
  });
}
