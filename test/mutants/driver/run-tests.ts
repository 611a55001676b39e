import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What became of some test files: `hanging` were ended at the limit, `unloadable` ran not one test. */
export type Ended = 'passed' | 'failed' | 'hanging' | 'unloadable';

export interface TestRun {
  readonly ended: Ended;
  /** Of all test files together, in milliseconds. */
  readonly took: number;
  /** The end of what was written. */
  readonly written: string;
}

interface Report {
  readonly numTotalTests: number;
}

/** Runs test files in a copy, up to the first failure. After `limit` milliseconds, the process and its children are ended. */
export async function runTests(folder: string, tests: readonly string[], limit: number, signal: AbortSignal): Promise<TestRun> {
  const report = join(folder, 'mutants-report.json');
  await rm(report, { force: true });
  const started = performance.now();
  const { code, hung, written } = await vitest(folder, [...tests, '--reporter=json', `--outputFile=${report}`], limit, signal);
  signal.throwIfAborted();
  const took = performance.now() - started;
  if (hung) return { ended: 'hanging', took, written };
  if (code === 0) return { ended: 'passed', took, written };
  const { numTotalTests } = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : { numTotalTests: 0 };
  return { ended: numTotalTests === 0 ? 'unloadable' : 'failed', took, written };
}

function vitest(folder: string, args: readonly string[], limit: number, signal: AbortSignal) {
  return new Promise<{ readonly code: number | null; readonly hung: boolean; readonly written: string }>((resolve, reject) => {
    // In a process group of its own: what the tests have started ends with it.
    const command = [join(folder, 'node_modules/vitest/vitest.mjs'), 'run', '--bail=1', ...args];
    const child = spawn(process.execPath, command, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let hung = false;
    let written = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (written = `${written}${text}`.slice(-4000)));
    }
    const end = () => endGroup(child.pid);
    const timer = setTimeout(() => {
      hung = true;
      end();
    }, limit);
    signal.addEventListener('abort', end);
    child.on('error', reject).on('exit', (code) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      end();
      resolve({ code, hung, written });
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}
