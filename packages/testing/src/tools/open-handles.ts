import { eventually } from './eventually.ts';

/** What keeps a process alive and never comes from the test runner itself. Timers and pipes are the runner's own, too. */
const ours = ['FSEventWrap', 'StatWatcher', 'TCPServerWrap', 'PipeServerWrap', 'ProcessWrap', 'UDPWrap'];

/** Counts the servers, file watchers and child processes that are open in this process, by kind. */
export function openHandles(): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(resources()).filter(([kind]) => ours.includes(kind)));
}

/** Counts everything that keeps this process alive, by kind: timers and sockets, too, also those of the test runner. */
export function resources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Throws when there are still more open handles than `before` (from `openHandles`) after a moment of grace. */
export async function expectNoNewHandles(before: Readonly<Record<string, number>>, within = 2_000): Promise<void> {
  const more = (): string[] => Object.entries(openHandles()).flatMap(([kind, count]) => (count > (before[kind] ?? 0) ? [kind] : []));
  await eventually(() => more().length === 0, { what: 'everything that was opened to be closed', within }).catch((cause: unknown) => {
    throw new Error(`left open: ${more().join(', ')}`, { cause });
  });
}
