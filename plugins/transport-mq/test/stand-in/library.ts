import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
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
  for (const path of [...files.map((file) => join(sources, file)), join(include, 'unix/cmqc.h')]) hash.update(readFileSync(path));
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  if (!existsSync(folder)) compile(include, folder);
  return folder;
}

/** Other test files may do the same at this moment: whoever is first gives it its name. */
function compile(include: string, folder: string): void {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'draft-'));
  const flags = ['-std=c++17', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', `-I${join(include, 'unix')}`, `-I${include}`];
  // All files as one: the headers of the language are read once then, in a third of the time.
  const input = globSync(join(sources, '*.cpp')).map((file) => `#include "${file}"\n`);
  execFileSync(compiler, [...flags, '-o', join(draft, 'libmqm_r.so'), '-x', 'c++', '-'], {
    input: input.join(''),
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
}

/** The folder of the package with IBM's headers. */
function headers(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('ibmmq/package.json')), 'src');
  } catch {
    return undefined;
  }
}
