// Counts for a machine what all checks came to, from the reports alone: prints `N passed, N failed[, N skipped]`.
// Arguments: the exit code of the checks, whose reports are counted, then `name=exit-code` of further commands.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reports } from './steps.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };
const read = (file) => (existsSync(join(reports, file)) ? JSON.parse(readFileSync(join(reports, file), 'utf8')) : undefined);
const count = (passed) => {
  total[passed ? 'passed' : 'failed'] += 1;
};

function countTests({ testResults }) {
  for (const { status, assertionResults } of testResults) {
    for (const test of assertionResults) total[test.status in total ? test.status : 'skipped'] += 1;
    // A test file that cannot even be loaded has no tests; it is one failure.
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) count(false);
  }
}

for (const step of read('steps.json') ?? []) {
  const report = step.report && read(step.report);
  const failedBefore = total.failed;
  if (report) countTests(report);
  // A step that counts tests stands for itself only when it failed and no test says why.
  if (!report || (!step.passed && total.failed === failedBefore)) count(step.passed);
}
const [checks, ...commands] = process.argv.slice(2);
if (checks !== '0' && total.failed === 0) count(false);
for (const command of commands) {
  count(command.endsWith('=0'));
  if (!command.endsWith('=0')) process.stdout.write(`${command.replace('=', ' ended with exit code ')}\n`);
}
if (total.passed === 0 && total.failed === 0) count(false);

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
