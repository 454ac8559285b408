import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { APP_ID, PRACTICE_TRAY_GUID, TOAST_ACTIVATOR_CLSID, TRAY_GUID } from './app-identity';

describe('the identity of the app', () => {
  it('is the app id of the installer, which stamps it on the shortcuts', () => {
    const config = readFileSync(join(__dirname, '../../../electron-builder.yml'), 'utf8');
    expect(/^appId: (.+)$/m.exec(config)?.[1]).toBe(APP_ID);
  });

  it('has constant ids for toasts and tray', () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
    for (const id of [TRAY_GUID, PRACTICE_TRAY_GUID, TOAST_ACTIVATOR_CLSID.replace(/[{}]/g, '')]) {
      expect(id).toMatch(uuid);
    }
    expect(TRAY_GUID).not.toBe(PRACTICE_TRAY_GUID);
  });
});
