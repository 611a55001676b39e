import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Problem } from '../problem.ts';
import { type FileName, readFileName } from './file-name.ts';

export type FolderFile = FileName & { readonly bytes: Buffer };

/** A folder of templates is written by people. What is larger than this is something else. */
const limits = { files: 5_000, text: 1_000_000, asset: 10_000_000, all: 200_000_000 };

/** Reads every file of the folder once, and none outside of it: links are not followed. */
export function readFolder(folder: URL | string, problems: Problem[]): readonly FolderFile[] {
  const root = folder instanceof URL || folder.startsWith('file:') ? fileURLToPath(folder) : folder;
  const files: FolderFile[] = [];
  let all = 0;
  for (const path of pathsIn(root, '', problems)) {
    const name = readFileName(path);
    if (!name) continue;
    const { size } = statSync(join(root, path));
    const most = name.kind === 'asset' ? limits.asset : limits.text;
    all += size;
    if (size > most) problems.push({ file: path, what: `It has ${size} bytes, and may have ${most}.` });
    else if (files.length >= limits.files || all > limits.all) return tooMuch(files, problems);
    else files.push({ ...name, bytes: readFileSync(join(root, path)) });
  }
  return files;
}

function tooMuch(files: readonly FolderFile[], problems: Problem[]): readonly FolderFile[] {
  problems.push({ what: `The folder holds more than ${limits.files} files or ${limits.all} bytes: is it the right one?` });
  return files;
}

function* pathsIn(root: string, below: string, problems: Problem[]): Generator<string> {
  for (const entry of entriesOf(root, below, problems)) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isSymbolicLink()) problems.push({ file: path, what: 'It is a link. Files of the folder itself are read, and no others.' });
    else if (entry.isDirectory()) yield* pathsIn(root, path, problems);
    else if (entry.isFile()) yield path;
  }
}

/** In an order that is the same on every machine. */
function entriesOf(root: string, below: string, problems: Problem[]): readonly Dirent[] {
  try {
    return readdirSync(join(root, below), { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    problems.push({ file: below || undefined, what: `The folder cannot be read: ${(error as Error).message}.` });
    return [];
  }
}
