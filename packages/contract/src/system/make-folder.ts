import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those above it that are missing. Throws the error of the system where that cannot be done. Node's own
 * `recursive` never comes back where a file system answers "not there" for a folder that cannot be made, as `/proc` does, and
 * a thread that hangs in it keeps its process from ending.
 */
export function makeFolder(path: string, options: { readonly mode?: number | undefined } = {}): void {
  try {
    mkdirSync(path, options);
  } catch (error) {
    if (isFolder(path)) return;
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path || isFolder(parent)) throw error;
    makeFolder(parent, options);
    // Another process may have made it meanwhile.
    makeFolder(path, options);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
