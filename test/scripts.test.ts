import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../scripts/generate/workspace.ts';
import { Program, run } from './house/commands.ts';

/** What the tally says of a run that has left these reports. */
async function tally(files: Readonly<Record<string, unknown>>, ...args: readonly string[]) {
  const reports = join(await temporaryFolder(), 'reports');
  await mkdir(reports);
  for (const [name, content] of Object.entries(files)) await writeFile(join(reports, name), JSON.stringify(content));
  const { code, stdout } = await run(process.execPath, ['scripts/tally.mjs', ...args], { env: { WAYBILL_REPORTS: reports } });
  return { code, last: stdout.trim().split('\n').at(-1) };
}

const file = (...statuses: readonly string[]) => ({
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});
const lint = { name: 'lint', passed: true };
const tests = { name: 'tests', passed: true, report: 'tests-packages.json' };

describe('the tally', () => {
  it('counts tests, and steps that count no tests of their own', async () => {
    const report = { testResults: [file('passed', 'passed'), file('passed', 'pending')] };
    const counted = await tally({ 'steps.json': [lint, tests], 'tests-packages.json': report }, '0', 'npm start=0');
    expect(counted).toEqual({ code: 0, last: '5 passed, 0 failed, 1 skipped' });
  });

  it('counts each failure once', async () => {
    const report = { testResults: [file('passed', 'failed')] };
    const steps = [lint, { ...tests, passed: false }];
    expect(await tally({ 'steps.json': steps, 'tests-packages.json': report }, '1', 'npm start=0')).toEqual({
      code: 1,
      last: '3 passed, 1 failed',
    });
  });

  it('counts a test file that cannot be loaded', async () => {
    const report = { testResults: [{ status: 'failed', assertionResults: [] }, file('passed')] };
    const steps = [{ ...tests, passed: false }];
    expect(await tally({ 'steps.json': steps, 'tests-packages.json': report }, '1', 'npm start=0')).toEqual({
      code: 1,
      last: '2 passed, 1 failed',
    });
  });

  it('counts a step that failed though its tests passed, or that has left no report', async () => {
    const report = { testResults: [file('passed')] };
    const steps = [
      { ...tests, passed: false },
      { name: 'house', passed: false, report: 'tests-house.json' },
    ];
    expect(await tally({ 'steps.json': steps, 'tests-packages.json': report }, '1', 'npm start=0')).toEqual({
      code: 1,
      last: '2 passed, 2 failed',
    });
  });

  it('does not take nothing for a success', async () => {
    expect(await tally({}, '1', 'npm start=1')).toEqual({ code: 1, last: '0 passed, 2 failed' });
    expect(await tally({}, '0')).toEqual({ code: 1, last: '0 passed, 1 failed' });
  });

  it('counts a start that failed', async () => {
    const report = { testResults: [file('passed')] };
    expect(await tally({ 'steps.json': [tests], 'tests-packages.json': report }, '0', 'npm start=1')).toEqual({
      code: 1,
      last: '1 passed, 1 failed',
    });
  });
});

describe('a root command that runs a program', () => {
  const steps = pathToFileURL(join(root, 'scripts', 'steps.mjs')).href;
  const program = `
    let count = 0;
    process.on('SIGINT', () => { console.log('signal ' + ++count); setImmediate(() => process.exit(7)); });
    setInterval(() => undefined, 2 ** 30);
    console.log('ready');`;

  it('passes a signal on, once however often it arrives at a time, and ends as the program ends', async () => {
    const wrapper = `import { run } from '${steps}'; process.exitCode = await run(process.execPath, ['-e', ${JSON.stringify(program)}], { detached: true });`;
    const running = new Program(process.execPath, ['--input-type=module', '-e', wrapper], { cwd: root });
    onTestFinished(() => running.kill());
    await running.line('ready');
    running.signal('SIGINT');
    running.signal('SIGINT');
    expect(await running.end()).toBe(7);
    expect(running.written.match(/signal/g)).toHaveLength(1);
  });

  it('answers as a shell does where a program died of a signal, and where there is none', async () => {
    const wrapper = `import { run } from '${steps}';
      console.log(await run(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")']), await run('no-such-program', []));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', wrapper]);
    expect(stdout).toBe('137 127\n');
  });
});
