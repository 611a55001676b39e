import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { WaybillError } from '@waybill/contract';
import { readDocument, statusOf, writeDocument } from '../src/index.ts';

// Reads and writes every document of folders: `node test/run-samples.ts FOLDER…`. Those of a folder called `negative` have to be refused.

/** What was done with a document, and whether it is right. */
function verdictOf(text: string, isNegative: boolean): readonly [right: boolean, told: string] {
  try {
    const document = readDocument(text);
    if (isNegative) return [false, `read as ${document.type}`];
    const again = readDocument(writeDocument(document.type, document.input, { ...document, version: '1.2.071' }));
    const warnings = document.warnings.map((warning) => `\n       ${warning}`).join('');
    return [isDeepStrictEqual(plain(again.input), plain(document.input)), `${document.type}${warnings}`];
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error;
    const { code } = statusOf(error);
    return [isNegative && (code === 406 || code === 400), `${code} ${error.message}`];
  }
}

/** Undefined members are as good as absent. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

let wrong = 0;
for (const folder of process.argv.slice(2)) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.xml'))) {
    const [right, told] = verdictOf(readFileSync(join(folder, file), 'utf8'), /negative\/?$/.test(folder));
    if (!right) wrong += 1;
    console.log(`${right ? 'right' : 'WRONG'}  ${file}: ${told}`);
  }
}
console.log(`${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
