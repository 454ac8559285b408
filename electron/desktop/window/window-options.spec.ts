import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import {
  consoleWindowOptions,
  printWindowOptions,
  providerWindowOptions,
  windowIcon,
  windowOptions,
} from './window-options';

const options = windowOptions('/app/preload.js', {
  title: 'Lockwatch',
  backgroundColor: '#fff',
  icon: undefined,
});

describe('every window', () => {
  it('is isolated, sandboxed and without node', () => {
    expect(options.webPreferences).toMatchObject({
      preload: '/app/preload.js',
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
    });
  });

  it('has no webview, no experimental and no Blink features', () => {
    expect(options.webPreferences).toMatchObject({ webviewTag: false, experimentalFeatures: false });
    expect(options.webPreferences).not.toHaveProperty('enableBlinkFeatures');
    expect(options.webPreferences).not.toHaveProperty('additionalArguments');
  });

  it('is shown when its page is there', () => {
    expect(options.show).toBe(false);
  });
});

describe('the windows of consoles', () => {
  const look = { title: 'Console', backgroundColor: '#000', icon: undefined };
  const session = {} as Electron.Session;

  it.each([
    ['the VNC console', consoleWindowOptions('/app/console.js', look)],
    ['a provider', providerWindowOptions(session, look)],
  ])('are as guarded as every other: %s', (_name, { show, webPreferences }) => {
    expect(show).toBe(false);
    const { preload: _preload, ...guarded } = options.webPreferences ?? {};
    expect(webPreferences).toMatchObject({ ...guarded, devTools: webPreferences?.devTools });
  });

  it('have the preload of their page, and a provider none at all', () => {
    expect(consoleWindowOptions('/app/console.js', look).webPreferences?.preload).toBe('/app/console.js');
    const { webPreferences } = providerWindowOptions(session, look);
    expect(webPreferences).not.toHaveProperty('preload');
    expect(webPreferences?.session).toBe(session);
  });
});

describe('a window for the printer', () => {
  const session = {} as Electron.Session;
  const { show, webPreferences } = printWindowOptions('Record', session);

  it('is never shown, and nothing in it runs or is fetched', () => {
    expect(show).toBe(false);
    expect(webPreferences).toMatchObject({ javascript: false, images: false, sandbox: true });
    expect(webPreferences?.session).toBe(session);
    expect(webPreferences).not.toHaveProperty('preload');
  });
});

describe('the icon of a window', () => {
  const assets = join(__dirname, '..', 'assets');

  it("is the app's own on Linux, whole: something to its edges on every side, and not what the tray shows", () => {
    const icon = PNG.sync.read(readFileSync(windowIcon(assets, 'linux') ?? ''));
    expect([icon.width, icon.height]).toEqual([128, 128]);
    const app = readFileSync(join(__dirname, '../../../build/icons/app/128x128.png'));
    expect(icon.data.equals(PNG.sync.read(app).data)).toBe(true);
    const opaque = (x: number, y: number): boolean => (icon.data[(y * icon.width + x) * 4 + 3] ?? 0) > 128;
    const columns = Array.from({ length: icon.width }, (_, at) => at).filter((x) =>
      Array.from({ length: icon.height }, (_, y) => opaque(x, y)).some(Boolean),
    );
    const left = columns[0] ?? icon.width;
    const right = icon.width - 1 - (columns.at(-1) ?? 0);
    expect(left).toBeLessThan(icon.width / 4);
    expect(Math.abs(left - right)).toBeLessThanOrEqual(2);
  });

  it('comes with the executable elsewhere', () => {
    expect(windowIcon(assets, 'win32')).toBeUndefined();
    expect(windowIcon(assets, 'darwin')).toBeUndefined();
  });
});
