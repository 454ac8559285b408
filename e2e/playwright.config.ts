import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const artifacts = join(__dirname, '..', 'artifacts');

/** One app at a time: each has a window, a tray icon and a data folder of its own. */
export default defineConfig({
  testDir: __dirname,
  testIgnore: ['real/**'],
  testMatch: '**/*.spec.ts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  outputDir: join(artifacts, 'e2e-output'),
  reporter: [['list'], ['json', { outputFile: join(artifacts, 'e2e-results.json') }]],
});
