import { defineConfig } from 'vitest/config';

/** So many processes share the journals. */
const slices = [0, 1];

export default defineConfig({
  test: {
    root: import.meta.dirname,
    reporters: ['json'],
    pool: 'forks',
    maxWorkers: slices.length,
    projects: slices.map((slice) => ({
      extends: true as const,
      test: { name: `slice ${slice}`, include: ['journals.suite.ts'], provide: { slice, slices: slices.length } },
    })),
  },
});
