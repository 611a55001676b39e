import { type MessageError, typeName } from '@waybill/contract';
import type { Path } from '@waybill/mapping';
import { valueAt } from '../declaring/choosing.ts';
import type { Declared } from '../declaring/declared.ts';
import { messageErrors } from '../errors.ts';
import type { Envelope } from '../formats/format.ts';
import { without, withPlacesOnly } from './leaving-out.ts';

/**
 * The document for data: `{ command, input, credentials? }` for a message that comes in, the data itself for one that goes out. Throws a
 * final `MessageError`.
 */
export function composeBody(declared: Declared, data: unknown): string | Uint8Array {
  const { type, message, choose } = declared;
  const { command, input, credentials } =
    type.direction === 'in' ? envelopeIn(data, declared) : { command: undefined, input: objectIn(data, declared), credentials: undefined };
  const chosen = choose?.(input);
  if (choose !== undefined && command !== undefined && command !== chosen)
    throw badData(declared, `The fields of the message choose ${chosen ?? 'no command'}, not ${command}.`);
  return message.write({
    ...(choose === undefined && command !== undefined ? { command } : {}),
    input: written(input, declared),
    ...(credentials && { credentials }),
  });
}

/** What is written of an input: without what the kind of the message says already, and what it leaves out. */
function written(input: object, declared: Declared): object {
  const { sets, leavesOut, body } = declared;
  if (sets.length === 0 && leavesOut.length === 0) return input;
  for (const { path, is } of sets) {
    const given = valueAt(input, path);
    if (given !== undefined && given !== is)
      throw badData(declared, `The field ${path.join('.')} of this message is always ${String(is)}.`, path);
  }
  const kept = leavesOut === 'rest' ? withPlacesOnly(input, body) : without(input, leavesOut);
  return without(
    kept,
    sets.map(({ path }) => path.join('.')),
  );
}

function envelopeIn(
  data: unknown,
  declared: Declared,
): { readonly command: string | undefined; readonly input: object; readonly credentials: Envelope['credentials'] } {
  const { command, input, credentials } = objectIn(data, declared) as {
    command?: unknown;
    input?: unknown;
    credentials?: Envelope['credentials'];
  };
  return { command: typeof command === 'string' && command !== '' ? command : undefined, input: objectIn(input, declared), credentials };
}

function objectIn(data: unknown, declared: Declared): object {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data;
  const { event, commands = [] } = declared.type;
  const meaning = event?.name ?? commands.map(({ name }) => name).join(', ');
  throw badData(declared, `The data does not have the shape of ${meaning || 'its reply'}.`);
}

function badData({ type }: Declared, says: string, path?: Path): MessageError {
  return messageErrors.WB_MESSAGE_FILE_BAD_DATA(
    `${typeName(type)} cannot be written. ${says}`,
    path === undefined ? {} : { at: path.join('.') },
  );
}
