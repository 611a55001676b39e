import { defineConfig } from 'vitest/config';

/** So many processes share the transports: what is broken mostly waits until its patience ends, so more of them than cores are of use. */
const slices = [0, 1, 2, 3, 4, 5];

export default defineConfig({
  test: {
    root: import.meta.dirname,
    reporters: ['json'],
    pool: 'forks',
    maxWorkers: slices.length,
    projects: slices.map((slice) => ({
      extends: true as const,
      test: { name: `slice ${slice}`, include: ['transports.suite.ts'], provide: { slice, slices: slices.length } },
    })),
  },
});
