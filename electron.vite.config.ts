import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { build, type Plugin } from 'vite';
import { licences } from './scripts/licences.mjs';

/** Both runtimes must run the result: Electron 33 (Node 20.18, Chromium 130) is the floor. */
const NODE_TARGET = 'node20.18';
const CHROME_TARGET = 'chrome130';

const nativeOrElectron = ['electron', '@photostructure/sqlite', /^node:/];
const fromHere = (path: string): string => resolve(__dirname, path);

/** The pages' scripts are read at every start of their window. */
const pageBuild = { target: CHROME_TARGET, outDir: fromHere('out/renderer'), minify: true } as const;

/**
 * The console's page, built by itself after the window's: two pages in one build would share chunks, and the window
 * would start from forty small files instead of its few.
 */
const consolePage = (): Plugin => ({
  name: 'console-page',
  apply: 'build',
  async closeBundle() {
    await build({
      configFile: false,
      root: fromHere('renderer'),
      base: './',
      logLevel: 'warn',
      plugins: [react(), licences('licences-console.txt')],
      build: {
        ...pageBuild,
        emptyOutDir: false,
        rollupOptions: { input: fromHere('renderer/console.html') },
      },
    });
  },
});

export default defineConfig({
  main: {
    plugins: [licences('licences.txt')],
    build: {
      target: NODE_TARGET,
      outDir: 'out/main',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          main: fromHere('electron/main.ts'),
          'evidence-host': fromHere('electron/watch/host-entry.ts'),
          'lab-host': fromHere('electron/lab/host-entry.ts'),
        },
        external: [...nativeOrElectron, 'cpu-features', /sshcrypto\.node$/],
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          preload: fromHere('electron/preload.ts'),
          'console-preload': fromHere('electron/console-preload.ts'),
        },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), consolePage(), licences('licences.txt')],
    build: { ...pageBuild, rollupOptions: { input: fromHere('renderer/index.html') } },
  },
});
