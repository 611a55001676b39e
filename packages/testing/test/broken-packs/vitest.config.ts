import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { root: import.meta.dirname, include: ['packs.suite.ts'], reporters: ['json'], pool: 'forks' },
});
