import { describe, expect, it } from 'vitest';
import { createLog } from './log';

const collect = () => {
  const lines: string[] = [];
  return {
    lines,
    log: createLog(
      (line) => lines.push(line),
      () => 0,
    ),
  };
};

describe('the log holds names, not values', () => {
  it('keeps numbers and names of the app', () => {
    const { lines, log } = collect();
    log.info('ipc.rejected', { channel: 'profiles.save', code: 'app.invalidArgument', count: 2 });
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      level: 'info',
      event: 'ipc.rejected',
      channel: 'profiles.save',
      code: 'app.invalidArgument',
      count: 2,
    });
  });

  it('redacts text in a field that is not meant for names', () => {
    const { lines, log } = collect();
    log.info('profile.saved', { password: 'canary-7391', host: 'db.example' });
    expect(lines.join('')).not.toMatch(/canary-7391|db\.example/);
  });

  it('redacts a sentence smuggled into a field for names', () => {
    const { lines, log } = collect();
    log.warning('x', { reason: 'password is canary-7391' });
    expect(lines.join('')).not.toContain('canary');
  });

  it('says where an exception came from, without its message', () => {
    const { lines, log } = collect();
    log.error(
      'ipc.failed',
      {},
      new RangeError('secret canary-7391\n    at https://x/?token=canary-7391\n    at canary-7391:1:1'),
    );
    expect(lines.join('')).not.toContain('canary-7391');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ error: 'RangeError' });
    expect(lines.join('')).toContain('log.spec.ts');
  });
});
