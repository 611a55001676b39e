// Runs the shared cases against the pack, a kernel and the toolkit of procurement, and says of each whether it comes out right:
// node_modules/node/bin/node plugins/pack-procurement/test/cases/main.ts FOLDER [ID ...]
import { judgeAnswers } from './answers.ts';
import { type Case, Cases } from './case.ts';
import { judgeHeaders } from './headers.ts';
import { judgeMachine } from './machine.ts';
import { judgeMultipart } from './multipart.ts';
import { judgeOciCall, judgeOciNumbers } from './oci.ts';
import { judgeReceive } from './receive.ts';
import { judgeStory } from './story.ts';
import { judgeValues } from './values.ts';
import { judgeCxml } from './write-cxml.ts';

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
    case 'receive':
      return judgeReceive(given, cases);
    case 'multipart':
      return judgeMultipart(given, cases);
    case 'story':
      return judgeStory(given, cases);
    case 'values':
      return judgeValues(given, cases);
    case 'answers':
      return judgeAnswers(given, cases);
    case 'write-cxml':
      return judgeCxml(given, cases);
    case 'write-oci':
      return judgeOciNumbers(given, cases);
    case 'oci':
      return judgeOciCall(given, cases);
    case 'headers':
      return judgeHeaders(given, cases);
    case 'machine':
      return judgeMachine(given);
  }
}
