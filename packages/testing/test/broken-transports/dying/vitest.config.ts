import { defineConfig } from 'vitest/config';

/** So many processes share the transports: each waits for child processes most of the time. */
const slices = [0, 1, 2, 3, 4, 5];

export default defineConfig({
  test: {
    root: import.meta.dirname,
    reporters: ['json'],
    pool: 'forks',
    maxWorkers: slices.length,
    projects: slices.map((slice) => ({
      extends: true as const,
      test: { name: `slice ${slice}`, include: ['dying.suite.ts'], provide: { slice, slices: slices.length } },
    })),
  },
});
