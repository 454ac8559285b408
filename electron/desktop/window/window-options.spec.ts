import { describe, expect, it } from 'vitest';
import { windowOptions } from './window-options';

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
