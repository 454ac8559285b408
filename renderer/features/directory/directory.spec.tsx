// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CertificateQuestion, DirectoryCheckReport } from '../../../shared/directory';
import { appError } from '../../../shared/errors';
import { err, ok } from '../../../shared/result';
import type { Snapshot } from '../../../shared/snapshot';
import { bannersOf } from '../../shell/banner-model';
import { Toaster } from '../../shell/toaster';
import { useUi } from '../../store/ui';
import { type FakeApi, installFakeApi } from '../../testing/fake-api';
import { accountView, idOf, instanceView, NOW, profileOf, snapshotOf } from '../../testing/fixtures';
import { renderWindow, resetWindow } from '../../testing/render';
import { CertificateDialog } from './certificate-dialog';
import { ControllerTableDialog } from './controller-table-dialog';
import { DirectoryDrawer } from './directory-drawer';
import { DirectoryPage } from './directory-page';
import { DomainAccount } from './domain-account';
import {
  certificate,
  controllerRow,
  controllerTable,
  DIRECTORY,
  directoryAccount,
  directoryPolicy,
  directoryProfile,
  directoryView,
} from './testing';
import { DirectoryUnlockDialog } from './unlock-dialog';

let main: FakeApi;
beforeEach(() => {
  main = installFakeApi();
});
afterEach(resetWindow);

const press = (name: string | RegExp): boolean => fireEvent.click(screen.getByRole('button', { name }));
const HOSTILE = '<img src=x onerror=alert(1)> {name} *)(cn=*';

