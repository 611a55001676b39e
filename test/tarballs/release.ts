import { cp, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { published, root } from '../../scripts/generate/workspace.ts';
import { program, runWell } from '../house/commands.ts';

/** By which part of its version a package grows. */
export type Growth = 'major' | 'minor' | 'patch';

/** Left out of a copy: what is not published and what is large. */
const unpublished = new Set(['node_modules', 'src', 'test', '.tsbuildinfo']);

/** A copy of everything that is published, in `folder`, at the versions that the next release gives it. */
export async function rehearseRelease(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'rehearsal', version: '0.0.0', private: true }));
  await cp(join(root, 'pnpm-workspace.yaml'), join(folder, 'pnpm-workspace.yaml'));
  await cp(join(root, '.changeset'), join(folder, '.changeset'), { recursive: true });
  for (const each of published) {
    const filter = (source: string) => !unpublished.has(basename(source));
    await cp(join(root, each.folder), join(folder, each.folder), { recursive: true, filter });
  }
  await runWell('git', ['init', '--quiet'], { cwd: folder });
  await version(folder);
}

/** One more release in such a copy, in which the named packages grow. */
export async function releaseAgain(folder: string, growth: Readonly<Record<string, Growth>>): Promise<void> {
  const lines = Object.entries(growth).map(([name, part]) => `'${name}': ${part}\n`);
  await mkdir(join(folder, '.changeset'), { recursive: true });
  await writeFile(join(folder, '.changeset', 'rehearsed.md'), `---\n${lines.join('')}---\n\nRehearsed.\n`);
  await version(folder);
}

async function version(cwd: string): Promise<void> {
  // Changelogs name the commit of each change.
  const author = ['-c', 'user.name=Rehearsal', '-c', 'user.email=rehearsal@example.org', '-c', 'commit.gpgsign=false'];
  await runWell('git', ['add', '--all', '--force'], { cwd });
  await runWell('git', [...author, 'commit', '--quiet', '--message', 'Rehearse a release'], { cwd });
  await runWell(process.execPath, [program('@changesets/cli', 'changeset'), 'version'], { cwd });
}
