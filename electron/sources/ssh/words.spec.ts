import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes } from '../../../shared/errors';
import { en } from '../../../shared/messages/en';
import { createTranslator } from '../../../shared/messages/format';

const words = createTranslator('en-US');
const values = {
  host: 'web01',
  port: 50_022,
  user: 'admin',
  seconds: 10,
  path: '/keys/id',
  method: 'password',
  name: 'Security',
  channel: 'OpenSSH/Operational',
  code: 1722,
  fingerprint: 'SHA256:a',
  pinned: 'SHA256:b',
};
const ours = errorCodes.filter((code: ErrorCode) => /^(net|ssh|windows)\./.test(code));

describe('the words of every failure on the way to an instance', () => {
  it.each(ours)('%s', (code) => {
    const key = `error.${code}`;
    expect(words.has(key)).toBe(true);
    expect(words(key, values)).toMatch(/^[^{}]+[.?]$/);
    expect(words(key, values)).not.toContain('50,022');
  });

  it('names a reading in words and a log by its name', () => {
    expect(words('error.windows.accessDenied', { name: 'policy' })).toContain('the lockout policy');
    expect(words('error.windows.accessDenied', { name: 'Security' })).toContain('access to Security.');
  });

  it('has words for every step of a check, with every value filled in', () => {
    const all = {
      ...values,
      address: '10.0.0.1',
      computer: 'WEB01',
      system: 'Windows',
      missing: 'x',
      count: 3,
    };
    const numbers = { threshold: 5, windowMinutes: 10, durationMinutes: 1, uncertainty: 0.2 };
    const auditing = { logon: 'off', accountLockout: 'off', userAccountManagement: 'on' };
    for (const key of Object.keys(en).filter((one) => one.startsWith('check.'))) {
      expect(words(key, { ...all, ...numbers, ...auditing })).not.toMatch(/[{}]/);
    }
  });
});
