// Brings the workspace from a fresh clone to a state in which its programs can run.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { forgetIncomplete, isPublished, removeStale } from './dist.mjs';
import { node, program, root, run, step } from './steps.mjs';

// Pinned here and nowhere else: a `packageManager` field would make pnpm look for a build of itself in the registry.
const pnpm = 'pnpm@12.21.0';
const stamp = join(root, 'node_modules', '.waybill', 'installed');

/** Installs what the lockfile says, unless that was done before, and builds. Answers whether both went well. */
export async function prepare() {
  return (await install()) && (await build());
}

async function install() {
  const wanted = fingerprint();
  if (existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  const installed = await step('install', () =>
    run('npx', ['-y', pnpm, 'install', '--frozen-lockfile'], { shell: process.platform === 'win32' }),
  );
  if (installed) {
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, wanted);
  }
  return installed;
}

/** Compiles every package that is not up to date, and bundles those that are published; afterwards, each `dist` is what the sources say. */
export function build() {
  return step('build', async () => {
    for (const folder of folders()) forgetIncomplete(folder);
    const code = await run(node, [program('typescript', 'tsc'), '-b', 'tsconfig.build.json']);
    for (const folder of folders()) if (!isPublished(folder)) removeStale(folder);
    return code === 0 ? run(node, ['scripts/bundle.mjs', ...folders().filter(isPublished)]) : code;
  });
}

/** Changes whenever an install could have something to do. */
function fingerprint() {
  const hash = createHash('sha256').update(pnpm);
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests()]) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function manifests() {
  const files = [...folders(), join(root, 'bench')].map((folder) => join(folder, 'package.json'));
  return files.filter((file) => existsSync(file)).map((file) => relative(root, file));
}

/** Of all packages. */
function folders() {
  return ['packages', 'plugins', 'examples'].flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)));
}
