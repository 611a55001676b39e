import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@waybill/testing';
import { expect, it, vi } from 'vitest';
import { lacking } from './poor-file-system.ts';
import { openWorld } from './world.ts';

vi.mock('node:fs/promises', async (original) => (await import('./poor-file-system.ts')).poorFileSystem(await original()));

/** Numbers from 0 to below 1, the same in each run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const pairs = 60;

it.each([1, 2])(
  'no file is lost, doubled or blocked on the poorest disk, while listeners come and go and files are open elsewhere (%i)',
  async (seed) => {
    const roll = dice(seed);
    const world = await openWorld({ done: 'done', lease: '1h' });
    lacking({ ignoresCase: true, noLinks: 'EISDIR', noFolderSync: { at: 'open', errno: 'EISDIR' }, numbers: 'changing', coarse: 2 });
    lacking({
      otherDisk: join(world.folder, 'done'),
      refuses: (from) => (from.startsWith(world.folder) && roll() < 0.2 && mayBeRefused(from) ? 'EBUSY' : undefined),
    });
    // Each time the listener waits twice as long: without a limit, one file in a thousand would take longer than this test.
    const refused = new Map<string, number>();
    const mayBeRefused = (path: string): boolean => {
      const times = refused.get(path) ?? 0;
      refused.set(path, times + 1);
      return times < 3;
    };
    const settled: string[] = [];
    const ids = new Map<string, Set<string | undefined>>();
    const start = async () => {
      const desk = await world.listen({ concurrency: 4 });
      desk.automatically((held) => {
        ids.set(held.text, (ids.get(held.text) ?? new Set()).add(held.id));
        const end = roll();
        if (end < 0.2) return held.retry(5);
        if (end < 0.3) return held.settle({ outcome: 'released' });
        settled.push(held.text);
        if (end < 0.4) held.reject();
        else held.accept();
      });
      return desk;
    };
    let desk = await start();
    for (let pair = 0; pair < pairs; pair++) {
      // The second has the name of the first one for such a disk: it is dropped when the first one has been claimed.
      for (const name of [`a${pair}.xml`, `A${pair}.xml`]) {
        await eventually(async () => !(await world.names()).includes(`a${pair}.xml`), { what: 'the name to be free' });
        // Whole, as a writer does for a listener that waits for nothing: it would be read while it is still empty.
        await writeFile(join(world.folder, '..', 'part'), `<${name}/>`);
        await rename(join(world.folder, '..', 'part'), join(world.folder, name));
      }
      if (roll() > 0.2) continue;
      await desk.stop();
      desk = await start();
    }
    await eventually(() => settled.length >= 2 * pairs, { what: 'all files to be settled', within: 30_000 });
    await desk.stop();
    expect(settled.length).toBe(2 * pairs);
    expect([new Set(settled).size, ids.size, [...ids.values()].filter((of) => of.size > 1)]).toEqual([2 * pairs, 2 * pairs, []]);
    expect(await world.names()).toEqual(['done', 'rejected']);
    expect((await world.names('done')).length + (await world.names('rejected')).length).toBe(2 * pairs);
  },
);
