import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['journals.suite.ts'],
    reporters: ['json'],
    pool: 'forks',
    // Each question has a journal of its own, and many of those that fail wait for something in vain.
    sequence: { concurrent: true },
    maxConcurrency: 10,
  },
});
