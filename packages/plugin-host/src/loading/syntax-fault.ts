import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An application has few modules of its own, and each is looked at by a process. */
const mostModules = 50;

/**
 * Where the text of a module is wrong, as `file:line:column`, where a `SyntaxError` was thrown when it was imported. Undefined for
 * every other error, and where Node does not tell.
 */
export async function placeOfSyntaxFault(module: string, error: unknown): Promise<string | undefined> {
  if (!(error instanceof SyntaxError) || !/\.[cm]?[jt]s$/.test(module) || !existsSync(module)) return undefined;
  // A wrong import, and TypeScript that Node does not take, carry their place. What is not JavaScript at all does not.
  return placeIn(error.stack ?? '') ?? placeByReading(module);
}

/** Node shows the place of such an error only when it is started with the module. So a Node of its own reads each module once more, and runs none. */
async function placeByReading(first: string): Promise<string | undefined> {
  const modules = new Set([first]);
  for (const module of modules) {
    const place = placeIn(await reportOf(module));
    if (place !== undefined) return place;
    for (const imported of importedBy(module)) if (modules.size < mostModules) modules.add(imported);
  }
  return undefined;
}

function reportOf(module: string): Promise<string> {
  return new Promise((told) => {
    execFile(process.execPath, ['--check', module], (_error, _out, report) => told(report));
  });
}

/** The modules that a module imports by a relative path. */
function importedBy(module: string): readonly string[] {
  const specifiers = readFileSync(module, 'utf8').matchAll(/\b(?:from|import)\s*['"](\.{1,2}\/[^'"]+)['"]/g);
  const files = Array.from(specifiers, ([, specifier = '']) => resolve(dirname(module), specifier));
  return files.filter((file) => /\.[cm]?js$/.test(file) && existsSync(file));
}

/** The place in what Node writes above a syntax error: a line with file and line, the text, and a line with a caret below it. */
function placeIn(report: string): string | undefined {
  const [, file = '', line, indent = ''] = /^(.+):(\d+)\n(?:.*\n)*?([ \t]*)\^/.exec(report) ?? [];
  if (line === undefined) return undefined;
  return `${file.startsWith('file:') ? fileURLToPath(file) : file}:${line}:${indent.length + 1}`;
}
