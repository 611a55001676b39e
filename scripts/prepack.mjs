// `prepack` of every published package, which npm and pnpm run in its folder before they pack or publish it. It builds, and fails
// where it cannot: without it npm packs an unbuilt package as one without code, and says nothing. All it writes goes to standard
// error, since `npm pack --json` writes its result to standard output.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { node, program } from './steps.mjs';

const folder = process.cwd();
const { name, exports, bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const notes = '.tsbuildinfo';

if (!existsSync(node)) refuse('the repository is not installed. Run `npm run build` in its root folder, then pack again');
// The compiler looks into its notes of the last build only, and would not see that a file of that build is gone.
if (outputs().some((file) => !existsSync(join(folder, 'dist', file)))) rmSync(join(folder, 'dist', notes), { force: true });
const built = spawnSync(node, [program('typescript', 'tsc'), '-b', folder], { stdio: ['ignore', 2, 2] });
if (built.status !== 0) refuse('it does not compile; the compiler says why above');
removeStale();
const missing = promised().filter((file) => !existsSync(join(folder, file)));
if (missing.length > 0) refuse(`its package.json names files that are not there: ${missing.join(', ')}`);

/** What the compiler makes of the sources, relative to `dist`. */
function outputs() {
  return filesIn('src').flatMap((file) => [file.replace(/\.ts$/, '.js'), file.replace(/\.ts$/, '.d.ts')]);
}

/** The compiler leaves what it made of a source that is no longer there; it would be published. */
function removeStale() {
  const expected = new Set([...outputs(), notes]);
  for (const file of filesIn('dist')) if (!expected.has(file)) rmSync(join(folder, 'dist', file));
}

function filesIn(part) {
  const entries = readdirSync(join(folder, part), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => file.slice(join(folder, part).length + 1));
}

/** Everything that `exports` and `bin` name. */
function promised() {
  return [exports, bin].flatMap(function texts(value) {
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : (value ?? []);
  });
}

function refuse(why) {
  process.stderr.write(`${name} cannot be packed: ${why}.\n`);
  process.exit(1);
}
