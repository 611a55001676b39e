import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalEntry } from '@waybill/contract';
import { eventually } from '@waybill/testing';
import type { World } from './world.ts';

/** Lays a file into the folder that the kernel reads, whole at once. */
export async function lay({ folder }: World, name: string, body: Uint8Array | string): Promise<void> {
  const written = join(folder, 'exchange', `.${name}.tmp`);
  await writeFile(written, body);
  await rename(written, join(folder, 'exchange', 'in', name));
}

/** Resolves when a file has arrived in a folder next to the one it was laid into. */
export async function arrival(world: World, folder: 'done' | 'rejected', name: string): Promise<string> {
  const path = join(world.folder, 'exchange', 'in', folder);
  await eventually(async () => (await readdir(path)).includes(name), { what: `${name} in ${folder}`, within: 30_000 });
  return join(path, name);
}

/** The files that still lie where they were laid. */
export async function filesLeft({ folder }: World): Promise<readonly string[]> {
  const entries = await readdir(join(folder, 'exchange', 'in'), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
}

/** What was parked of a file. */
export async function parkedFile({ kernel }: World, name: string): Promise<JournalEntry | undefined> {
  for (const { id } of (await kernel.desk.list({ state: 'parked', entry: 'files', limit: 1_000 })).rows) {
    const entry = await kernel.desk.show({ direction: 'in', entry: 'files', id });
    if (entry?.message?.properties['file-name'] === name) return entry;
  }
  return undefined;
}
