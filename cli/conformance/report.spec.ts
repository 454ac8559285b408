import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportOn } from './report';

const fixture = readFileSync(join(__dirname, 'fixture.json'), 'utf8');
const run = (text: string) => {
  const report = reportOn(text);
  if ('unusable' in report) throw new Error(report.unusable);
  return report;
};
const only = (id: string, change: (one: Record<string, unknown>) => void = () => undefined) => {
  const cases = (JSON.parse(fixture) as Record<string, unknown>[]).filter((one) => one.id === id);
  for (const one of cases) change(one);
  return JSON.stringify(cases);
};

describe('the conformance runner', () => {
  it('passes what holds, fails what does not, skips what is out of scope', () => {
    const report = run(fixture);
    expect([report.passed, report.failed, report.skipped]).toEqual([5, 1, 1]);
    expect(report.lines).toEqual([
      'FAIL own-wrong-expectation expects what is not so: this case must fail',
      '     step 1 bad_password: result: expected locked_out, actual wrong_password',
      '     badPwdCount: expected 2, actual 1',
      '     locked: expected true, actual false',
      '     lockoutTime: expected set_now, actual absent',
      'SKIP own-two-authorities: two authorities: steps at rodc',
    ]);
  });

  it('fails every passing case once any one of its expected values is changed', () => {
    const cases = JSON.parse(fixture) as { id: string; expect: Record<string, unknown> }[];
    for (const { id, expect: expected } of cases.slice(0, 5)) {
      for (const [key, value] of Object.entries(expected)) {
        const other = typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : 'zero';
        const changed = only(id, (one) => Object.assign(one, { expect: { ...expected, [key]: other } }));
        expect([id, key, run(changed).failed]).toEqual([id, key, 1]);
      }
    }
  });

  it('fails a wrong number of parallel results, whatever their order', () => {
    const changed = only('own-parallel', (one) => {
      (one.steps as Record<string, unknown>[])[0] = {
        t: 0,
        action: 'concurrent_bad_password',
        via: 'kerberos',
        count: 5,
        results: { wrong_password: 4, locked_out: 1 },
      };
    });
    expect(run(changed).lines[1]).toContain('expected 1 locked_out, 4 wrong_password, actual 2 locked_out');
  });

  it('skips a differing case only where the file itself calls it superseded', () => {
    const superseded = only('own-wrong-expectation', (one) =>
      Object.assign(one, { superseded: 'by a newer one' }),
    );
    expect(run(superseded)).toMatchObject({ passed: 0, failed: 0, skipped: 1 });
    expect(run(only('own-lock', (one) => Object.assign(one, { superseded: 'x' }))).passed).toBe(1);
  });

  it('skips a case whose outcome is seen from another controller', () => {
    const seen = only('own-lock', (one) => Object.assign(one, { expect: { badPwdCount: 7, view: 'rwdc' } }));
    expect(run(seen)).toMatchObject({ failed: 0, skipped: 1 });
  });

  it('fails a case that is not of the schema, naming the place', () => {
    const odd = only('own-lock', (one) => Object.assign(one, { steps: [{ t: 0, action: 'dance' }] }));
    expect(run(odd).lines[0]).toMatch(/^FAIL own-lock: not a case of this schema: steps\.0\.action/);
  });

  it('says in a sentence why a file cannot be used', () => {
    expect(reportOn('{')).toMatchObject({ unusable: expect.stringContaining('not JSON') });
    expect(reportOn('{}')).toEqual({ unusable: 'It is JSON, but not a list of cases.' });
    expect(reportOn('[]')).toEqual({ unusable: 'It holds no cases.' });
  });
});

const reference = process.env.LOCKWATCH_REFERENCE_DATA;
const cases = reference === undefined ? undefined : join(reference, 'lockout-cases.json');

describe('the reference cases', () => {
  it.skipIf(cases === undefined || !existsSync(cases))(
    'all pass that speak of one authority (needs LOCKWATCH_REFERENCE_DATA)',
    () => {
      const report = run(readFileSync(cases ?? '', 'utf8'));
      expect(report.lines.filter((line) => line.startsWith('FAIL'))).toEqual([]);
      expect(report.passed).toBeGreaterThan(60);
    },
  );
});