describe('the page', () => {
  const locked = directoryAccount('anna', {
    status: 'locked',
    badPasswordCount: 5,
    lockedAtMs: NOW,
    lockedUntilAdmin: true,
    policyName: 'Strict',
  });
  const open = (change: Partial<Snapshot> = {}, accounts = [locked], total = accounts.length) => {
    main.answer('directory.accounts', () => ok({ accounts, total, more: total > accounts.length }));
    return renderWindow(<DirectoryPage route={{ page: 'directory' }} />, {
      directoryProfiles: [directoryProfile()],
      directories: [directoryView({ status: 'locked', locked: 1, accounts })],
      ...change,
    });
  };
  const row = (name: string): HTMLElement => {
    const found = document.querySelector<HTMLElement>(`tr[data-account="${name}"]`);
    if (!found) throw new Error(`no row of ${name}`);
    return found;
  };

  it('says what a directory gives while there is none', () => {
    renderWindow(<DirectoryPage route={{ page: 'directory' }} />);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('See the lockouts of a whole domain');
    press('Add directory');
    expect(useUi.getState().dialog).toEqual({ kind: 'directoryProfile', id: null, domain: null });
  });

  it('shows who is locked, until when, under which policy and where it was seen', async () => {
    const there = accountView('anna', { domain: 'CORP', authority: 'elsewhere', sid: locked.key });
    open({ profiles: [profileOf(1)], fleet: [instanceView(1, { accounts: [there] })] });
    await screen.findByText('anna');
    expect(row('anna').dataset.status).toBe('locked');
    expect(row('anna').textContent).toContain('5 of 5');
    expect(row('anna').textContent).toContain('Locked until you unlock it');
    expect(row('anna').textContent).toContain('Strict');
    fireEvent.click(within(row('anna')).getByRole('button', { name: 'host-1' }));
    expect(useUi.getState().route).toEqual({ page: 'instance', instanceId: idOf(1), accountKey: 'anna' });
    fireEvent.click(within(row('anna')).getByRole('button', { name: 'Controllers: anna' }));
    expect(useUi.getState().dialog).toEqual({
      kind: 'controllerTable',
      id: DIRECTORY,
      accountKey: locked.key,
    });
    fireEvent.click(within(row('anna')).getByRole('button', { name: 'Unlock anna' }));
    expect(useUi.getState().dialog).toEqual({
      kind: 'directoryUnlock',
      id: DIRECTORY,
      accountKey: locked.key,
    });
  });

  it('never says that nothing is locked while it does not know', async () => {
    const reason = { key: 'directory.reason.mayNotRead', params: {} };
    open({ directories: [directoryView({ status: 'unknown', reason, checkedAtMs: null })] }, []);
    expect(await screen.findByText(/not the same as none being locked/)).toBeTruthy();
    expect(screen.getByText(/An empty list would prove nothing/)).toBeTruthy();
    expect(screen.queryByText('Clear')).toBeNull();
  });

  it('turns what was clear unknown once the reading is old', async () => {
    open({ directories: [directoryView({ checkedAtMs: Date.now() - 1e8 })] }, [
      directoryAccount('anna', { readAtMs: Date.now() - 1e8 }),
    ]);
    await screen.findByText('anna');
    expect(row('anna').dataset.status).toBe('unknown');
    expect(screen.getByText(/When it was last read, it was clear/)).toBeTruthy();
    expect(screen.queryByText('Clear')).toBeNull();
  });

  it('goes through the accounts by page and searches them all, with the text as it is', async () => {
    open({}, [locked], 120);
    await screen.findByText('1 to 1 of 120');
    press('Next page');
    await waitFor(() => expect(main.inputsOf('directory.accounts').at(-1)).toMatchObject({ offset: 50 }));
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: HOSTILE } });
    await waitFor(() =>
      expect(main.inputsOf('directory.accounts').at(-1)).toMatchObject({ search: HOSTILE, offset: 0 }),
    );
    expect(await screen.findByText(/More match than are shown/)).toBeTruthy();
  });

  it('writes hostile names as what they are', async () => {
    open({ directoryProfiles: [directoryProfile({ name: HOSTILE })] }, [
      directoryAccount(HOSTILE, { displayName: '"><script>1</script>', status: 'locked' }),
    ]);
    await waitFor(() => expect(screen.getAllByText(HOSTILE)).toHaveLength(2));
    expect(document.querySelector('img, script')).toBeNull();
  });

  it('lists several directories with their controllers and shows the chosen one', async () => {
    const second = directoryProfile({ id: idOf(901), name: 'Branch', domain: 'branch.example' });
    const controllers = [
      {
        host: 'dc1.corp.example',
        site: 'Harbour',
        readOnly: false,
        pdc: true,
        contact: 'answers' as const,
        failure: null,
        checkedAtMs: NOW,
        roundTripMs: 3,
        clockOffsetMs: 90_000,
      },
      {
        host: 'rodc.corp.example',
        site: null,
        readOnly: true,
        pdc: false,
        contact: 'fails' as const,
        failure: appError('net.timeout', { host: 'rodc.corp.example', seconds: 5 }),
        checkedAtMs: NOW,
        roundTripMs: null,
        clockOffsetMs: null,
      },
    ];
    open({
      directoryProfiles: [directoryProfile(), second],
      directories: [
        directoryView({ status: 'locked', locked: 1, controllers }),
        directoryView({ id: second.id }),
      ],
      directoryCertificates: [{ directoryId: DIRECTORY, hosts: ['dc1.corp.example'] }],
    });
    expect(screen.getByText('2 controllers, 1 silent')).toBeTruthy();
    const silent = document.querySelector('tr[data-controller="rodc.corp.example"]');
    expect(silent?.textContent).toContain('read-only');
    expect(silent?.textContent).toContain('Does not answer');
    const pdc = document.querySelector('tr[data-controller="dc1.corp.example"]');
    expect(pdc?.textContent).toContain('PDC emulator');
    expect(pdc?.textContent).toContain('ahead of this computer');
    press('Forget the accepted certificate of dc1.corp.example');
    fireEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Forget' }));
    expect(main.inputsOf('directory.forgetCertificate')).toEqual([
      { id: DIRECTORY, host: 'dc1.corp.example' },
    ]);
    press('Branch');
    expect(useUi.getState().route).toEqual({ page: 'directory', directoryId: second.id });
    await screen.findByText('anna');
  });

  it('says policies in words, and when password settings may not be read', () => {
    const strict = directoryPolicy({
      sourceName: 'Strict',
      precedence: 10,
      threshold: 3,
      lockoutDurationSeconds: null,
    });
    const { unmount } = open({ directories: [directoryView({ passwordSettings: [strict] })] }, []);
    expect(screen.getByText('Strict, precedence 10')).toBeTruthy();
    expect(screen.getByText(/The 3rd failed logon locks the account until an admin unlocks it/)).toBeTruthy();
    press(/What other values would have done/);
    expect(useUi.getState().route).toEqual({ page: 'policy', scope: { kind: 'directory', id: DIRECTORY } });
    unmount();
    open({ directories: [directoryView({ passwordSettings: null })] }, []);
    expect(screen.getByText(/They may not be read/)).toBeTruthy();
  });

  it('deletes at once and brings it back', async () => {
    main.answer('directory.delete', () => ok({ undoToken: 'u-1', undoUntilMs: Date.now() + 60_000 }));
    main.answer('directory.undoDelete', () => ok([directoryProfile()]));
    main.answer('directory.accounts', () => ok({ accounts: [], total: 0, more: false }));
    renderWindow(
      <>
        <DirectoryPage route={{ page: 'directory' }} />
        <Toaster />
      </>,
      { directoryProfiles: [directoryProfile()], directories: [directoryView()] },
    );
    press('Delete');
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(main.inputsOf('directory.undoDelete')).toEqual([{ undoToken: 'u-1' }]));
    expect(main.inputsOf('profiles.undoDelete')).toEqual([]);
  });
});

