// Runs the shared cases against the pack, a kernel and the toolkit of procurement, and says of each whether it comes out right:
// node_modules/node/bin/node plugins/pack-procurement/test/cases/main.ts FOLDER [ID ...]
import { type Case, Cases } from './case.ts';
import { judgeMachine } from './machine.ts';

const [folder = '', ...wanted] = process.argv.slice(2);
const cases = new Cases(folder);
let wrong = 0;
for (const each of cases.all.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
  const faults = await faultsOf(each);
  if (faults.length > 0) wrong += 1;
  process.stdout.write(`${faults.length === 0 ? 'ok   ' : 'WRONG'} ${each.id}\n${faults.map((fault) => `        ${fault}\n`).join('')}`);
}
process.stdout.write(`${wrong} wrong\n`);
process.exitCode = wrong === 0 ? 0 : 1;

async function faultsOf(given: Case): Promise<readonly string[]> {
  try {
    return await judged(given);
  } catch (error) {
    return [`throws ${error instanceof Error ? error.stack : String(error)}`];
  }
}

function judged(given: Case): readonly string[] | Promise<readonly string[]> {
  switch (given.kind) {
    case 'machine':
      return judgeMachine(given);
    default:
      return ['nobody judges it yet'];
  }
}
