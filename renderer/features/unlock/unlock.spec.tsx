// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UnlockPlan } from '../../../shared/account-unlock';
import { appError } from '../../../shared/errors';
import type { PasswordReset } from '../../../shared/password-reset';
import { checkPassword } from '../../../shared/password-rules';
import { err, ok } from '../../../shared/result';
import type { Snapshot } from '../../../shared/snapshot';
import { useUi } from '../../store/ui';
import { type FakeApi, installFakeApi } from '../../testing/fake-api';
import { accountView, idOf, instanceView, NOW, profileOf, undecided } from '../../testing/fixtures';
import { renderWindow, resetWindow } from '../../testing/render';
import { directoryProfile, directoryView } from '../directory/testing';
import { AccountActions, PendingReset, UnlockButton } from './account-actions';
import { ResetDialog } from './reset-dialog';
import { mayKeep, mayReboot, mayStartAnew, passwordMessage, stepsOf } from './reset-model';
import { UnlockAccountDialog } from './unlock-account-dialog';

const ID = idOf(1);
let main: FakeApi;
beforeEach(() => {
  main = installFakeApi();
});
afterEach(resetWindow);

const plan = (changes: Partial<UnlockPlan> = {}): UnlockPlan => ({
  name: 'alice',
  sid: 'S-1-5-21-1-2-3-1001',
  domain: null,
  builtinAdministrator: false,
  disabled: false,
  scope: 'local',
  where: 'host-1',
  controller: null,
  lockedAtMs: NOW,
  autoUnlockAtMs: null,
  lockedUntilAdmin: true,
  lastFailureAtMs: NOW,
  lastSource: '203.0.113.7',
  paceSeconds: 3,
  relockSeconds: 30,
  verdict: undecided,
  isolation: 'notNeeded',
  ...changes,
});
const preview = (changes: object = {}) => ({
  id: ID,
  accountKey: 'alice',
  previewId: 'p-1',
  plan: plan(),
  refusal: null,
  error: null,
  ...changes,
});
const administrator = accountView('Administrator', { builtinAdministrator: true });
const window_ = (changes: Partial<Snapshot> = {}): Partial<Snapshot> => ({
  profiles: [profileOf(1)],
  fleet: [instanceView(1, { accounts: [administrator, accountView('alice', { status: 'locked' })] })],
  passwordResettable: [ID],
  ...changes,
});
const reset = (changes: Partial<PasswordReset> = {}): PasswordReset => ({
  id: ID,
  account: 'Administrator',
  phase: 'set',
  beganAtMs: NOW,
  setAtMs: NOW,
  rebootAtMs: null,
  rebootUncertain: false,
  cloudStatus: null,
  seenDown: false,
  watching: false,
  runningAtMs: null,
  reachedAtMs: null,
  message: null,
  error: null,
  held: true,
  signsIn: true,
  keep: 'no',
  ...changes,
});

