import type { ManifestNode } from '../read/node.ts';
import { plainValue } from './setting-schema.ts';

/** What stands in the place of a secret that code has put into a manifest. */
const hidden = '***';

/** A manifest as it is written, placeholders included, as a JSON value. A secret itself can only stand in one that code has put together; it is hidden. */
export function withoutSecrets(written: ManifestNode, secrets: readonly string[]): unknown {
  const text = JSON.stringify(plainValue(written, new Map()), (_, value: unknown) =>
    typeof value === 'string' && secrets.some((secret) => value.includes(secret)) ? hidden : value,
  );
  return JSON.parse(text);
}
