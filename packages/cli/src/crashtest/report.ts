import { type Column, table } from '../desk/table.ts';
import { type CrashPoint, pointText } from './crash-point.ts';
import { type EffectVerdict, verdictOn } from './effects.ts';
import type { ScratchRun } from './scratch-run.ts';

/** What a crash at one point came to. */
export interface PointReport {
  /** Missing where there was no crash. */
  readonly crash: string | undefined;
  /** How often the handler was run. */
  readonly runs: number;
  readonly state: string;
  readonly why?: string | undefined;
  readonly effects: Readonly<Record<string, { readonly times: number; readonly verdict: EffectVerdict }>>;
}

export interface SampleReport {
  readonly sample: string;
  readonly entry: string;
  readonly points: readonly PointReport[];
  readonly ok: boolean;
}

/** Compares each run with the one without a crash, which comes first. */
export function sampleReport(
  sample: string,
  entry: string,
  whole: ScratchRun,
  crashed: readonly (readonly [CrashPoint, ScratchRun])[],
): SampleReport {
  const names = [...new Set([whole, ...crashed.map(([, run]) => run)].flatMap(({ effects }) => [...effects.keys()]))];
  const reportOf = (crash: string | undefined, { passed, state, why, effects }: ScratchRun): PointReport => ({
    crash,
    runs: passed.filter(({ at }) => at === 'begin').length,
    state,
    why,
    effects: Object.fromEntries(
      names.map((name) => {
        const times = effects.get(name) ?? 0;
        return [name, { times, verdict: verdictOn(times, whole.effects.get(name) ?? 0) }];
      }),
    ),
  });
  const points = [reportOf(undefined, whole), ...crashed.map(([point, run]) => reportOf(pointText(point), run))];
  const ok = points.every(({ state, effects }) => state === 'done' && Object.values(effects).every(({ verdict }) => verdict === 'once'));
  return { sample, entry, points, ok };
}

/** A table for each sample: the points down, the effects across. */
export function reportText({ sample, entry, points }: SampleReport): string {
  const effects = Object.keys(points[0]?.effects ?? {});
  const columns: readonly Column[] = [
    { title: 'CRASH' },
    { title: 'RUNS' },
    { title: 'MESSAGE' },
    ...effects.map((title) => ({ title, cut: 1 })),
  ];
  const rows = points.map(({ crash, runs, state, effects: found }) => [
    crash ?? 'none',
    String(runs),
    state,
    ...effects.map((name) => found[name]?.verdict ?? ''),
  ]);
  const whys = points.flatMap(({ crash, why }) => (why === undefined ? [] : [`${crash ?? 'without a crash'}: ${why}`]));
  return [`${sample} at ${entry}`, table(columns, rows), ...whys].join('\n');
}