describe('the unlock of an account', () => {
  const open = () =>
    renderWindow(<UnlockAccountDialog id={ID} accountKey="alice" onClose={() => undefined} />, window_());

  it('shows what would be done and does it once, when the admin says yes', async () => {
    main.answer('unlock.plan', () => ok(preview()));
    const text = { key: 'unlock.outcome.verified', params: { name: 'alice', where: 'host-1' } };
    main.answer('unlock.apply', () => ok({ kind: 'done', verified: true, text }));
    open();
    expect(await screen.findByText('A local account of host-1, unlocked there over SSH.')).toBeTruthy();
    expect(screen.getByText(/locked again 30 seconds after/)).toBeTruthy();
    expect(main.inputsOf('unlock.apply')).toEqual([]);
    fireEvent.change(screen.getByLabelText('Reason'), { target: { value: 'called' } });
    const yes = screen.getByRole('button', { name: 'Unlock alice' });
    fireEvent.click(yes);
    fireEvent.click(yes);
    expect(await screen.findByText(/is unlocked. It was read again/)).toBeTruthy();
    expect(main.inputsOf('unlock.apply')).toEqual([{ previewId: 'p-1', confirmed: true, reason: 'called' }]);
    expect(screen.queryByRole('button', { name: 'Look again' })).toBeNull();
  });

  it('recommends isolating first during an attack', async () => {
    main.answer('unlock.plan', () => ok(preview({ plan: plan({ isolation: 'recommended' }) })));
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Isolate first' }));
    expect(useUi.getState().dialog).toEqual({ kind: 'isolate', ids: [ID] });
    expect(screen.getByRole('button', { name: 'Unlock alice all the same' })).toBeTruthy();
  });

  it('shows how it is now when it changed, and wants a new yes', async () => {
    main.answer('unlock.plan', () => ok(preview()));
    main.answer('unlock.apply', () =>
      ok({ kind: 'replaced', preview: preview({ previewId: 'p-2', plan: plan({ name: 'alice2' }) }) }),
    );
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Unlock alice' }));
    expect(await screen.findByText(/It changed since you looked/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Unlock alice2' }));
    await waitFor(() => expect(main.inputsOf('unlock.apply')).toHaveLength(2));
    expect(main.inputsOf('unlock.apply')[1]).toMatchObject({ previewId: 'p-2' });
  });

  it.each([
    [
      'a refusal',
      { plan: null, refusal: { key: 'unlock.refusal.self', params: { name: 'alice', where: 'host-1' } } },
      /not unlocked by itself/,
    ],
    ['a failure', { plan: null, error: appError('account.notConnected') }, /not connected to this instance/],
  ])('says why not after %s, and looks again on demand', async (_what, changes, words) => {
    main.answer('unlock.plan', () => ok(preview(changes)));
    open();
    expect(await screen.findByText(words)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Unlock/ })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Look again' }));
    await waitFor(() => expect(main.inputsOf('unlock.plan')).toHaveLength(2));
  });

  it('leads to the console where that is the way, and to the directory for a domain’s account', async () => {
    const refusing = (key: string, params: object): void =>
      main.answer('unlock.plan', () => ok(preview({ plan: null, refusal: { key, params } })));
    refusing('unlock.refusal.self', { name: 'alice', where: 'host-1' });
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Use the console' }));
    expect(useUi.getState().dialog).toEqual({ kind: 'openConsole', id: ID });
    expect(screen.queryByRole('button', { name: 'Open the directory' })).toBeNull();
    refusing('unlock.refusal.noController', { name: 'alice', domain: 'CORP' });
    fireEvent.click(screen.getByRole('button', { name: 'Look again' }));
    expect(await screen.findByRole('button', { name: 'Open the directory' })).toBeTruthy();
  });

  it('is never green without proof', async () => {
    main.answer('unlock.plan', () => ok(preview()));
    const text = { key: 'unlock.outcome.notRead', params: { name: 'alice', where: 'host-1' } };
    main.answer('unlock.apply', () => ok({ kind: 'done', verified: false, text }));
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Unlock alice' }));
    const said = await screen.findByText(/not proven yet/);
    expect(said.closest('[data-tone]')?.getAttribute('data-tone')).toBe('warning');
  });

  it('names the domain controller and says when it is not the PDC', async () => {
    const controller = { name: 'dc2.corp', pdc: false, pdcName: 'DC1', domain: 'CORP' };
    main.answer('unlock.plan', () =>
      ok(preview({ plan: plan({ scope: 'domain', domain: 'CORP', controller }) })),
    );
    open();
    expect(await screen.findByText(/domain controller dc2.corp.*PDC emulator \(DC1\)/)).toBeTruthy();
    expect(screen.getByText('CORP\\alice')).toBeTruthy();
  });
});

describe('the reset of a password', () => {
  const open = (changes: Partial<Snapshot> = {}) =>
    renderWindow(<ResetDialog id={ID} onClose={() => undefined} />, window_(changes));
  const field = () => screen.getByLabelText(/New password/) as HTMLInputElement;

  it('sends nothing that the cloud would refuse', () => {
    open();
    const yes = screen.getByRole('button', { name: 'Set the password' });
    for (const bad of ['', 'short1A', '/Abcdef12', 'alllowercase', 'Abc def 12']) {
      fireEvent.change(field(), { target: { value: bad } });
      fireEvent.click(yes);
    }
    expect(main.inputsOf('passwordReset.begin')).toEqual([]);
    expect(field().type).toBe('password');
  });

  it('generates one here, and sends it once with what was chosen', async () => {
    open();
    fireEvent.click(screen.getByRole('button', { name: 'Generate one' }));
    const password = field().value;
    expect(checkPassword(password, 'Administrator')).toEqual({ errors: [], warnings: [] });
    expect(field().type).toBe('text');
    fireEvent.click(screen.getByRole('button', { name: 'Generate one' }));
    expect(field().value).not.toBe(password);
    fireEvent.click(screen.getByLabelText('Keep the new password for Lockwatch’s own sign-in'));
    fireEvent.click(screen.getByRole('button', { name: 'Set the password' }));
    await waitFor(() => expect(main.inputsOf('passwordReset.begin')).toHaveLength(1));
    expect(main.inputsOf('passwordReset.begin')[0]).toMatchObject({ id: ID, confirmed: true, keep: true });
  });

  it('warns that its own sign-in fails unless it keeps the new one', () => {
    open();
    expect(screen.getByText(/Lockwatch itself signs in as Administrator/)).toBeTruthy();
    fireEvent.click(screen.getByLabelText('Keep the new password for Lockwatch’s own sign-in'));
    expect(screen.queryByText(/Lockwatch itself signs in as Administrator/)).toBeNull();
  });

  it('asks for the reboot by itself', async () => {
    open({ passwordResets: [reset()] });
    const now = screen.getByRole('button', { name: 'Reboot now' });
    fireEvent.click(now);
    expect(main.inputsOf('passwordReset.reboot')).toEqual([]);
    fireEvent.click(screen.getByLabelText(/Reboot host-1 now/));
    fireEvent.click(now);
    await waitFor(() => expect(main.inputsOf('passwordReset.reboot')).toEqual([{ id: ID, confirmed: true }]));
  });

  it('copies through main and says how long it stays', async () => {
    main.answer('passwordReset.copy', () => ok({ clearsAfterSeconds: 45 }));
    open({ passwordResets: [reset()] });
    fireEvent.click(screen.getByRole('button', { name: 'Copy the password' }));
    expect(await screen.findByText(/cleared after 45 seconds/)).toBeTruthy();
  });

  it('leads to the unlock: a new password does not unlock', () => {
    const locked = { ...administrator, status: 'locked' as const };
    open({ passwordResets: [reset()], fleet: [instanceView(1, { accounts: [locked] })] });
    fireEvent.click(screen.getByRole('button', { name: 'The account is locked. Unlock it…' }));
    expect(useUi.getState().dialog).toEqual({ kind: 'unlockAccount', id: ID, accountKey: 'administrator' });
  });

  it('says what failed, and lets another one be typed', async () => {
    main.answer('passwordReset.begin', () => err(appError('app.busy')));
    open();
    fireEvent.change(field(), { target: { value: 'Abcdef-12' } });
    fireEvent.click(screen.getByRole('button', { name: 'Set the password' }));
    expect(await screen.findByText(/still busy/)).toBeTruthy();
    expect(field().value).toBe('Abcdef-12');
  });

  it('has main forget what is over when it is closed', () => {
    open({ passwordResets: [reset({ phase: 'done', seenDown: true })] });
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(main.inputsOf('passwordReset.forget')).toEqual([{ id: ID }]);
  });

  it('is not offered where the cloud cannot', () => {
    open({ passwordResettable: [] });
    expect(screen.queryByRole('button', { name: 'Set the password' })).toBeNull();
    expect(screen.getByText(/There is no way to set a password here/)).toBeTruthy();
  });
});

describe('the password that main holds', () => {
  it('is forgotten on demand, here and there', async () => {
    renderWindow(<ResetDialog id={ID} onClose={() => undefined} />, window_({ passwordResets: [reset()] }));
    fireEvent.click(screen.getByRole('button', { name: 'Forget the password' }));
    await waitFor(() => expect(main.inputsOf('passwordReset.forget')).toEqual([{ id: ID }]));
  });
});

describe('the buttons on an account', () => {
  it('lead to the dialogs, where there is something to do', () => {
    const alice = accountView('alice', { status: 'locked' });
    renderWindow(
      <>
        <UnlockButton id={ID} account={alice} />
        <UnlockButton id={ID} account={accountView('bob')} />
        <AccountActions id={ID} account={administrator} />
        <PendingReset id={ID} />
      </>,
      window_({ passwordResets: [reset()] }),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Unlock alice' }));
    expect(useUi.getState().dialog).toEqual({ kind: 'unlockAccount', id: ID, accountKey: 'alice' });
    expect(screen.queryByRole('button', { name: 'Unlock bob' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Reset password…' }));
    expect(useUi.getState().dialog).toEqual({ kind: 'resetPassword', id: ID });
    expect(screen.getByText(/waits for a reboot of host-1/)).toBeTruthy();
  });
});

describe('the unlock of a domain’s account', () => {
  const sid = 'S-1-5-21-1-2-3-1105';
  const atMember = accountView('anna', { status: 'locked', authority: 'elsewhere', domain: 'CORP', sid });
  const atController = accountView('anna', { status: 'locked', sid });

  it.each([
    ['following', atMember, 'directoryUnlock'],
    ['following', atController, 'directoryUnlock'],
    ['following', accountView('anna', { status: 'locked', sid: 'S-1-5-21-9-9-9-1105' }), 'unlockAccount'],
    // Over SSH there may be another way to a controller.
    ['waiting', atMember, 'unlockAccount'],
    ['waiting', atController, 'unlockAccount'],
  ] as const)('with a directory that is %s', (connection, account, kind) => {
    renderWindow(
      <UnlockButton id={ID} account={account} />,
      window_({ directoryProfiles: [directoryProfile()], directories: [directoryView({ connection })] }),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Unlock anna' }));
    expect(useUi.getState().dialog).toMatchObject({ kind });
  });
});

describe('the model of a reset', () => {
  it('never shows a step as done that is not certain', () => {
    expect(stepsOf(reset({ phase: 'maybeSet', setAtMs: null })).set).toBe('uncertain');
    expect(stepsOf(reset({ phase: 'rebooting', watching: true }))).toEqual({
      set: 'done',
      reboot: 'doing',
      reach: 'todo',
    });
    expect(stepsOf(reset({ phase: 'done', seenDown: false })).reboot).toBe('uncertain');
    expect(stepsOf(reset({ phase: 'done', seenDown: true, setAtMs: null })).set).toBe('uncertain');
    expect(stepsOf(reset({ phase: 'done', seenDown: true, reachedAtMs: null })).reach).toBe('uncertain');
    expect(stepsOf(reset({ phase: 'done', seenDown: true, reachedAtMs: NOW }))).toEqual({
      set: 'done',
      reboot: 'done',
      reach: 'done',
    });
    expect(stepsOf(reset({ phase: 'refused' })).set).toBe('failed');
  });

  it('offers what is possible, and nothing else', () => {
    expect(
      ['setting', 'set', 'maybeSet', 'refused', 'reaching', 'done'].filter((phase) =>
        mayReboot(reset({ phase: phase as PasswordReset['phase'] })),
      ),
    ).toEqual(['set', 'maybeSet']);
    expect(mayReboot(reset({ phase: 'rebooting', watching: true }))).toBe(false);
    expect(mayStartAnew(reset({ phase: 'set' }))).toBe(false);
    expect(mayStartAnew(reset({ phase: 'maybeSet' }))).toBe(true);
    expect(mayKeep(reset())).toBe(true);
    expect(mayKeep(reset({ signsIn: false }))).toBe(false);
    expect(mayKeep(reset({ keep: 'kept' }))).toBe(false);
    expect(mayKeep(reset({ held: false }))).toBe(false);
  });

  it('says nothing below an empty field', () => {
    expect(passwordMessage('', 'Administrator')).toEqual({ state: 'none', messages: [] });
    expect(passwordMessage('Administrator-1', 'Administrator').state).toBe('warning');
  });
});
