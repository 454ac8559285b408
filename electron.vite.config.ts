import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Both runtimes must run the result: Electron 33 (Node 20.18, Chromium 130) is the floor. */
const NODE_TARGET = 'node20.18';
const CHROME_TARGET = 'chrome130';

const nativeOrElectron = ['electron', '@photostructure/sqlite', /^node:/];
const fromHere = (path: string): string => resolve(__dirname, path);

export default defineConfig({
  main: {
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
    plugins: [react()],
    build: {
      target: CHROME_TARGET,
      outDir: 'out/renderer',
      // The page's scripts are read at every start of the window.
      minify: true,
      rollupOptions: {
        input: { index: fromHere('renderer/index.html'), console: fromHere('renderer/console.html') },
      },
    },
  },
});
