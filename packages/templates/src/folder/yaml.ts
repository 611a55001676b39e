import { createRequire } from 'node:module';
import type { Problem } from '../problem.ts';
import { decodeFile } from './decode-file.ts';
import type { FolderFile } from './read-folder.ts';

const require = createRequire(import.meta.url);

/** Loaded when the first file needs it: it costs a start 60 ms and 14 MB, which those who write JSON do not pay. */
const yaml = (): typeof import('yaml') => require('yaml');

/** What a file of YAML or JSON says; undefined where it is not well written, which is a problem with its place. */
export function readYaml(file: FolderFile, problems: Problem[]): unknown {
  const text = decodeFile(file, problems);
  if (file.path.endsWith('.json')) return readJson(text, file, problems);
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true });
  for (const { message, pos } of document.errors) {
    const { line, col } = lines.linePos(pos[0]);
    problems.push({ file: file.path, line, column: col, what: `${message.split('\n')[0]?.replace(/ at line.*$/s, '')}.` });
  }
  return document.errors.length > 0 ? undefined : toValue(() => document.toJS({ maxAliasCount: 100 }), file, problems);
}

function readJson(text: string, { path }: FolderFile, problems: Problem[]): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const [, line, column] = /line (\d+) column (\d+)/.exec((error as Error).message) ?? [];
    const what = 'It is not well written JSON from there on.';
    problems.push({ file: path, ...(line === undefined ? {} : { line: Number(line), column: Number(column) }), what });
    return undefined;
  }
}

function toValue(make: () => unknown, { path }: FolderFile, problems: Problem[]): unknown {
  try {
    return make();
  } catch (error) {
    problems.push({ file: path, what: `${(error as Error).message}.` });
    return undefined;
  }
}
