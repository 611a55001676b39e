import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { hasVehicle, makeFolder, removeFolder, temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../house/commands.ts';
import { type Surroundings, settleIn, takeFirstSteps } from './first-steps.ts';

/** A folder that others may enter too: what a test drops its rights for has to be reached. */
async function openFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await chmod(folder, 0o755);
  return folder;
}

/** Nobody, as programs are started that need no rights: the modules cannot be written to, only the data. */
async function asNobody(folder: string): Promise<Surroundings | undefined> {
  await run('chmod', ['-R', 'a+rX,a-w', folder]);
  for (const name of ['data', 'exchange']) {
    await mkdir(join(folder, name), { recursive: true });
    await chmod(join(folder, name), 0o777);
  }
  if (process.getuid?.() !== 0) return {};
  const dropping = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] as const;
  const { code } = await run(dropping[0], [...dropping.slice(1), 'true']).catch(() => ({ code: 1 }));
  if (!hasVehicle('setpriv', () => code === 0, 'nothing was run without rights')) return undefined;
  return { command: [...dropping, process.execPath], env: { HOME: '/nonexistent' } };
}

describe('the first steps', () => {
  it.each([
    ['blanks and quotes', `ein "Ordner" von 'uns'`],
    ['accents and other scripts', 'Bestellungen für Zürich 订单'],
    ['what means something in an address', 'a#b%20c?d&e=f+g;h'],
    ['what means something to a shell or a pattern', '[x]{y}(z)*!$HOME'],
    // SQLite opens no file whose path is longer than 512 bytes.
    ['a path of 440 bytes', Array.from({ length: 7 }, () => 'd'.repeat(60)).join('/')],
  ])('are taken in a folder with %s', async (_, name) => {
    expect(await takeFirstSteps(await settleIn(join(await temporaryFolder(), name)))).toBe(0);
  });

  it('are taken in a folder that a link leads to', async () => {
    const place = await temporaryFolder();
    await settleIn(join(place, 'real'));
    await symlink('real', join(place, 'link'));
    expect(await takeFirstSteps(join(place, 'link'))).toBe(0);
    expect(await readdir(join(place, 'real', 'data'))).toContain('journal.db');
  });

  it('are taken from another folder', async () => {
    const folder = await settleIn(join(await temporaryFolder(), 'somebody'));
    const from = await temporaryFolder();
    expect(await takeFirstSteps(folder, { from })).toBe(0);
    expect(await readdir(from)).toEqual([]);
  });

  it('are taken where nobody may write but to the data', async () => {
    const folder = await settleIn(join(await openFolder(), 'somebody'));
    const surroundings = await asNobody(folder);
    // What is moved into the folder of the exchange is moved out of this one.
    await chmod(folder, 0o777);
    expect(surroundings ? await takeFirstSteps(folder, surroundings) : 0).toBe(0);
    await run('chmod', ['-R', 'u+w', folder]);
  });

  it('are taken without a home, a place for temporary files or a mask that lets others read', async () => {
    const folder = await settleIn(join(await temporaryFolder(), 'somebody'));
    const env = { HOME: undefined, XDG_CACHE_HOME: undefined, TMPDIR: '/nonexistent' };
    expect(await takeFirstSteps(folder, { command: ['sh', '-c', 'umask 077; exec "$0" "$@"', process.execPath], env })).toBe(0);
    expect((await stat(join(folder, 'data', 'journal.db'))).mode & 0o077).toBe(0);
  });

  it('are taken with the project on one volume and the temporary files on another', async () => {
    const other = await mkdtemp('/dev/shm/waybill-').catch(() => undefined);
    if (!hasVehicle('a volume in memory', () => other !== undefined, 'nothing was run on another volume') || other === undefined) return;
    onTestFinished(() => rm(other, { recursive: true, force: true }));
    const here = await makeFolder();
    onTestFinished(() => removeFolder(here));
    expect((await stat(other)).dev).not.toBe((await stat(here)).dev);
    expect(await takeFirstSteps(await settleIn(join(other, 'somebody')), { env: { TMPDIR: here } })).toBe(0);
  });
});
