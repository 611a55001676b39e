import { makeFolder, removeFolder } from '@waybill/testing';
import { type RigResult, runRig } from '../rig.ts';
import { plantedBugs } from './planted.ts';
import { type SceneName, scenes } from './scenes.ts';

/** What the rig says of a scene, with a planted bug or without one. */
export async function runScene(name: SceneName, bug?: string): Promise<RigResult> {
  const { source, isParallel, ...scene } = scenes[name];
  const folder = await makeFolder();
  try {
    const run = await runRig({ ...scene, folder, source: source(folder), bug, seed: 0 });
    const { lost, doubled, reordered, stuck, wronglyParked } = run;
    return { lost, doubled, reordered: isParallel ? [] : reordered, stuck, wronglyParked };
  } finally {
    await removeFolder(folder);
  }
}

/** What the rig finds of a planted bug, where it shows as it has to; empty where it does not. */
export async function findBug(name: string): Promise<readonly string[]> {
  const planted = plantedBugs[name];
  if (!planted) throw new Error(`There is no bug "${name}".`);
  const result = await runScene(planted.scene, name);
  return result[planted.shows];
}
