import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKey, keptKey } from './keys';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockwatch-lab-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the keys of the practice lab', () => {
  it('never hands out one that cannot be read', () => {
    const prints = Array.from({ length: 600 }, () => createKey().fingerprint);
    expect(new Set(prints).size).toBe(600);
    expect(prints.every((print) => /^SHA256:[A-Za-z0-9+/]{43}$/.test(print))).toBe(true);
  });

  it('finds its key again, and makes another where the file cannot be read', () => {
    const first = keptKey(folder, 'host');
    expect(keptKey(folder, 'host').fingerprint).toBe(first.fingerprint);
    writeFileSync(first.path, 'not a key');
    const second = keptKey(folder, 'host');
    expect(second.fingerprint).not.toBe(first.fingerprint);
    expect(keptKey(folder, 'host').fingerprint).toBe(second.fingerprint);
  });
});
