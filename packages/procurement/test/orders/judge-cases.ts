import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MachineCase, playMachine } from './support/machine.ts';

/** Plays the cases of kind `machine` of a folder: `node packages/procurement/test/orders/judge-cases.ts FOLDER`, where FOLDER holds a `cases.json`. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder that holds cases.json.');

interface Listed extends MachineCase {
  readonly kind: string;
}

const listed = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as readonly Listed[] | { readonly cases: readonly Listed[] };
const cases = ('cases' in listed ? listed.cases : listed).filter(({ kind }) => kind === 'machine');
for (const each of cases) {
  const faults = playMachine(each);
  console.log(`${faults.length === 0 ? 'right' : 'WRONG'} ${each.id} (${each.steps.length} steps)`);
  for (const fault of faults) console.log(`  ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
if (cases.length === 0) throw new Error(`${folder} has no case of kind machine.`);
