// Judges carts, OCI calls and authentication by a folder of cases: `node packages/procurement/test/shared-cases/main.ts FOLDER`.
// The folder holds `cases.json`, `partners.json` and the files that they name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeOciCall } from './oci-calls.ts';
import { partnersOf } from './partners.ts';
import { judgeReceived } from './received.ts';
import { judgeReturn } from './returns.ts';
import { judgeValues } from './values.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say which folder the cases are in.');

/** A case as it stands in `cases.json`. */
export interface Case {
  readonly id: string;
  readonly kind: string;
  readonly files: readonly string[];
  readonly send?: { readonly to: string; readonly contentType: string };
  readonly steps?: readonly Step[];
  readonly forms?: readonly string[];
  readonly values?: readonly (readonly [text: string, value: string | null])[];
  readonly expect?: Record<string, unknown>;
  readonly profiles?: Record<string, Record<string, unknown>>;
  readonly unitMap?: Record<string, string>;
}

export interface Step {
  readonly send?: string;
  readonly to?: string;
  readonly expect?: Record<string, unknown>;
}

/** What is not as the case says; empty where all is. Undefined: the case is no concern of these rooms. */
export type Verdict = readonly string[] | undefined;

export const fileOf = (name: string): Buffer => readFileSync(join(folder, name));

const json = (name: string): unknown => JSON.parse(fileOf(name).toString('utf8'));
const partners = partnersOf(json('partners.json'));

async function judge(each: Case): Promise<Verdict> {
  switch (each.kind) {
    case 'receive':
    case 'story':
      return judgeReceived(each, partners, fileOf);
    case 'values':
      return judgeValues(each);
    case 'write-cxml':
    case 'write-oci':
      return judgeReturn(each, partners, fileOf);
    case 'oci':
      return judgeOciCall(each, partners, fileOf);
    default:
      return undefined;
  }
}

let failed = 0;
let passed = 0;
for (const each of json('cases.json') as readonly Case[]) {
  const verdict = await judge(each).catch((error: unknown) => [String(error)]);
  if (verdict === undefined) continue;
  if (verdict.length === 0) passed += 1;
  else failed += 1;
  process.stdout.write(`${verdict.length === 0 ? 'ok    ' : 'WRONG '} ${each.id}\n${verdict.map((what) => `         ${what}\n`).join('')}`);
}
process.stdout.write(`${passed} cases are as they have to be, ${failed} are not.\n`);
if (failed > 0 || passed === 0) process.exitCode = 1;
