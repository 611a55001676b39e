import type { TSchema } from '@waybill/contract';
import { type Tag, taggedValues } from '@waybill/contract/host';

const tags: readonly Tag[] = ['secret', 'personal'];

/**
 * The error without what the schema tags as secret or personal of the value that the error is about: its text may go into logs
 * and into the journal, and stays there when the message is gone. A copy with its causes, of the same class; the error itself
 * where it tells nothing of that kind.
 */
export function withoutTagged<Thrown extends Error>(error: Thrown, schema: TSchema, value: unknown): Thrown {
  const values = taggedValues(schema, value, tags).filter((one) => one.trim() !== '');
  return values.length === 0 ? error : (withoutValues(error, values) as Thrown);
}

function withoutValues(thrown: unknown, values: readonly string[]): unknown {
  if (typeof thrown === 'string') return withoutWords(thrown, values);
  if (!(thrown instanceof Error)) return thrown;
  const changed = {
    message: withoutWords(thrown.message, values),
    stack: thrown.stack === undefined ? undefined : withoutWords(thrown.stack, values),
    cause: withoutValues(thrown.cause, values),
  };
  if (changed.message === thrown.message && changed.stack === thrown.stack && changed.cause === thrown.cause) return thrown;
  const copy = Object.create(Object.getPrototypeOf(thrown) as object, Object.getOwnPropertyDescriptors(thrown)) as Error;
  for (const [key, one] of Object.entries(changed))
    if (one !== undefined) Object.defineProperty(copy, key, { value: one, writable: true, configurable: true, enumerable: false });
  return copy;
}

/** Whole words only: a title "Mr" shall not spoil every word that contains it. */
function withoutWords(text: string, values: readonly string[]): string {
  const present = values.filter((value) => text.includes(value)).toSorted((one, other) => other.length - one.length);
  return present.reduce((rest, value) => rest.replaceAll(wordOf(value), '***'), text);
}

function wordOf(value: string): RegExp {
  const escaped = value.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, 'gu');
}
