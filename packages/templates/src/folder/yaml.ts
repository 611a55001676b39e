import { LineCounter, parseDocument } from 'yaml';
import type { Problem } from '../problem.ts';
import { decodeFile } from './decode-file.ts';
import type { FolderFile } from './read-folder.ts';

/** What a file of YAML or JSON says; undefined where it is not well written, which is a problem with its place. */
export function readYaml(file: FolderFile, problems: Problem[]): unknown {
  const lines = new LineCounter();
  const document = parseDocument(decodeFile(file, problems), { lineCounter: lines, uniqueKeys: true, strict: true });
  for (const { message, pos } of document.errors) {
    const { line, col } = lines.linePos(pos[0]);
    problems.push({ file: file.path, line, column: col, what: `${message.split('\n')[0]?.replace(/ at line.*$/s, '')}.` });
  }
  return document.errors.length > 0 ? undefined : toValue(() => document.toJS({ maxAliasCount: 100 }), file, problems);
}

function toValue(make: () => unknown, { path }: FolderFile, problems: Problem[]): unknown {
  try {
    return make();
  } catch (error) {
    problems.push({ file: path, what: `${(error as Error).message}.` });
    return undefined;
  }
}
