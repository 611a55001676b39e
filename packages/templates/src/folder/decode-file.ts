import type { Problem } from '../problem.ts';
import type { FolderFile } from './read-folder.ts';

/** The text of a file, with line feeds alone. Files are UTF-8. */
export function decodeFile({ path, bytes }: FolderFile, problems: Problem[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll(/\r\n?/g, '\n');
  } catch {
    problems.push({ file: path, what: 'It is not written in UTF-8.' });
    return '';
  }
}
