// `prepack` of every published package, which npm and pnpm run in its folder before they pack or publish it. It builds, and fails
// where it cannot: without it npm packs an unbuilt package as one without code, and says nothing. All it writes goes to standard
// error, since `npm pack --json` writes its result to standard output.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetIncomplete } from './dist.mjs';
import { node, program, root } from './steps.mjs';

const folder = process.cwd();
const { name, exports, bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

if (!existsSync(node)) refuse('the repository is not installed. Run `npm run build` in its root folder, then pack again');
forgetIncomplete(folder);
const built = spawnSync(node, [program('typescript', 'tsc'), '-b', folder], { stdio: ['ignore', 2, 2] });
if (built.status !== 0) refuse('it does not compile; the compiler says why above');
const bundled = spawnSync(node, [join(root, 'scripts', 'bundle.mjs'), folder], { stdio: ['ignore', 2, 2] });
if (bundled.status !== 0) refuse('it cannot be bundled; the reason stands above');
const missing = promised().filter((file) => !existsSync(join(folder, file)));
if (missing.length > 0) refuse(`its package.json names files that are not there: ${missing.join(', ')}`);

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
