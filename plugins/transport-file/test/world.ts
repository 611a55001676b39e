import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Desk, type Outside, type RawSettings, Rig, temporaryFolder } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import file from '../src/index.ts';

export interface World {
  /** The folder of the connection. */
  readonly folder: string;
  readonly rig: Rig;
  readonly listen: (options?: { readonly concurrency?: number; readonly connection?: unknown }) => Promise<Desk>;
  readonly write: (name: string, text?: string) => Promise<void>;
  /** The names in a folder of the connection, sorted; without the hidden ones. */
  readonly names: (folder?: string) => Promise<readonly string[]>;
}

/** A connection to a fresh folder, for one test. Quick to look, and files are ready at once, unless `inbound` says otherwise. */
export async function openWorld(inbound: RawSettings = {}, outbound: RawSettings = {}): Promise<World> {
  const folder = join(await temporaryFolder(), 'exchange');
  await mkdir(folder);
  const world: Outside = { connection: { path: folder }, inbound: { every: '20ms', settle: '0ms', ...inbound }, outbound };
  const rig = await Rig.open(file, { prepare: async () => world });
  onTestFinished(() => rig.close());
  return {
    folder,
    rig,
    listen: (options) => rig.listen(options),
    write: (name, text = `<${name}/>`) => writeFile(join(folder, name), text),
    names: async (inner = '.') => (await readdir(join(folder, inner))).filter((name) => !name.startsWith('.')).toSorted(),
  };
}

/** The file a delivery came from. */
export function nameOf(held: {
  readonly delivery: { readonly message: { readonly properties: Readonly<Record<string, string>> } };
}): string {
  return held.delivery.message.properties['file-name'] ?? '';
}
