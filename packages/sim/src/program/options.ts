import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export interface ProgramOptions {
  /** The first seed. */
  readonly from: number;
  /** How many seeds. */
  readonly seeds: number;
  /** How many threads share them. */
  readonly jobs: number;
  readonly trace: boolean;
}

const largest = 0xffff_ffff;

export const usage = `waybill-sim runs the real kernel on a virtual clock, with faults that a seed decides.

  waybill-sim --seeds 1000 --from 1     runs so many seeds, and says which faults happened how often
  waybill-sim --seed 4711 --trace       runs one seed and prints its story, which is the same every time

  --seeds NUMBER   how many seeds (default 1000)
  --from NUMBER    the first seed (default 1)
  --seed NUMBER    one seed only
  --jobs NUMBER    how many threads share the seeds (default: one for each processor)
  --trace          prints what happened; with one seed only
  --help           prints this

Exit code: 0 all is well, 1 a seed has failed, 2 the call is wrong.
`;

/** Undefined where help is asked for. Throws a `TypeError` that says what is wrong with the arguments. */
export function readOptions(args: readonly string[]): ProgramOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string' },
      from: { type: 'string' },
      seed: { type: 'string' },
      jobs: { type: 'string' },
      trace: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { seed, trace } = values;
  if (seed !== undefined && (values.seeds ?? values.from) !== undefined)
    throw new TypeError('--seed names one seed; leave out --seeds and --from.');
  if (trace && seed === undefined) throw new TypeError('--trace tells the story of one seed; add --seed.');
  const seeds = seed === undefined ? whole('--seeds', values.seeds ?? '1000', 1) : 1;
  const from = whole(seed === undefined ? '--from' : '--seed', seed ?? values.from ?? '1', 0);
  return { from, seeds, jobs: whole('--jobs', values.jobs ?? String(availableParallelism()), 1), trace };
}

function whole(name: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= largest) return number;
  throw new TypeError(`${name} takes a whole number from ${least} to ${largest}, not "${text}".`);
}
