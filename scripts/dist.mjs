// What the compiler makes of a package. It neither sees that a file of its last build is gone, nor removes what it made of a source
// that is no longer there.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Written by the compiler about its last build; it believes them without looking. */
const notes = '.tsbuildinfo';

/** Removes from `dist` what no source stands for; it would be loaded by mistake, and published. */
export function removeStale(folder) {
  const expected = new Set([...outputs(folder), notes]);
  for (const file of filesIn(join(folder, 'dist'))) if (!expected.has(file)) rmSync(join(folder, 'dist', file));
}

/** Has the compiler make everything again where something is gone. */
export function forgetIncomplete(folder) {
  const isComplete = outputs(folder).every((file) => existsSync(join(folder, 'dist', file)));
  if (!isComplete) rmSync(join(folder, 'dist', notes), { force: true });
}

/** Relative to `dist`. */
function outputs(folder) {
  return filesIn(join(folder, 'src')).flatMap((file) => [file.replace(/\.ts$/, '.js'), file.replace(/\.ts$/, '.d.ts')]);
}

/** Relative to the folder; none where there is no such folder. */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