describe('the controller table', () => {
  const open = () =>
    renderWindow(<ControllerTableDialog id={DIRECTORY} accountKey="S-1" onClose={() => undefined} />, {
      directoryProfiles: [directoryProfile()],
    });

  it('marks the truth, explains differences and says who is silent', async () => {
    main.answer('directory.table', () =>
      ok(
        controllerTable({
          rows: [
            controllerRow('dc1', { truth: true }),
            controllerRow('dc2', {
              status: 'clear',
              rawCount: 2,
              badPasswordCount: 0,
              differences: [{ key: 'directory.difference.lockNotArrived', params: {} }],
            }),
            controllerRow('dc3', {
              answers: false,
              status: 'unknown',
              readAtMs: null,
              rawCount: null,
              badPasswordCount: null,
              failure: appError('net.refused', { host: 'dc3', port: 636 }),
            }),
          ],
        }),
      ),
    );
    open();
    const table = await screen.findByRole('table', { name: 'What every controller says of anna' });
    const rows = [...table.querySelectorAll<HTMLElement>('tr[data-controller]')];
    expect(rows.map((row) => row.dataset.controller)).toEqual(['dc1', 'dc2', 'dc3']);
    expect(rows.map((row) => row.textContent?.includes('This is the truth'))).toEqual([true, false, false]);
    expect(within(table).getAllByRole('rowheader')).toHaveLength(3);
    expect(table.textContent).toContain('The lock has not reached it yet');
    expect(rows[2]?.dataset.status).toBe('unknown');
    press('Ask again');
    await waitFor(() => expect(main.inputsOf('directory.table')).toHaveLength(2));
  });

  it('does not go on showing clear what was asked long ago', async () => {
    const before = Date.now() - 1e8;
    const rows = [controllerRow('dc1', { truth: true, status: 'clear', readAtMs: before })];
    main.answer('directory.table', () => ok(controllerTable({ rows, madeAtMs: before })));
    open();
    expect(await screen.findByText('This is too old to rely on. Ask again.')).toBeTruthy();
    expect(screen.queryByText('Clear')).toBeNull();
  });

  it('says why there is no table, and asks again', async () => {
    main.answer('directory.table', () => err(appError('directory.pdcUnknown', { domain: 'corp.example' })));
    open();
    expect(await screen.findByRole('alert')).toBeTruthy();
    press('Try again');
    await waitFor(() => expect(main.inputsOf('directory.table')).toHaveLength(2));
  });
});

