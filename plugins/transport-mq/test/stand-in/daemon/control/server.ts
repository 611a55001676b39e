import { createServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import type { Commands } from './commands.ts';

/** Serves a test: one line of JSON with a command, one with its answer. */
export function serveControl(commands: Commands, path: string): Server {
  return createServer((socket) => {
    createInterface({ input: socket }).on('line', (line) => socket.write(`${JSON.stringify(answer(commands, line))}\n`));
    socket.on('error', () => socket.destroy());
  }).listen(path);
}

interface Asked {
  readonly command: keyof Commands;
  readonly args: readonly never[];
}

function answer(commands: Commands, line: string): { value?: unknown } | { error: string } {
  try {
    const { command, args } = JSON.parse(line) as Asked;
    const run: (...args: readonly never[]) => unknown = commands[command];
    return { value: run(...args) };
  } catch (error) {
    return { error: String(error) };
  }
}
