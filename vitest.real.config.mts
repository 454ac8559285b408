import { defineConfig } from 'vitest/config';

/** Tests against real servers: slow to set up, one file at a time. */
export default defineConfig({
  test: {
    include: ['e2e/real/**/*.spec.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
