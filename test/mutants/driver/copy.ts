import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * A copy of the sources, as they are now, in a temporary folder. What was installed and built is linked: another package is as built
 * in the original. `remove` deletes it.
 */
export async function copyOf(root: string): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-mutants-'));
  const files = listed(root).filter((file) => existsSync(join(root, file)));
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(root, file), join(folder, file));
  }
  const packages = files.filter((file) => file.endsWith('package.json')).map((file) => dirname(file));
  for (const place of packages.flatMap((each) => [join(each, 'node_modules'), join(each, 'dist')])) {
    if (existsSync(join(root, place))) await symlink(join(root, place), join(folder, place), 'junction');
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

function listed(root: string): readonly string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim().split('\n');
}
