// What the root commands share. Runs on Node 20 without anything installed.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where reports of a run are kept: `steps.json`, and one `tests-….json` a test step. */
export const reports = process.env.WAYBILL_REPORTS ?? join(root, 'node_modules', '.waybill', 'reports');

/** The Node that the workspace brings along, so that every machine runs the same one. */
export const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Absolute path of the script behind a program of a root devDependency. Run it with `node`. */
export function program(packageName, name = packageName) {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in the root folder with our output as its output; `held` shows it only when the program has ended, so that what
 * runs side by side does not mix. Resolves with its exit code; a program that died of a signal counts as 128 + the signal's number,
 * as in a shell.
 */
export function run(command, args, { env = {}, cwd = root, detached = false, shell = false, held = false } = {}) {
  const output = held ? 'pipe' : 'inherit';
  const child = spawn(command, args, {
    cwd,
    detached,
    shell,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...env, PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) },
  });
  const release = passSignalsTo(child);
  const written = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => written.push(chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => {
      release();
      process.stderr.write(`Cannot run ${command}: ${error.message}\n`);
      resolve(127);
    });
    // All output has come by the time of `close`; a child of the program may hold on to the output that it shares with us.
    child.on(held ? 'close' : 'exit', (code, signal) => {
      release();
      process.stdout.write(Buffer.concat(written));
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

function passSignalsTo(child) {
  let last = 0;
  const pass = (signal) => {
    interrupted = true;
    // One Ctrl-C can arrive twice: from the terminal, and from npm, which passes on what it got from the terminal.
    if (Date.now() - last > 300) child.kill(signal);
    last = Date.now();
  };
  for (const signal of passedOn) process.on(signal, pass);
  return () => {
    for (const signal of passedOn) process.off(signal, pass);
  };
}

let interrupted = false;
let reporting = false;
const results = [];

/**
 * Runs one step, prints its name before and its outcome after, and keeps the result. Answers whether it passed.
 * `report` names the file among the reports in which the step counts tests of its own.
 */
export async function step(name, action, report) {
  if (interrupted) return false;
  process.stdout.write(`\n── ${name}\n`);
  const start = performance.now();
  const code = await action();
  const seconds = (performance.now() - start) / 1000;
  results.push({ name, passed: code === 0, seconds, report });
  keepResults();
  process.stdout.write(`── ${name}: ${code === 0 ? 'passed' : `FAILED (exit code ${code})`} in ${seconds.toFixed(1)} s\n`);
  return code === 0;
}

/** Forgets the reports of the run before; from now on, results are written down after every step: a killed run leaves what it came to. */
export function startReport() {
  reporting = true;
  rmSync(reports, { recursive: true, force: true });
}

function keepResults() {
  if (!reporting || !existsSync(join(root, 'node_modules'))) return;
  mkdirSync(reports, { recursive: true });
  writeFileSync(join(reports, 'steps.json'), `${JSON.stringify(results, null, 2)}\n`);
}

/** Prints one line a step and answers the exit code. */
export function summary() {
  process.stdout.write('\n');
  for (const { name, passed, seconds } of results) {
    process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${seconds.toFixed(1).padStart(6)} s  ${name}\n`);
  }
  if (interrupted) process.stdout.write('Interrupted.\n');
  return !interrupted && results.length > 0 && results.every((result) => result.passed) ? 0 : 1;
}
