import { isMainThread } from 'node:worker_threads';
import { runProgram } from './program/program.ts';
import { runShare } from './program/threads.ts';

// The threads of the program begin here, too.
if (isMainThread)
  process.exitCode = await runProgram(process.argv.slice(2), new URL(import.meta.url), (text) => process.stdout.write(text));
else await runShare();
