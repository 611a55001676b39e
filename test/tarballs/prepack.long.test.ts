import { cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeFolder, removeFolder, temporaryFolder } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/generate/workspace.ts';
import { type Ended, run } from '../house/commands.ts';

const room = join('packages', 'contract');

/** A clone that has one package, as it comes from the repository: nothing is installed and nothing is built. */
async function cloneTo(folder: string): Promise<void> {
  await cp(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  await cp(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
  const filter = (source: string) => !['dist', 'node_modules'].includes(basename(source));
  await cp(join(root, room), join(folder, room), { recursive: true, filter });
}

async function install(folder: string): Promise<void> {
  for (const modules of ['node_modules', join(room, 'node_modules')]) await symlink(join(root, modules), join(folder, modules), 'junction');
}

async function installed(): Promise<string> {
  const folder = await temporaryFolder();
  await cloneTo(folder);
  await install(folder);
  return folder;
}

const pack = (folder: string) => run('npm', ['pack', '--json'], { cwd: join(folder, room) });

/** What a tarball holds, by what npm says of it. */
const held = (stdout: string) =>
  (JSON.parse(stdout) as readonly { readonly files: readonly { readonly path: string }[] }[])[0]?.files.map(({ path }) => path);

describe('packing a package of a clone in which nothing is installed', () => {
  it('fails, says what to do, and leaves no tarball', async () => {
    const folder = await temporaryFolder();
    await cloneTo(folder);
    const { code, stderr } = await pack(folder);
    expect(code).not.toBe(0);
    expect(stderr).toContain('@waybill/contract cannot be packed: the repository is not installed. Run `npm run build`');
    expect((await readdir(join(folder, room))).filter((name) => name.endsWith('.tgz'))).toEqual([]);
  });
});

describe('packing a package of a clone in which everything is installed', () => {
  let folder: string;
  let first: Ended;

  beforeAll(async () => {
    folder = await makeFolder();
    await cloneTo(folder);
    await install(folder);
    first = await pack(folder);
  });
  afterAll(() => removeFolder(folder));

  it('builds it first', () => {
    const { code, stdout } = first;
    expect({ code, held: held(stdout) }).toEqual({
      code: 0,
      held: expect.arrayContaining(['dist/index.js', 'dist/index.d.ts']) as unknown,
    });
  });

  it('makes again what is gone, and leaves out what no source stands for', async () => {
    await rm(join(folder, room, 'dist', 'index.js'));
    await mkdir(join(folder, room, 'dist', 'former'));
    await writeFile(join(folder, room, 'dist', 'former', 'source.js'), '');
    const { stdout } = await pack(folder);
    expect(held(stdout)).toContain('dist/index.js');
    expect(held(stdout)).not.toContain('dist/former/source.js');
  });
});

describe('packing a package that is wrong', () => {
  it('fails where it does not compile', async () => {
    const folder = await installed();
    await writeFile(join(folder, room, 'src', 'index.ts'), "export const wrong: number = 'text';\n");
    const { code, stderr } = await pack(folder);
    expect(code).not.toBe(0);
    expect(stderr).toContain('@waybill/contract cannot be packed: it does not compile');
  });

  it('fails where its package.json promises what is not there', async () => {
    const folder = await installed();
    await rm(join(folder, room, 'src', 'index.ts'));
    const { code, stderr } = await pack(folder);
    expect(code).not.toBe(0);
    expect(stderr).toContain('names files that are not there: ./dist/index.d.ts, ./dist/index.js');
  });
});
