import { beforeAll, describe, expect, it } from 'vitest';
import { faults } from './broken-packs/faults.ts';
import { runSuites } from './suite-run.ts';

/** The questions that each broken pack did not answer well, by its name. */
const failed = new Map<string, readonly string[]>();

beforeAll(async () => {
  for (const { ancestorTitles, title, status } of await runSuites('broken-packs')) {
    const [, name = ''] = /^the message pack "(.+)"$/.exec(ancestorTitles.find((one) => one.startsWith('the message pack')) ?? '') ?? [];
    if (status === 'failed') failed.set(name, [...(failed.get(name) ?? []), title]);
  }
}, 600_000);

describe('the pack suite', () => {
  it.each(faults)('finds the fault of a pack that $name', ({ name, finds }) => {
    expect(failed.get(name)).toContain(finds);
  });
});
