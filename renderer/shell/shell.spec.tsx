// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../shared/result';
import type { Snapshot } from '../../shared/snapshot';
import { createLanguage } from '../i18n/language';
import { fromSnapshot } from '../store/mirror';
import { useUi } from '../store/ui';
import { mirror } from '../store/window-mirror';
import { type FakeApi, installFakeApi } from '../testing/fake-api';
import { accountView, idOf, instanceView, NOW, profileOf, snapshotOf } from '../testing/fixtures';
import { renderWindow, resetWindow } from '../testing/render';
import { deleteInstance } from './actions';
import { announcement } from './announcement';
import { bannersOf } from './banner-model';
import { Frame } from './frame';
import { commandOf } from './shortcuts';
import { Toaster } from './toaster';

const { t } = createLanguage('en-GB');
let main: FakeApi;
beforeEach(() => {
  main = installFakeApi();
});
afterEach(resetWindow);

const banners = (change: Partial<Snapshot>, stale = false) => {
  const snapshot = snapshotOf(change);
  const { fleet: _, ...base } = snapshot;
  return bannersOf(base, fromSnapshot(1, snapshot).profiles, stale);
};

describe('banners', () => {
  it('are silent when all is well', () => expect(banners({})).toEqual([]));

  it('tell of practice, a missing vault, a lost touch and a dead watcher, none of which can be hidden but the vault', () => {
    const shown = banners(
      {
        app: { ...snapshotOf().app, practice: true },
        vault: { kind: 'memory', backend: 'basic_text' },
        evidenceProcess: 'failed',
      },
      true,
    );
    expect(shown.map((banner) => [banner.id, banner.kind, banner.dismissible])).toEqual([
      ['evidence', 'error', false],
      ['stale', 'warning', false],
      ['vault', 'info', true],
      ['practice', 'practice', false],
    ]);
  });

  it('lead to the host key and the secret that wait', () => {
    const key = { hop: 'instance', host: 'h', port: 22, algorithm: 'ssh-ed25519', fingerprint: 'f' } as const;
    const shown = banners({
      profiles: [profileOf(1)],
      hostKeyQuestions: [{ instanceId: idOf(1), key, pinned: key, knownHosts: 'unknown' }],
      missingSecrets: [{ instanceId: idOf(1), hop: 'instance' }],
    });
    expect(
      shown.map((banner) => [banner.kind, banner.action?.kind === 'dialog' && banner.action.dialog.kind]),
    ).toEqual([
      ['error', 'hostKey'],
      ['warning', 'profile'],
    ]);
  });
});

describe('announcements', () => {
  const profiles = fromSnapshot(1, snapshotOf({ profiles: [1, 2, 3, 4].map((n) => profileOf(n)) })).profiles;
  const view = (number: number) =>
    instanceView(number, { status: 'locked', accounts: [accountView('bob', { status: 'locked' })] });

  it('name what changed', () => {
    const fleet = { [idOf(1)]: view(1), [idOf(2)]: instanceView(2) };
    const before = { [idOf(1)]: 'counting', [idOf(2)]: 'clear' } as const;
    expect(announcement(before, fleet, profiles, t)).toBe('host-1 is locked: account bob.');
    expect(announcement({ [idOf(2)]: 'clear' }, fleet, profiles, t)).toBeNull();
  });

  it('are one sentence in a storm', () => {
    const fleet = Object.fromEntries([1, 2, 3, 4].map((n) => [idOf(n), view(n)]));
    const before = Object.fromEntries([1, 2, 3, 4].map((n) => [idOf(n), 'clear' as const]));
    expect(announcement(before, fleet, profiles, t)).toBe('4 instances changed their status, 4 now locked.');
  });
});

describe('keys', () => {
  const key = (name: string, change = {}) =>
    commandOf({ key: name, ctrlKey: false, metaKey: false, altKey: false, typing: false, ...change });
  it('mean commands, and text while typing', () => {
    expect(key('/')).toBe('search');
    expect(key('/', { typing: true })).toBeNull();
    expect(key('f', { ctrlKey: true, typing: true })).toBe('search');
    expect(key('N', { metaKey: true })).toBe('add');
    expect(key('ArrowLeft', { altKey: true })).toBe('back');
    expect(key('f')).toBeNull();
  });
});

describe('the frame', () => {
  it('begins with the first run when nothing is watched', async () => {
    renderWindow(<Frame />);
    expect(await screen.findByText('Watch your first Windows instance')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Open practice lab' }));
    expect(main.inputsOf('lab.open')).toEqual([null]);
  });

  it('turns every status unknown when it lost touch with main', () => {
    renderWindow(<Frame />, {
      profiles: [profileOf(1)],
      fleet: [instanceView(1, { checkedAtMs: Date.now() })],
    });
    const chip = (name: RegExp): string | null => screen.getByRole('button', { name }).textContent;
    expect(chip(/Clear/)).toContain('1');
    act(() => mirror.store.setState({ stale: true }));
    expect(chip(/Clear/)).toContain('0');
    expect(chip(/Unknown/)).toContain('1');
    expect(screen.getByText(/lost touch with the watcher. What you see/)).toBeTruthy();
  });

  it('says that main does not answer', () => {
    renderWindow(<Frame />);
    const error = {
      code: 'app.internal',
      retryable: false,
      messageKey: 'error.app.internal',
      params: {},
      correlationId: 'e-7',
    };
    act(() => mirror.store.setState({ phase: 'failed', base: null, error: error as never }));
    expect(screen.getByText('Lockwatch does not answer')).toBeTruthy();
    expect(screen.getByText('Reference e-7')).toBeTruthy();
  });
});

it('undoes a delete while it can', async () => {
  main.answer('profiles.delete', () => ok({ undoToken: 'u1', undoUntilMs: NOW + 1e12 }));
  main.answer('profiles.undoDelete', () => ok([profileOf(1)]));
  renderWindow(<Toaster />, { profiles: [profileOf(1)] });
  useUi.getState().go({ page: 'instance', instanceId: idOf(1), accountKey: null });
  await act(() => deleteInstance(t, idOf(1), 'host-1'));
  expect(useUi.getState().route).toEqual({ page: 'fleet' });
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(screen.getByText('The instance is back.')).toBeTruthy());
  expect(main.inputsOf('profiles.undoDelete')).toEqual([{ undoToken: 'u1' }]);
});
