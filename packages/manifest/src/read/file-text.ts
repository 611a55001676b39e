import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Why a file cannot be read, as the end of a sentence, and what to do. */
export interface Unreadable {
  readonly why: string;
  readonly hint: string;
}

const largest = 4 * 1024 ** 2;

const naming = 'A manifest is a file such as waybill.json, waybill.jsonc, waybill.yaml or waybill.yml.';

/** What a file is that tells neither by its name. */
export const nameless: Unreadable = { why: 'it is neither JSON nor YAML by its name', hint: naming };

/** The text of a file without its byte order mark, or why there is none. */
export function readText(file: string): { readonly text: string } | Unreadable {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > largest) return { why: 'it is larger than 4 MB', hint: 'Look whether it is the right file.' };
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return { why: 'it is not UTF-8 text', hint: 'Save it in UTF-8.' };
    return refused(file, (error as NodeJS.ErrnoException).code);
  }
}

function refused(file: string, code: string | undefined): Unreadable {
  if (code === 'ENOENT') return { why: 'there is no such file', hint: naming };
  if (code === 'EISDIR') return { why: 'it is a folder', hint: `Name the file in it, such as ${join(file, 'waybill.json')}.` };
  if (code === 'EACCES' || code === 'EPERM')
    return { why: 'this user may not read it', hint: 'Give the user that runs Waybill the right to read it, and to enter its folder.' };
  return { why: `the system says ${code}`, hint: 'Check the path, and the disk that it is on.' };
}
