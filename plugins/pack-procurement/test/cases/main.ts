// Runs the shared cases against the pack, a kernel and the toolkit of procurement, and says of each whether it comes out right:
// node_modules/node/bin/node plugins/pack-procurement/test/cases/main.ts FOLDER [ID ...] [--negative FOLDER]

import { parseArgs } from 'node:util';
import { judgeHeaders } from './browser/headers.ts';
import { judgeOciCall, judgeOciNumbers } from './carts/oci.ts';
import { judgeCxml } from './carts/write-cxml.ts';
import { type Case, Cases } from './case.ts';
import { judgeAnswers } from './documents/answers.ts';
import { judgeMultipart } from './documents/multipart.ts';
import { judgeNegative } from './documents/negative.ts';
import { judgeReceive } from './documents/receive.ts';
import { judgeStory } from './documents/story.ts';
import { judgeValues } from './documents/values.ts';
import { judgeMachine } from './machine.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { negative: { type: 'string' } } });
const [folder = '', ...wanted] = positionals;
const cases = new Cases(folder);
let wrong = 0;
for (const each of cases.all.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) tell(each.id, await faultsOf(each));
if (values.negative !== undefined) for (const [file, faults] of await judgeNegative(values.negative, cases)) tell(file, faults);
process.stdout.write(`${wrong} wrong\n`);
process.exitCode = wrong === 0 ? 0 : 1;

function tell(what: string, faults: readonly string[]): void {
  if (faults.length > 0) wrong += 1;
  process.stdout.write(`${faults.length === 0 ? 'ok   ' : 'WRONG'} ${what}\n${faults.map((fault) => `        ${fault}\n`).join('')}`);
}

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
