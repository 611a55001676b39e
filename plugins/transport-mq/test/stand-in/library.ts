import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { hasVehicle } from '@waybill/testing';

const sources = join(import.meta.dirname, 'library');
const cache = join(import.meta.dirname, '../../../../node_modules/.waybill/mq-stand-in');
const compiler = process.env['CXX'] ?? 'c++';

/** Whether the stand-in can be used here. Says loudly what is missing; `unchecked` is what is not checked then, as the rest of a sentence. */
export function hasStandIn(unchecked: string): boolean {
  return (
    hasVehicle(
      'Linux on x64, for which the package ibmmq is compiled',
      () => process.platform === 'linux' && process.arch === 'x64',
      unchecked,
    ) &&
    hasVehicle('the package ibmmq (npx pnpm install)', () => headers() !== undefined, unchecked) &&
    hasVehicle(`a C++ compiler (apt-get install g++, or CXX)`, () => spawnSync(compiler, ['--version']).status === 0, unchecked)
  );
}

/** The folder with `libmqm_r.so`. It is compiled once for each state of its sources, which takes a second. */
export function compiledLibrary(): string {
  const include = headers();
  if (include === undefined) throw new Error('The package ibmmq is not installed.');
  const files = globSync('*.{h,cpp}', { cwd: sources }).sort();
  const hash = createHash('sha256');
  for (const path of [import.meta.filename, ...files.map((file) => join(sources, file)), join(include, 'unix/cmqc.h')])
    hash.update(readFileSync(path));
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  compileOnce(include, folder);
  return folder;
}

/** One process compiles while others wait for it. A lock that is older than a minute is that of a process which was killed. */
function compileOnce(include: string, folder: string): void {
  mkdirSync(cache, { recursive: true });
  const lock = `${folder}.lock`;
  while (!existsSync(folder)) {
    if (!hasTaken(lock)) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      continue;
    }
    try {
      if (!existsSync(folder)) compile(include, folder);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
}

function hasTaken(lock: string): boolean {
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > 60_000) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

/** The folder gets its name last: what has the name is complete. */
function compile(include: string, folder: string): void {
  const draft = mkdtempSync(join(cache, 'draft-'));
  const flags = ['-std=c++17', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', `-I${join(include, 'unix')}`, `-I${include}`];
  // All files as one: the headers of the language are read once then, in a third of the time.
  const input = globSync(join(sources, '*.cpp')).map((file) => `#include "${file}"\n`);
  execFileSync(compiler, [...flags, '-o', join(draft, 'libmqm_r.so'), '-x', 'c++', '-'], {
    input: input.join(''),
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  renameSync(draft, folder);
}

/** The folder of the package with IBM's headers. Looked for as an import does it, which heeds no NODE_PATH. */
function headers(): string | undefined {
  try {
    const file = findPackageJSON('ibmmq', import.meta.url);
    return file && join(dirname(file), 'src');
  } catch {
    return undefined;
  }
}
