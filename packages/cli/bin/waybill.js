#!/usr/bin/env node
// Package managers link this file when they install, which in a fresh clone is before anything is built.
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

// From the second start on, Node takes what it compiled before from its cache: about a tenth less until messages move.
enableCompileCache();

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  process.stderr.write('waybill is not built yet. In the repository, run `npm run build` first.\n');
  process.exitCode = 1;
}
