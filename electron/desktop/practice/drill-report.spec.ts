import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../../shared/account-status';
import type { Decision } from '../notifications/notification';
import { imminentValue, lockoutValue } from '../notifications/values';
import { sampleAccount, sampleView } from '../testing/sample-view';
import { createDrillReport, DRILL_STEPS } from './drill-report';

const administrator = (changes: Partial<AccountView>) =>
  sampleView(1, [sampleAccount('Administrator', { builtinAdministrator: true, ...changes })]);
const clear = administrator({});
const counting = administrator({ status: 'counting', badPasswordCount: 3 });
const locked = administrator({ status: 'locked', badPasswordCount: 10 });
const accountOf = (view: typeof clear) => {
  const [account] = view.accounts;
  if (!account) throw new Error('the view has an account');
  return account;
};
const shown = (value: Decision['value']): Decision => ({ outcome: 'shown', value });

describe('a drill as the app sees it', () => {
  it('is told as it changes, each thing once', () => {
    const report = createDrillReport(() => 'web-01');
    const keys = (view: typeof clear) => report.fleet([view]).lines.map(({ key }) => key);
    expect(keys(clear)).toEqual(['drill.instance']);
    expect(keys(clear)).toEqual([]);
    expect(keys(counting)).toEqual(['drill.instance', 'drill.account.counting']);
    expect(keys(locked)).toEqual(['drill.instance', 'drill.account.locked']);
    expect(report.phase('attack').lines).toEqual([{ key: 'lab.phase.attack', params: {} }]);
    expect(report.phase('attack').lines).toEqual([]);
  });

  it('speaks of accounts that fail, and of their end; not of those that are well or not known yet', () => {
    const report = createDrillReport(() => 'web-01');
    const unknown = administrator({ status: 'unknown' });
    const keys = (view: typeof clear) =>
      report
        .fleet([view])
        .lines.map(({ key }) => key)
        .filter((key) => key.startsWith('drill.account'));
    expect([keys(unknown), keys(clear), keys(unknown), keys(clear)]).toEqual([[], [], [], []]);
    expect(keys(locked)).toEqual(['drill.account.locked']);
    expect(keys(unknown)).toEqual([]);
    expect(keys(clear)).toEqual(['drill.account.clear']);
    expect(report.seen().has('unlocked')).toBe(true);
    expect(keys(clear)).toEqual([]);
    expect([keys(counting), keys(counting), keys(clear)]).toEqual([
      ['drill.account.counting'],
      [],
      ['drill.account.clear'],
    ]);
  });

  it('is complete when every step was seen', () => {
    const report = createDrillReport(() => 'web-01');
    report.fleet([clear]);
    expect(report.fleet([counting]).steps).toEqual(['counting']);
    const warning = shown(imminentValue(counting, accountOf(counting), 'web-01', 20));
    expect(report.decision(warning).steps).toEqual(['warned']);
    expect(report.decision(warning).steps).toEqual([]);
    expect(report.fleet([locked]).steps).toEqual(['locked']);
    expect(report.decision(shown(lockoutValue(locked, accountOf(locked), 'web-01', 0))).steps).toEqual([
      'notified',
    ]);
    expect(report.fleet([clear]).steps).toEqual(['unlocked']);
    expect([...report.seen()].sort()).toEqual([...DRILL_STEPS].sort());
  });

  it('is not followed by a notification that stayed unsaid, nor by another account', () => {
    const report = createDrillReport(() => 'web-01');
    const value = lockoutValue(locked, accountOf(locked), 'web-01', 0);
    expect(report.decision({ outcome: 'suppressed', value, reason: 'paused' })).toEqual({
      lines: [],
      steps: [],
    });
    report.fleet([sampleView(2, [sampleAccount('svc', { status: 'locked' })])]);
    expect(report.seen().size).toBe(0);
  });
});
