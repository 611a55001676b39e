import { type FaultKind, faultKinds } from '../chance/fault-kinds.ts';
import { runSeed } from '../run-seed.ts';
import { type ProgramOptions, readOptions, usage } from './options.ts';
import { runInThread, type SeedNews } from './threads.ts';

/** How many seeds one thread runs. A killed kernel leaves signals behind that Node keeps as long as the thread: a third of a megabyte each. */
const perThread = 500;

/** Where the program writes. */
export type Write = (text: string) => void;

/** Runs the program; `main` is the module with which its threads begin. Answers the exit code. */
export async function runProgram(args: readonly string[], main: URL, write: Write): Promise<number> {
  let options: ProgramOptions | undefined;
  try {
    options = readOptions(args);
  } catch (error) {
    write(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  if (!options) {
    write(usage);
    return 0;
  }
  return options.trace ? tellStory(options, write) : runAll(options, main, write);
}

async function tellStory({ from }: ProgramOptions, write: Write): Promise<number> {
  const { story, violations } = await runSeed(from, { trace: true });
  write(story.map((line) => `${line}\n`).join(''));
  write(violations.length === 0 ? `Seed ${from} is well.\n` : `Seed ${from} has failed.\n`);
  return violations.length === 0 ? 0 : 1;
}

async function runAll({ from, seeds, jobs }: ProgramOptions, main: URL, write: Write): Promise<number> {
  const since = performance.now();
  const fired = new Map<FaultKind, number>();
  let [messages, failed] = [0, 0];
  const hear = (news: SeedNews): void => {
    messages += news.messages;
    for (const [kind, times] of news.fired) fired.set(kind, (fired.get(kind) ?? 0) + times);
    if (news.violations.length === 0) return;
    failed++;
    write(`seed ${news.seed}: ${news.violations.join('\n  ')}\n  waybill-sim --seed ${news.seed} --trace\n`);
  };
  const step = Math.min(jobs, seeds);
  const end = from + seeds;
  const runJob = async (place: number): Promise<void> => {
    for (let first = from + place; first < end; first += step * perThread)
      await runInThread(main, { from: first, end: Math.min(end, first + step * perThread), step }, hear);
  };
  await Promise.all(Array.from({ length: step }, (_, place) => runJob(place)));
  const seconds = (performance.now() - since) / 1_000;
  for (const kind of faultKinds) write(`${String(fired.get(kind) ?? 0).padStart(9)}  ${kind}\n`);
  const perMinute = Math.round((seeds * 60) / seconds);
  write(
    `${seeds} seeds with ${messages} messages in ${seconds.toFixed(1)} s (${perMinute} a minute): ${failed} failed, ${fired.size} of ${faultKinds.length} kinds of fault happened.\n`,
  );
  return failed === 0 ? 0 : 1;
}
