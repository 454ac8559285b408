import { describe, expect, it } from 'vitest';
import { argsOn } from './electron-launcher.mjs';

describe('the arguments that Electron is started with', () => {
  it('silence Chromium where nobody can see the display, and nowhere else', () => {
    expect(argsOn({ isVirtual: true }, ['/app', '--lab'])).toEqual(['/app', '--lab', '--log-level=3']);
    expect(argsOn({ isVirtual: false }, ['/app', '--lab'])).toEqual(['/app', '--lab']);
  });
});
