import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { dtdErrors } from './errors.ts';
import type { LoadDtdFile } from './parsing/parameter-entities.ts';

/**
 * Gives the files below a folder to `parseDtd`, as its `load`. Throws `WB_XML_DTD_ADDRESS` for a file that lies elsewhere, such as one that a
 * symbolic link leads to.
 */
export function filesBelow(folder: string): LoadDtdFile {
  const home = realpathSync(folder);
  return (path, at) => {
    const file = join(home, path);
    if (!(statSync(file, { throwIfNoEntry: false })?.isFile() ?? false)) return undefined;
    const real = realpathSync(file);
    if (!real.startsWith(home.endsWith(sep) ? home : home + sep))
      throw dtdErrors.WB_XML_DTD_ADDRESS(`The module ${path} lies outside of the folder of the DTD.`, { at });
    return readFileSync(real);
  };
}
