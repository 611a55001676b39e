import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder, removeFolder } from '@waybill/testing';
import { onTestFinished } from 'vitest';

/** A fresh folder in which the packages of this repository are installed. The caller removes it. */
export async function makeProjectFolder(): Promise<string> {
  const folder = await makeFolder();
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'), 'junction');
  return folder;
}

/** The same for one test. */
export async function temporaryProjectFolder(): Promise<string> {
  const folder = await makeProjectFolder();
  onTestFinished(() => removeFolder(folder));
  return folder;
}
