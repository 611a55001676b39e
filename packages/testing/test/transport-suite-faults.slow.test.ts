import { beforeAll, describe, expect, it } from 'vitest';
import { control, faults } from './broken-transports/faults.ts';
import { runSuites } from './suite-run.ts';

/** The questions that a transport did not answer well, by the name of the transport. */
let failed: ReadonlyMap<string, readonly string[]>;
let asked: ReadonlyMap<string, number>;

/** Everything of the sound transport, and of each other one the questions that have to find its fault. */
function pattern(): string {
  const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const ofFaults = faults.map(({ name, finds }) => `"${name}".*(${finds.map(escaped).join('|')})$`);
  return [`"${control.name}"`, ...ofFaults].join('|');
}

beforeAll(async () => {
  const failures = new Map<string, string[]>();
  const counts = new Map<string, number>();
  for (const { ancestorTitles, title, status } of await runSuites('broken-transports', pattern())) {
    const [, name = ''] = /^the transport "(.+)"$/.exec(ancestorTitles.find((one) => one.startsWith('the transport')) ?? '') ?? [];
    if (status === 'skipped' || status === 'pending') continue;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (status === 'failed') failures.set(name, [...(failures.get(name) ?? []), title]);
  }
  failed = failures;
  asked = counts;
}, 300_000);

describe('the transport suite', () => {
  it('finds nothing wrong with a sound transport', () => {
    expect(asked.get(control.name)).toBeGreaterThan(50);
    expect(failed.get(control.name) ?? []).toEqual([]);
  });

  it.each(faults)('finds the fault of a transport that $name', ({ name, finds }) => {
    expect((failed.get(name) ?? []).toSorted()).toEqual(finds.toSorted());
  });
});
