import { findBug, runScene } from '../../../test/order-rig/calibration/calibrate.ts';
import { plantedBugs } from '../../../test/order-rig/calibration/planted.ts';
import { type SceneName, scenes } from '../../../test/order-rig/calibration/scenes.ts';
import { type Bar, none } from './bar.ts';

/** The rig itself: it says nothing of kernels without bugs, and finds each bug that is planted in one. */
export async function calibration(): Promise<readonly Bar[]> {
  const bars: Bar[] = [];
  for (const scene of Object.keys(scenes) as readonly SceneName[]) {
    const found = Object.values(await runScene(scene)).flat();
    bars.push(none(`calibration, ${scene}: found without a bug`, found.length));
  }
  const found: string[] = [];
  const names = Object.keys(plantedBugs);
  for (const name of names) {
    if ((await findBug(name)).length > 0) found.push(name);
    else process.stderr.write(`The rig does not find: ${name}.\n`);
  }
  const figure = `${found.length} of ${names.length}`;
  return [
    ...bars,
    { what: 'calibration: planted bugs that are found', figure, limit: `= ${names.length}`, kept: found.length === names.length },
  ];
}
