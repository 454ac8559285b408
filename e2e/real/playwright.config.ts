import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const artifacts = join(__dirname, '..', '..', 'artifacts');

/** The app on a real desktop: panel, notification daemon, keyring. One at a time, on one screen. */
export default defineConfig({
  testDir: __dirname,
  testMatch: '**/*.desktop.ts',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  outputDir: join(artifacts, 'real-output'),
  reporter: [['list'], ['json', { outputFile: join(artifacts, 'real-results.json') }]],
});
