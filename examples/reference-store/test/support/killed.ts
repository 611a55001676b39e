import { spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { createInterface } from 'node:readline';

/** What a kernel's journal would know: which messages are done, and what left with them. */
export type Journal = Map<string, readonly string[]>;

/** Runs the child until it has said `lines` lines, then kills it; answers whether it came to its end. */
export async function runUntil(child: string, lines: number, path: string, orders: readonly string[], journal: Journal): Promise<boolean> {
  const running = spawn(process.execPath, ['--experimental-strip-types', child, path, ...orders], { stdio: ['pipe', 'pipe', 'inherit'] });
  running.stdin.on('error', () => undefined);
  const exit = event(running, 'exit');
  let said = 0;
  for await (const line of createInterface(running.stdout)) {
    const [word, id = '', ...events] = line.split(' ');
    if (word === 'done') journal.set(id, events.filter(Boolean));
    running.stdin.write('.');
    if (++said === lines) running.kill('SIGKILL');
  }
  const [code] = (await exit) as [number | null];
  return code === 0;
}
