import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { isVirtualDisplay } from './fixtures/own-display';

const artifacts = join(__dirname, '..', 'artifacts');

/** One app a display: each has a window and a tray icon, and would take the other's focus. */
export default defineConfig({
  testDir: __dirname,
  testIgnore: ['real/**'],
  testMatch: '**/*.spec.ts',
  workers: isVirtualDisplay ? 2 : 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  outputDir: join(artifacts, 'e2e-output'),
  reporter: [['list'], ['json', { outputFile: join(artifacts, 'e2e-results.json') }]],
});
