import { beforeAll, describe, expect, it } from 'vitest';
import { control } from './broken-journals/fault.ts';
import { faults } from './broken-journals/faults.ts';
import { runSuites } from './suite-run.ts';

/** The questions that each journal answered well, and those that it did not, by its name. */
const answers = { passed: new Map<string, string[]>(), failed: new Map<string, string[]>() };

/** What takes longest, and together longer than all other questions: asked of the sound journal, and of those whose fault it has to find. */
const long = [
  'are at most ten thousand, the oldest of those that were asked for',
  'takes what there is in portions, and says whether there is more',
  'wakes nobody who watches no longer',
  'is made in portions, and nothing is replayed meanwhile',
  'can be cancelled while it is made, and is completed once it is resumed',
  'makes its messages due again in portions, the oldest first, each once',
  'is worked off by several at once, and each message is replayed once',
];

function pattern(): string {
  const wanted = faults.filter(({ finds }) => long.includes(finds)).map(({ name, finds }) => `^${name}, as a journal.* ${finds}$`);
  return [`^(?!.* (${long.join('|')})$)`, `^${control.name}, as a journal`, ...wanted].join('|');
}

beforeAll(async () => {
  for (const { ancestorTitles, title, status } of await runSuites('broken-journals', pattern())) {
    if (status !== 'passed' && status !== 'failed') continue;
    const name = ancestorTitles.find((one) => one.endsWith(', as a journal'))?.replace(', as a journal', '') ?? '';
    const questions = status === 'passed' ? answers.passed : answers.failed;
    questions.set(name, [...(questions.get(name) ?? []), title]);
  }
}, 600_000);

describe('the journal suite', () => {
  it('finds nothing wrong with a sound journal', () => {
    expect(answers.failed.get(control.name) ?? []).toEqual([]);
    expect(answers.passed.get(control.name)?.length).toBeGreaterThan(150);
  });

  it.each(faults)('finds the fault of a journal that $name', ({ name, finds }) => {
    expect(answers.failed.get(name)).toContain(finds);
    // A journal whose every question fails would prove nothing about the one that is meant.
    expect(answers.passed.get(name)?.length).toBeGreaterThan(60);
  });
});
