import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { complaintsAbout, type MailCase } from './judge.ts';

// Judges the mails of a folder that has a cases.json: `node test/mails/run-cases.ts FOLDER`, by default those beside this file.
const folder = process.argv[2] ?? import.meta.dirname;
const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as readonly MailCase[];

let wrong = 0;
for (const one of cases) {
  const complaints = complaintsAbout(one, readFileSync(join(folder, one.file)));
  if (complaints.length > 0) wrong++;
  console.log(`${complaints.length === 0 ? 'right' : 'WRONG'}  ${one.id}${complaints.map((each) => `\n       ${each}`).join('')}`);
}
console.log(`${cases.length} mails, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
