import { describe, expect, it } from 'vitest';
import { detectTrayHost } from './tray-host';

const answering = (text: string) => async () => text;
const failing = async () => {
  throw new Error('no gdbus');
};
const wayland = { XDG_SESSION_TYPE: 'wayland' };

describe('a desktop without a tray is detected as far as can be known', () => {
  it('is never the case on Windows and macOS', async () => {
    expect(await detectTrayHost('win32', {}, failing)).toBe('present');
    expect(await detectTrayHost('darwin', {}, failing)).toBe('present');
  });

  it('has a host of tray icons on the session bus', async () => {
    expect(await detectTrayHost('linux', wayland, answering('(true,)'))).toBe('present');
  });

  it('has none: on Wayland that is certain, on X11 an older tray may be there', async () => {
    expect(await detectTrayHost('linux', wayland, answering('(false,)'))).toBe('absent');
    expect(await detectTrayHost('linux', { XDG_SESSION_TYPE: 'x11' }, answering('(false,)'))).toBe('unknown');
  });

  it('cannot be asked', async () => {
    expect(await detectTrayHost('linux', wayland, failing)).toBe('unknown');
  });
});
