// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import type { InstanceView } from '../../../shared/account-status';
import { instanceView, NOW, profileOf } from '../../testing/fixtures';
import { renderWindow, resetWindow } from '../../testing/render';
import { fleetRows } from './fleet-model';
import { NoneFailing } from './none-failing';

afterEach(resetWindow);

const textOf = (change: Partial<InstanceView>): string => {
  const view = instanceView(1, change);
  const [row] = fleetRows({
    profiles: [profileOf(1)],
    fleet: { [view.id]: view },
    nowMs: NOW,
    staleAfterSeconds: 120,
    windowStale: false,
  });
  return row ? (renderWindow(<NoneFailing row={row} />).container.textContent ?? '') : '';
};

describe('an instance where no account is failing', () => {
  it('is said to be so when it would show it', () => {
    expect(textOf({})).toBe('No account is failing');
    expect(textOf({ doubts: [{ key: 'watch.doubt.clockMoved', params: {} }] })).toBe('No account is failing');
  });

  it('says what the last reading showed, and what cannot be seen, when auditing is off', () => {
    const doubts = [{ key: 'lockout.reason.failuresNotAudited', params: {} }];
    expect(textOf({ doubts })).toBe(
      'None was locked at the last readingFailed logons are not audited here, so they leave no trace',
    );
  });
});
