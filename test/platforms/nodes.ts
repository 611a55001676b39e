import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { hasVehicle, makeFolder, removeFolder } from '@waybill/testing';
import { root } from '../../scripts/generate/workspace.ts';
import { run } from '../house/commands.ts';

/** The oldest and a recent version of each line that is promised; that which everything else runs on is in `node_modules/node`. */
export const promised = ['22.22.3', '22.23.3', '24.15.0', '26.0.0', '26.12.1'];

/** The binary of a version of Node, or undefined where it cannot be had, which is said loudly. */
export async function binaryOf(version: string): Promise<string | undefined> {
  const binary = await nodeOf(version);
  return hasVehicle(`Node ${version}`, () => binary !== undefined, 'nothing was run on it') ? binary : undefined;
}

/** From its npm package; kept for the next time. Undefined where npm cannot bring it. */
async function nodeOf(version: string): Promise<string | undefined> {
  const kept = join(root, 'node_modules', '.waybill', 'nodes', version);
  const binary = join(kept, 'package', 'bin', 'node');
  if (existsSync(binary)) return binary;
  const folder = await makeFolder();
  try {
    const name = `node-${platform()}-${arch()}`;
    const packed = await run('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder]);
    if (packed.code !== 0) return undefined;
    const unpacked = await run('tar', ['-xzf', join(folder, packed.stdout.trim()), '-C', folder]);
    if (unpacked.code !== 0 || !existsSync(join(folder, 'package', 'bin', 'node'))) return undefined;
    mkdirSync(kept, { recursive: true });
    keep(join(folder, 'package'), join(kept, 'package'));
    return binary;
  } finally {
    await removeFolder(folder);
  }
}

/** Another test file may have brought the same version meanwhile. */
function keep(unpacked: string, place: string): void {
  try {
    renameSync(unpacked, place);
  } catch (error) {
    if (!existsSync(join(place, 'bin', 'node'))) throw error;
  }
}
