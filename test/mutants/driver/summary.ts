import type { Outcome } from './main.ts';

/** The least share of mutants that tests have to catch. */
const least = 0.95;

/** Prints a line an area and what survived; answers the exit code: 2 when a mutant could not be run at all. */
export function summaryOf(outcomes: readonly Outcome[], print: (line: string) => void): number {
  print('');
  for (const [area, held] of Map.groupBy(outcomes, ({ mutant }) => mutant.area)) print(lineOf(area, held));
  print(lineOf('all', outcomes));
  for (const { mutant } of outcomes.filter(({ ended }) => ended === 'passed')) {
    print(`SURVIVED ${mutant.area}/${mutant.name} (${mutant.file}): ${mutant.promise}`);
  }
  if (outcomes.some(({ ended }) => ended === 'unloadable')) return 2;
  return caughtIn(outcomes) / outcomes.length < least ? 1 : 0;
}

function lineOf(name: string, outcomes: readonly Outcome[]): string {
  const caught = caughtIn(outcomes);
  const share = `${((100 * caught) / outcomes.length).toFixed(1)} %`;
  const hanging = outcomes.filter(({ ended }) => ended === 'hanging').length;
  return `${name.padEnd(16)} ${caught} of ${outcomes.length} caught  ${share.padStart(7)}${hanging > 0 ? `  (${hanging} by hanging)` : ''}`;
}

function caughtIn(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ ended }) => ended === 'failed' || ended === 'hanging').length;
}
