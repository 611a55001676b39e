import { defineConfig } from 'vitest/config';

// The faults mostly wait for their patience to end, so more processes than cores are of use.

export default defineConfig({
  test: { root: import.meta.dirname, include: ['slice-*.suite.ts'], reporters: ['json'], pool: 'forks', maxWorkers: 4 },
});
