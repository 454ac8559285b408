import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { statusOrder } from '../../../shared/account-status';
import { trayImage } from './tray-images';

const folder = join(__dirname, '..', 'assets', 'tray');

describe('tray images', () => {
  it.each(['win32', 'darwin', 'linux'])('are there for every state and count on %s', (platform) => {
    for (const status of statusOrder) {
      for (const count of [0, 1, 9, 10, 500])
        expect(existsSync(trayImage(folder, status, count, platform))).toBe(true);
    }
  });

  it('are ICO on Windows and a template on macOS', () => {
    expect(trayImage('x', 'locked', 3, 'win32')).toBe(join('x', 'locked-3.ico'));
    expect(trayImage('x', 'locked', 12, 'darwin')).toBe(join('x', 'locked-manyTemplate.png'));
    expect(trayImage('x', 'locked', 12, 'linux')).toBe(join('x', 'locked-many.png'));
  });
});
