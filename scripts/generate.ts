// Makes everything that is generated and committed: cards, tables in READMEs, error codes, API texts.
// Without arguments it writes what is stale; with `--check` it only says so and fails.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './generate/files.ts';
import { root, textOf } from './generate/workspace.ts';

const check = process.argv.includes('--check');
const { files, problems } = await generatedFiles();
const stale = [...files].filter(([file, text]) => textOf(file) !== text);

for (const [file, text] of stale) {
  process.stdout.write(`${check ? 'stale' : 'wrote'}  ${file}\n`);
  if (!check) writeFileSync(join(root, file), text);
}
for (const problem of problems) process.stdout.write(`cannot make  ${problem}\n`);
process.stdout.write(`${files.size} generated files, ${files.size - stale.length} were fresh.\n`);
if (check && stale.length > 0) process.stdout.write('Run `npm run generate` and commit the result.\n');
if (problems.length > 0 || (check && stale.length > 0)) process.exitCode = 1;
