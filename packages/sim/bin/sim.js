#!/usr/bin/env node
// Generated from scripts/generate/program.js. Do not edit.
// How each of our programs begins: `npm run generate` copies this into `bin` of the packages that have one.
// Package managers link it when they install, which in a fresh clone is before anything is built. Versions of Node that
// are too old run it as well, so that it uses nothing that they do not have.
import { existsSync, readFileSync } from 'node:fs';
import { constants, homedir } from 'node:os';
import { join } from 'node:path';

// The first process of a container is not ended by a signal that nobody listens to. Whoever listens later takes over.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK']) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
  });
}

const { bin, engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const [name] = Object.keys(bin);
const main = new URL('../dist/main.js', import.meta.url);

if (!fits(process.versions.node, engines.node)) end(`${name} needs Node ${engines.node}, and this is Node ${process.versions.node}.`);
else if (!existsSync(main)) end(`${name} is not built yet. In the repository, run \`npm run build\` first.`);
else {
  await keepCompiled();
  await import(main.href);
}

/** From the second start on, Node takes what it compiled before from its cache: about a tenth less until messages move. */
async function keepCompiled() {
  const { enableCompileCache } = await import('node:module');
  const caches = process.env.XDG_CACHE_HOME || process.env.LOCALAPPDATA || join(homedir(), '.cache');
  // Not where Node puts it by itself, in the folder for temporary files: whoever makes it there first can change what we run.
  enableCompileCache(process.env.NODE_COMPILE_CACHE || join(caches, 'waybill', 'compiled'));
}

/** Whether a version lies in a range of the kind `>=22.13` or `^22.22.3 || >=24.15`. */
function fits(version, range) {
  return range.split('||').some((part) => {
    const [, sign, ...least] = /^\s*(\^|>=)(\d+)(?:\.(\d+))?(?:\.(\d+))?\s*$/.exec(part) ?? [];
    if (sign === undefined) throw new Error(`The range ${range} of Node cannot be read.`);
    const [wanted, own] = [least.map((number) => Number(number ?? 0)), version.split('.').map(Number)];
    const first = wanted.findIndex((number, index) => number !== own[index]);
    return (sign === '>=' || wanted[0] === own[0]) && (first === -1 || wanted[first] < own[first]);
  });
}

function end(why) {
  process.stderr.write(`${why}\n`);
  process.exitCode = 1;
}
