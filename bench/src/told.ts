import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a fresh process tells that runs the module, which stands beside this one: nothing that was measured before lies in its memory. */
export function told<Figures>(module: string, ...args: readonly string[]): Promise<Figures> {
  const child = fork(fileURLToPath(new URL(module, import.meta.url)), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', (figures) => resolve(figures as Figures));
    child.once('exit', (code) => reject(new Error(`the process that was to be measured ended with ${code}`)));
  });
}

/** What five processes tell, one after the other: the compiler decides otherwise in each of them, by a quarter of the time and more. */
export async function severalTimes<Figures>(ask: () => Promise<Figures>): Promise<readonly Figures[]> {
  const figures = [];
  for (let run = 0; run < 5; run++) figures.push(await ask());
  return figures;
}
