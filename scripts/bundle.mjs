// Makes of each published package one module for each of its entries, and one for each part that it loads later. What starts fast and
// lies small in memory has few modules: Node spends half a millisecond and 50 kB on each. Needs the Node of the workspace.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { removeStale } from './dist.mjs';

/** Modules that a package starts by their names, as threads, processes and programs: no `exports` and no import leads to them. */
const started = {
  cli: ['main', 'crashtest/child'],
  sim: ['main'],
  sqlite: ['serving/main'],
  testing: ['transport/crash-child'],
  'journal-sqlite': ['worker/thread'],
  'transport-mq': ['host/main'],
  'transport-queue': ['thread/worker'],
};

for (const folder of process.argv.slice(2)) keep(folder, await bundled(folder));

/** Of each module of `dist` its text, by its path there. */
async function bundled(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const exported = Object.values(exports).flatMap(({ default: file }) => (file ? relative('dist', file).replace(/\.js$/, '') : []));
  const entries = [...exported, ...(started[basename(folder)] ?? [])].map((entry) => [entry, join(folder, 'src', `${entry}.ts`)]);
  const bundle = await rolldown({
    // An entry without its source is found by those who look whether `dist` holds what was promised.
    input: Object.fromEntries(entries.filter(([, source]) => existsSync(source))),
    platform: 'node',
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    // What was written is what runs.
    treeshake: false,
    onwarn: (warning) => fail(folder, warning.message),
  });
  const { output } = await bundle.generate({ format: 'esm', comments: false, polyfillRequire: false, chunkFileNames: 'part-[name].js' });
  await bundle.close();
  return new Map(output.map(({ fileName, code }) => [fileName, code]));
}

function keep(folder, modules) {
  for (const [name, code] of modules) write(join(folder, 'dist', name), code);
  removeStale(folder, [...modules.keys()]);
}

/** In one step, and only when there is something new: another process may be loading it. */
function write(file, text) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

function fail(folder, why) {
  process.stderr.write(`${folder} cannot be bundled: ${why}\n`);
  process.exit(1);
}
