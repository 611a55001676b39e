import type { ReadMessage } from '@waybill/contract';
import type { Path } from '@waybill/mapping';
import type { Declared } from '../declaring/declared.ts';

type Holder = Record<string, unknown>;

/** What a document says. Throws a `MessageError` where it does not follow its declaration. */
export function readBody(declared: Declared, body: Uint8Array, options: Readonly<Record<string, unknown>>): ReadMessage {
  const { type, message, sets, choose, store, unmapped } = declared;
  const { value, surplus } = message.read(body, { letsPass: unmapped !== 'refuse', options });
  const input = (value.input ?? {}) as Holder;
  const into = passedInto(declared, options);
  if (surplus?.unknown !== undefined && into !== undefined)
    put(input, into, { ...surplus.unknown, ...(at(input, into) as object | undefined) });
  for (const { path, is } of sets) put(input, path, is);
  // Events and replies are read by tools only; what their command is called means nothing.
  const command = choose?.(input) ?? value.command ?? type.event?.name ?? '';
  const forStore = store?.(input);
  return {
    command,
    input,
    ...(value.credentials === undefined ? {} : { credentials: value.credentials }),
    ...(forStore === undefined ? {} : { store: forStore }),
    ...(surplus === undefined ? {} : { surplus: { ...surplus } }),
  };
}

/** The user data that take what the message does not have, where its file or the entry says so. */
function passedInto({ unmapped, userData }: Declared, { lenient }: Readonly<Record<string, unknown>>): Path | undefined {
  if (typeof unmapped === 'object') return unmapped.into;
  return (lenient as { readonly unknown?: string } | undefined)?.unknown === 'pass' ? userData : undefined;
}

function put(target: Holder, path: Path, value: unknown): void {
  let holder = target;
  for (const key of path.slice(0, -1)) holder = (holder[key] ??= {}) as Holder;
  holder[path.at(-1) as string] = value;
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, key) => (found as Holder | undefined)?.[key], value);
}
