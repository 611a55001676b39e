import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'documents');

/** Documents as buyers write them, by name. */
export const samples: readonly (readonly [name: string, document: string])[] = readdirSync(folder)
  .filter((file) => file.endsWith('.xml'))
  .map((file) => [file.replace('.xml', ''), readFileSync(join(folder, file), 'utf8')] as const);

export function sample(name: string): string {
  const found = samples.find(([its]) => its === name);
  if (found === undefined) throw new TypeError(`There is no document ${name}.`);
  return found[1];
}

/** A document with another text in one place. Fails where that place is not there. */
export function changed(name: string, from: string, to: string): string {
  const document = sample(name);
  if (!document.includes(from)) throw new TypeError(`${name} has no ${from}.`);
  return document.replace(from, () => to);
}
