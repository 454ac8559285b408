// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../../shared/account-status';
import { ok } from '../../shared/result';
import type { Snapshot } from '../../shared/snapshot';
import { directoryProfile, directoryView } from '../features/directory/testing';
import { createLanguage } from '../i18n/language';
import { fromSnapshot } from '../store/mirror';
import { useUi } from '../store/ui';
import { mirror } from '../store/window-mirror';
import { type FakeApi, installFakeApi } from '../testing/fake-api';
import { accountView, idOf, instanceView, NOW, profileOf, snapshotOf } from '../testing/fixtures';
import { renderWindow, resetWindow } from '../testing/render';
import { deleteInstance } from './actions';
import { announcement, type Told, toldOf } from './announcement';
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
  const told = (number: number, status: Status, ...locked: string[]): Told => ({
    id: idOf(number),
    name: `host-${number}`,
    status,
    locked,
  });

  it('name what changed', () => {
    const now = [told(1, 'locked', 'bob'), told(2, 'clear')];
    expect(announcement([told(1, 'counting'), told(2, 'clear')], now, t)).toBe(
      'host-1 is locked: account bob.',
    );
    expect(announcement([told(2, 'clear')], now, t)).toBeNull();
    expect(announcement(now, [told(1, 'unknown', 'bob')], t)).toBe('host-1: the status is unknown.');
  });

  it('name what was locked since, where something was locked already', () => {
    const before = [told(1, 'locked', 'bob')];
    expect(announcement(before, [told(1, 'locked', 'bob', 'ann')], t)).toBe('host-1 is locked: account ann.');
    expect(announcement(before, [told(1, 'locked', 'bob', 'a', 'b', 'c', 'd')], t)).toBe(
      'host-1 is locked: 4 accounts, a, b, c and 1 more.',
    );
    expect(announcement(before, before, t)).toBeNull();
    expect(announcement([told(1, 'locked', 'bob', 'ann')], before, t)).toBeNull();
  });

  it('are one sentence in a storm', () => {
    const all = (status: Status) => [1, 2, 3, 4].map((number) => told(number, status, 'bob'));
    expect(announcement(all('clear'), all('locked'), t)).toBe(
      '4 instances and directories changed their status, 4 now locked.',
    );
  });

  it('are about instances and directories that have a name', () => {
    const view = (number: number) =>
      instanceView(number, {
        status: 'locked',
        accounts: [accountView('bob', { status: 'locked' }), accountView('ann')],
      });
    const { profiles } = fromSnapshot(1, snapshotOf({ profiles: [profileOf(1)] }));
    const fleet = { [idOf(1)]: view(1), [idOf(2)]: view(2) };
    const directory = directoryView({ status: 'clear' });
    expect(toldOf(fleet, profiles, [directory], [directoryProfile()])).toEqual([
      told(1, 'locked', 'bob'),
      { id: directory.id, name: 'Head office', status: 'clear', locked: [] },
    ]);
    expect(toldOf({}, profiles, [directory], [])).toEqual([]);
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
