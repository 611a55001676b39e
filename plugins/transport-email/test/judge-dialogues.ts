// Judges the dialogues, also with a script server and dialogues of somebody else: node test/judge-dialogues.ts [SERVER.mjs FOLDER]
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { judge, type Serve } from './judge.ts';
import { type Script, startScript } from './script-server.ts';

const [module, folder = join(import.meta.dirname, 'dialogues')] = process.argv.slice(2);
const theirs = module === undefined ? undefined : ((await import(pathToFileURL(resolve(module)).href)) as { readonly serve: Serve }).serve;
const serve = theirs ?? startScript;
let failed = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const { wrong, first, last } = await judge(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Script, serve);
  if (wrong.length > 0) failed++;
  process.stdout.write(`${wrong.length === 0 ? 'ok  ' : 'FAIL'}  ${file}  ${wrong.join('; ') || JSON.stringify({ first, last })}\n`);
}
process.stdout.write(`${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
