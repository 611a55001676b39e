import type { ReadMessage } from '@waybill/contract';
import type { Path } from '@waybill/mapping';
import type { Declared } from '../declaring/declared.ts';

type Holder = Record<string, unknown>;

/** What a document says. Throws a `MessageError` where it does not follow its declaration. */
export function readBody({ type, message, sets, choose, store, unmapped }: Declared, body: Uint8Array): ReadMessage {
  const { value, surplus = {} } = message.read(body, { lenient: unmapped !== 'refuse' });
  const input = (value.input ?? {}) as Holder;
  const hasSurplus = Object.keys(surplus).length > 0;
  if (hasSurplus && typeof unmapped === 'object')
    put(input, unmapped.into, { ...surplus, ...(at(input, unmapped.into) as object | undefined) });
  for (const { path, is } of sets) put(input, path, is);
  // Events and replies are read by tools only; what their command is called means nothing.
  const command = choose?.(input) ?? value.command ?? type.event?.name ?? '';
  const forStore = store?.(input);
  return {
    command,
    input,
    ...(value.credentials === undefined ? {} : { credentials: value.credentials }),
    ...(forStore === undefined ? {} : { store: forStore }),
    ...(hasSurplus ? { surplus: { unknown: surplus } } : {}),
  };
}

function put(target: Holder, path: Path, value: unknown): void {
  let holder = target;
  for (const key of path.slice(0, -1)) holder = (holder[key] ??= {}) as Holder;
  holder[path.at(-1) as string] = value;
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, key) => (found as Holder | undefined)?.[key], value);
}
