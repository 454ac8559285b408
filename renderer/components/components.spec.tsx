// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { statusSchema } from '../../shared/account-status';
import { accountView, NOW } from '../testing/fixtures';
import { renderWindow, resetWindow } from '../testing/render';
import { CountBar } from './count-bar';
import { StatusBadge } from './status-badge';
import { Age, NextEventText } from './time';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  resetWindow();
  vi.useRealTimers();
});
const pass = (ms: number): void => {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
};

describe('a status', () => {
  it('is told by word and by shape, each its own', () => {
    const { container } = renderWindow(
      <p>
        {statusSchema.options.map((status) => (
          <StatusBadge key={status} status={status} />
        ))}
      </p>,
    );
    for (const word of ['Locked', 'Counting', 'Clear', 'Unknown'])
      expect(screen.getByText(word)).toBeTruthy();
    const shapes = [...container.querySelectorAll('svg')].map((icon) => icon.innerHTML);
    expect(new Set(shapes).size).toBe(4);
  });
});

describe('a count', () => {
  it.each([
    [accountView('a', { badPasswordCount: 7 }), '7 of 10'],
    [accountView('a', { badPasswordCount: 7, countCertainty: 'atMost' }), 'at most 7 of 10'],
    [accountView('a', { badPasswordCount: 7, countCertainty: 'uncertain' }), 'about 7 of 10'],
    [accountView('a', { badPasswordCount: 7, threshold: 0 }), '7, never locks'],
    [accountView('a', { badPasswordCount: 7, threshold: null }), '7, threshold unknown'],
    [accountView('a', { badPasswordCount: null }), 'Count unknown'],
  ])('says how sure it is', (account, words) => {
    renderWindow(<CountBar account={account} />);
    expect(screen.getByText(words)).toBeTruthy();
  });
});

describe('time', () => {
  it('counts down and stops at zero with a word', () => {
    renderWindow(<NextEventText event={{ kind: 'unlocks', atMs: NOW + 3000, account: 'a' }} />);
    expect(screen.getByText('Unlocks in 0:03')).toBeTruthy();
    pass(1000);
    expect(screen.getByText('Unlocks in 0:02')).toBeTruthy();
    pass(2000);
    expect(screen.getByText('Unlocking now')).toBeTruthy();
    pass(60_000);
    expect(screen.getByText('Unlocking now')).toBeTruthy();
  });

  it('says plainly what never ends by itself', () => {
    renderWindow(<NextEventText event={{ kind: 'untilAdmin', atMs: null, account: 'a' }} />);
    expect(screen.getByText('Locked until you unlock it')).toBeTruthy();
  });

  it('grows older, and no beat is left when it is gone', () => {
    const { unmount } = renderWindow(<Age ms={NOW} />);
    expect(screen.getByText('now')).toBeTruthy();
    pass(61_000);
    expect(screen.getByText(/1 min/)).toBeTruthy();
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});