describe('the unlock at the PDC emulator', () => {
  const account = directoryAccount('anna', { status: 'locked', lockedAtMs: NOW });
  const preview = (change: object = {}) => ({
    previewId: 'p-1',
    directoryId: DIRECTORY,
    account,
    pdcHost: 'dc1.corp.example',
    consequences: [{ key: 'directory.unlock.sourceUnknown', params: {} }],
    obstacles: [],
    ...change,
  });
  const open = () =>
    renderWindow(
      <DirectoryUnlockDialog id={DIRECTORY} accountKey={account.key} onClose={() => undefined} />,
      {
        directoryProfiles: [directoryProfile()],
      },
    );

  it('names account, controller and consequence, and does it once', async () => {
    main.answer('directory.planUnlock', () => ok(preview()));
    main.answer('directory.applyUnlock', () => ok({ verified: true, account, notes: [] }));
    open();
    expect(await screen.findByText('dc1.corp.example, the PDC emulator of corp.example')).toBeTruthy();
    expect(screen.getByText(/No watched instance has seen/)).toBeTruthy();
    expect(main.inputsOf('directory.applyUnlock')).toEqual([]);
    const yes = screen.getByRole('button', { name: 'Unlock anna' });
    fireEvent.click(yes);
    fireEvent.click(yes);
    const said = await screen.findByText(/anna is unlocked. It was read again/);
    expect(said.closest('[data-tone]')?.getAttribute('data-tone')).toBe('success');
    expect(main.inputsOf('directory.applyUnlock')).toEqual([{ previewId: 'p-1', confirmed: true }]);
  });

  it('is never green when it is not verified', async () => {
    main.answer('directory.planUnlock', () => ok(preview()));
    const notes = [{ key: 'directory.unlock.notReadAgain', params: {} }];
    main.answer('directory.applyUnlock', () => ok({ verified: false, account: null, notes }));
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Unlock anna' }));
    const said = await screen.findByText('It is not proven that anna is unlocked.');
    expect(said.closest('[data-tone]')?.getAttribute('data-tone')).toBe('warning');
    expect(screen.getByText(/could not be read again/)).toBeTruthy();
    expect(document.querySelector('[data-tone="success"]')).toBeNull();
    press('Look again');
    await waitFor(() => expect(main.inputsOf('directory.planUnlock')).toHaveLength(2));
  });

  it('offers no button where it cannot be done, and says which right is missing', async () => {
    const obstacles = [{ key: 'directory.unlock.mayNot', params: { user: 'reader', object: 'CN=anna' } }];
    main.answer('directory.planUnlock', () => ok(preview({ previewId: null, obstacles })));
    open();
    expect(await screen.findByText(/the right “Write lockoutTime” on CN=anna is missing/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Unlock anna' })).toBeNull();
  });

  it('wants a new yes after a failure', async () => {
    main.answer('directory.planUnlock', () => ok(preview()));
    main.answer('directory.applyUnlock', () => err(appError('directory.previewGone')));
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Unlock anna' }));
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Unlock anna' })).toBeNull();
    press('Look again');
    expect(await screen.findByRole('button', { name: 'Unlock anna' })).toBeTruthy();
  });
});

describe('the form', () => {
  const field = (name: string): HTMLInputElement => {
    const element = document.getElementById(`profile-${name}`);
    if (!(element instanceof HTMLInputElement)) throw new Error(`no field ${name}`);
    return element;
  };
  const type = (name: string, value: string): boolean => fireEvent.change(field(name), { target: { value } });
  const open = (id: string | null, change: Partial<Snapshot> = {}) => {
    useUi.getState().openDialog({ kind: 'directoryProfile', id, domain: null });
    return renderWindow(<DirectoryDrawer id={id} domain={null} />, {
      directoryProfiles: [directoryProfile()],
      ...change,
    });
  };

  it('says at each field what is missing, saves what was typed and shows it', async () => {
    main.answer('directory.save', () => ok(directoryProfile({ id: idOf(902) })));
    open(null);
    press('Save and watch');
    expect(screen.getByText('3 fields need your attention.')).toBeTruthy();
    expect(main.inputsOf('directory.save')).toEqual([]);
    type('domain', 'shop.example');
    type('bindUser', 'reader@shop.example');
    type('password', 's3cret');
    press('Save and watch');
    await waitFor(() => expect(useUi.getState().dialog).toBeNull());
    expect(main.inputsOf('directory.save')).toMatchObject([
      { id: null, fields: { domain: 'shop.example', name: 'shop.example' }, password: 's3cret' },
    ]);
    expect(useUi.getState().route).toEqual({ page: 'directory', directoryId: idOf(902) });
  });

  it('takes no encryption only with the box ticked, and says what it means', async () => {
    main.answer('directory.save', () => ok(directoryProfile()));
    open(DIRECTORY);
    fireEvent.click(screen.getByRole('radio', { name: 'None' }));
    type('password', 's3cret');
    expect(screen.getByText(/goes over the network as plain text/)).toBeTruthy();
    press('Save');
    expect(screen.getByText('Choose an encryption, or say that you want it without.')).toBeTruthy();
    expect(main.inputsOf('directory.save')).toEqual([]);
    fireEvent.click(screen.getByRole('checkbox', { name: /I know what this means/ }));
    press('Save');
    await waitFor(() =>
      expect(main.inputsOf('directory.save')).toMatchObject([
        { fields: { transport: 'plain', plainAccepted: true }, password: 's3cret' },
      ]),
    );
  });

  it('never shows the password, keeps it for the same place and wants it anew for another', async () => {
    open(DIRECTORY);
    expect(field('password').value).toBe('');
    expect(field('password').type).toBe('password');
    expect(field('password').placeholder).toMatch(/Leave empty to keep it/);
    type('bindUser', 'other@corp.example');
    expect(field('password').placeholder).toBe('');
    press('Save');
    expect(screen.getByText('Enter it, so that Lockwatch can connect.')).toBeTruthy();
    expect(main.inputsOf('directory.save')).toEqual([]);
  });

  it('asks before it throws changes away', () => {
    open(DIRECTORY);
    type('name', 'Other');
    press('Cancel');
    fireEvent.click(within(screen.getByRole('alertdialog')).getByText('Keep editing'));
    expect(field('name').value).toBe('Other');
    press('Cancel');
    fireEvent.click(within(screen.getByRole('alertdialog')).getByText('Discard changes'));
    expect(useUi.getState()).toMatchObject({ dialog: null, unsaved: false });
  });

  it('checks what is entered, asks about a certificate and goes on when it is accepted', async () => {
    let number = 0;
    main.answer('directory.startCheck', () => ok({ checkId: `c-${++number}` }));
    open(DIRECTORY);
    press('Check connection');
    await waitFor(() => expect(main.inputsOf('directory.startCheck')).toHaveLength(1));
    expect(main.inputsOf('directory.startCheck')[0]).toMatchObject({
      kind: 'draft',
      id: DIRECTORY,
      password: null,
    });
    const report = (change: Partial<DirectoryCheckReport>): DirectoryCheckReport => ({
      checkId: 'c-1',
      startedAtMs: NOW,
      finishedAtMs: null,
      steps: [
        { id: 'tcp', state: 'passed', durationMs: 12.4, messageKey: null, params: {}, error: null },
        { id: 'certificate', state: 'running', durationMs: null, messageKey: null, params: {}, error: null },
      ],
      question: null,
      ...change,
    });
    act(() => main.emit('directory.checked', report({})));
    expect(await screen.findByText('12 ms')).toBeTruthy();
    const question = { directoryId: DIRECTORY, certificate: certificate(), pinned: null, systemSays: null };
    act(() => main.emit('directory.checked', report({ finishedAtMs: NOW, question })));
    fireEvent.click(await screen.findByRole('button', { name: 'It matches, accept it' }));
    await waitFor(() => expect(main.inputsOf('directory.startCheck')).toHaveLength(2));
    expect(main.inputsOf('directory.decideCertificate')).toEqual([
      {
        id: DIRECTORY,
        checkId: 'c-1',
        host: 'dc1.corp.example',
        fingerprint: certificate().fingerprint,
        decision: 'pin',
      },
    ]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});

describe('the question about a certificate', () => {
  const ask = (change: Partial<CertificateQuestion> = {}) => {
    const question = {
      directoryId: DIRECTORY,
      certificate: certificate(),
      pinned: null,
      systemSays: 'SELF_SIGNED_CERT_IN_CHAIN',
      ...change,
    };
    renderWindow(<CertificateDialog question={question} checkId={null} onClose={() => undefined} />);
  };

  it('shows at first contact what there is to compare', () => {
    ask({ certificate: certificate({ names: ['DNS:other.example'], validToMs: 0, subject: HOSTILE }) });
    expect(screen.getByText(certificate().fingerprint)).toBeTruthy();
    expect(screen.getByText(HOSTILE)).toBeTruthy();
    expect(screen.getByText('The name dc1.corp.example is not in it.')).toBeTruthy();
    expect(screen.getByText('It has expired.')).toBeTruthy();
    expect(screen.getByText(/SELF_SIGNED_CERT_IN_CHAIN/)).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
  });

  it('accepts a changed one only after it was compared and the host was typed', () => {
    ask({ pinned: certificate({ fingerprint: Array(32).fill('CD').join(':') }) });
    const accept = screen.getByRole<HTMLButtonElement>('button', { name: 'Accept the new certificate' });
    expect(accept.disabled).toBe(true);
    fireEvent.click(screen.getByRole('checkbox'));
    expect(accept.disabled).toBe(true);
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'DC1.corp.example' } });
    expect(accept.disabled).toBe(false);
    press('Keep it stopped');
    expect(main.inputsOf('directory.decideCertificate')).toMatchObject([{ decision: 'reject' }]);
  });
});

describe('what leads to directories', () => {
  const account = accountView('anna', { domain: 'CORP', authority: 'elsewhere', sid: 'S-1-5-21-1' });

  it('is an instance’s domain account: to its controllers, or to adding its domain', () => {
    const { unmount } = renderWindow(<DomainAccount account={account} />, {
      directoryProfiles: [directoryProfile()],
      directories: [directoryView()],
    });
    press('What the domain’s controllers say');
    expect(useUi.getState().dialog).toEqual({
      kind: 'controllerTable',
      id: DIRECTORY,
      accountKey: 'S-1-5-21-1',
    });
    unmount();
    renderWindow(<DomainAccount account={{ ...account, domain: 'shop.example' }} />);
    press('Add the directory to see the truth');
    expect(useUi.getState().dialog).toEqual({ kind: 'directoryProfile', id: null, domain: 'shop.example' });
  });

  it('is nothing at a local account', () => {
    renderWindow(<DomainAccount account={accountView('bob')} />);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is a banner for a certificate, a missing password and a refused user', () => {
    const { fleet: _fleet, ...base } = snapshotOf({
      directoryProfiles: [directoryProfile(), directoryProfile({ id: idOf(901), name: 'Branch' })],
      directories: [
        directoryView(),
        directoryView({
          id: idOf(901),
          connection: 'needsAdmin',
          failure: appError('directory.bindRefused', {
            host: 'dc',
            user: 'u',
            reason: 'disabled',
            code: 533,
          }),
        }),
      ],
      certificateQuestions: [
        { directoryId: DIRECTORY, certificate: certificate(), pinned: certificate(), systemSays: null },
      ],
      directoriesWithoutPassword: [DIRECTORY],
    });
    const shown = bannersOf(base, {}, false);
    expect(shown.map(({ id, kind }) => [id, kind])).toEqual([
      ['certificates', 'error'],
      ['directoryPasswords', 'warning'],
      ['directoryRefused', 'warning'],
    ]);
    expect(shown.map(({ message }) => message.params.name)).toEqual(['Head office', 'Head office', 'Branch']);
    expect(shown.every(({ dismissible }) => !dismissible)).toBe(true);
  });
});
