import { type TSchema } from '@waybill/contract';
import { secretPaths } from '@waybill/contract/host';

/** What is shown in place of a secret. Decoded messages end up in tickets and chats. */
export const hidden = '***';

/** A copy of `value` in which everything that `schema` declares as secret is hidden. */
export function withoutSecrets(schema: TSchema, value: unknown): unknown {
  return secretPaths(schema).reduce((masked, path) => hide(masked, path.split('.')), value);
}

function hide(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value === undefined ? undefined : hidden;
  if (Array.isArray(value)) return key === '*' ? value.map((item) => hide(item, rest)) : value;
  if (typeof value !== 'object' || value === null || !(key in value)) return value;
  return { ...value, [key]: hide((value as Readonly<Record<string, unknown>>)[key], rest) };
}
