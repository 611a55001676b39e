import { readFileSync } from 'node:fs';
import { exitCode } from './exit-code.ts';
import { runProgram } from './program.ts';
import { terminal } from './terminal.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

const code = await runProgram(process.argv.slice(2), version, terminal);
// What a plugin or the application left behind (a timer, a thread, a handler that was given up) does not keep the process alive.
process.exit((await terminal.flushed()) ? code : exitCode.failed);
