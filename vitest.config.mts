import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{electron,shared,renderer,scripts,cli,bench}/**/*.spec.{ts,tsx,mjs}'],
    pool: 'forks',
    passWithNoTests: false,
  },
});
