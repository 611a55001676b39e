import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { errors } from './errors.ts';

const names = ['waybill.json', 'waybill.jsonc', 'waybill.yaml', 'waybill.yml'];

/** The manifests that lie in a folder. */
export function manifestsIn(folder: string): readonly string[] {
  return names.map((name) => join(folder, name)).filter((file) => existsSync(file));
}

/** The manifest that was named, else the one of the working folder. Throws `WB_CLI_NO_MANIFEST`. */
export function manifestFile(named: string | undefined): string {
  if (named !== undefined) return named;
  const [only, second] = manifestsIn(process.cwd());
  if (only === undefined) throw errors.WB_CLI_NO_MANIFEST(`There is no manifest in ${process.cwd()}.`);
  if (second === undefined) return only;
  throw errors.WB_CLI_NO_MANIFEST(`Both ${only} and ${second} could be meant.`, { hint: 'Name the one that you mean.' });
}
