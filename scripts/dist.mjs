// What is made of a package. The compiler neither sees that a file of its last build is gone, nor removes what it made of a source
// that is no longer there.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** Written by the compiler about its last build; it believes them without looking. */
const notes = '.tsbuildinfo';

/** The code of a published package is bundled; the compiler makes its declarations alone. Everything else is compiled as any program is. */
export function isPublished(folder) {
  return ['packages', 'plugins'].includes(basename(dirname(folder)));
}

/** Removes from `dist` what no source stands for; it would be loaded by mistake, and published. */
export function removeStale(folder, bundled = []) {
  const expected = new Set([...compiled(folder), ...bundled, notes]);
  for (const file of filesIn(join(folder, 'dist'))) if (!expected.has(file)) rmSync(join(folder, 'dist', file));
}

/** Has the compiler make everything again where something is gone. */
export function forgetIncomplete(folder) {
  const isComplete = compiled(folder).every((file) => existsSync(join(folder, 'dist', file)));
  if (!isComplete) rmSync(join(folder, 'dist', notes), { force: true });
}

/** What the compiler makes, relative to `dist`. */
function compiled(folder) {
  const kinds = isPublished(folder) ? ['.d.ts'] : ['.d.ts', '.js'];
  return filesIn(join(folder, 'src')).flatMap((file) => kinds.map((kind) => file.replace(/\.ts$/, kind)));
}

/** Relative to the folder; none where there is no such folder. */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
