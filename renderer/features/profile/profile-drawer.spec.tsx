// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError } from '../../../shared/errors';
import { err, ok } from '../../../shared/result';
import { clearChecks, startChecks } from '../../store/checks';
import { useUi } from '../../store/ui';
import { type FakeApi, installFakeApi } from '../../testing/fake-api';
import { idOf, NOW, profileOf } from '../../testing/fixtures';
import { renderWindow, resetWindow } from '../../testing/render';
import { ProfileDrawer } from './profile-drawer';

let main: FakeApi;
beforeEach(() => {
  main = installFakeApi();
  clearChecks();
});
afterEach(resetWindow);

const field = (id: string): HTMLInputElement => {
  const element = document.getElementById(`profile-${id}`);
  if (!(element instanceof HTMLInputElement)) throw new Error(`no field ${id}`);
  return element;
};
const type = (id: string, value: string): boolean => fireEvent.change(field(id), { target: { value } });
const press = (name: string): boolean => fireEvent.click(screen.getByRole('button', { name }));

const open = (props: { id?: string; copyOf?: string } = {}) => {
  useUi.getState().openDialog({ kind: 'profile', id: props.id ?? null, copyOf: props.copyOf ?? null });
  return renderWindow(<ProfileDrawer id={props.id ?? null} copyOf={props.copyOf ?? null} />, {
    profiles: [profileOf(1, { name: 'web-01' })],
  });
};

describe('adding an instance', () => {
  it('scolds nobody before anything was left or saved', () => {
    open();
    expect(screen.queryByText('Fill this in.')).toBeNull();
  });

  it('says at each field what is missing, and sends nothing', () => {
    open();
    type('ssh-port', '99999');
    press('Save and watch');
    expect(screen.getAllByText('Fill this in.')).toHaveLength(2);
    expect(screen.getByText('Use a port from 1 to 65535.')).toBeTruthy();
    expect(screen.getByText('4 fields need your attention.')).toBeTruthy();
    expect(main.inputsOf('profiles.save')).toEqual([]);
  });

  it('saves what was typed and closes', async () => {
    main.answer('profiles.save', () => ok(profileOf(2)));
    open();
    type('name', 'app-02');
    type('ssh-host', '10.0.0.2');
    type('ssh-secret', 'correct horse');
    press('Save and watch');
    await waitFor(() => expect(useUi.getState().dialog).toBeNull());
    expect(main.inputsOf('profiles.save')).toMatchObject([
      { id: null, fields: { name: 'app-02' }, secrets: { instance: 'correct horse' }, copySecretsFrom: null },
    ]);
  });

  it('loses nothing when saving fails', async () => {
    main.answer('profiles.save', () => err(appError('file.diskFull', {}, 'e-42')));
    open();
    type('name', 'app-02');
    type('ssh-host', '10.0.0.2');
    type('ssh-secret', 'correct horse');
    press('Save and watch');
    expect(await screen.findByText('Reference e-42')).toBeTruthy();
    expect(field('name').value).toBe('app-02');
    expect(field('ssh-secret').value).toBe('correct horse');
    expect(useUi.getState().dialog?.kind).toBe('profile');
  });

  it('asks before it throws changes away', () => {
    open();
    type('name', 'app-02');
    press('Cancel');
    const question = screen.getByRole('alertdialog');
    fireEvent.click(within(question).getByText('Keep editing'));
    expect(field('name').value).toBe('app-02');
    press('Cancel');
    fireEvent.click(within(screen.getByRole('alertdialog')).getByText('Discard changes'));
    expect(useUi.getState()).toMatchObject({ dialog: null, unsaved: false });
  });

  it('closes without a question when nothing changed', () => {
    open();
    press('Cancel');
    expect(useUi.getState().dialog).toBeNull();
  });
});

describe('editing', () => {
  it('never shows a saved secret and keeps it when nothing is typed', async () => {
    main.answer('profiles.secretStates', () => ok({ instance: 'saved' }));
    main.answer('profiles.save', () => ok(profileOf(1)));
    open({ id: idOf(1) });
    await waitFor(() => expect(field('ssh-secret').placeholder).toBe('Saved. Leave empty to keep it.'));
    expect(field('ssh-secret').value).toBe('');
    expect(field('ssh-secret').type).toBe('password');
    type('group', 'Shop');
    press('Save');
    await waitFor(() => expect(useUi.getState().dialog).toBeNull());
    expect(main.inputsOf('profiles.save')).toMatchObject([{ id: idOf(1), secrets: {} }]);
  });

  it('asks for the secret again when the host changed', async () => {
    main.answer('profiles.secretStates', () => ok({ instance: 'saved' }));
    open({ id: idOf(1) });
    await waitFor(() => expect(field('ssh-secret').placeholder).not.toBe(''));
    type('ssh-host', 'elsewhere.example');
    press('Save');
    expect(screen.getByText('Enter it, so that Lockwatch can connect.')).toBeTruthy();
    expect(main.inputsOf('profiles.save')).toEqual([]);
  });
});

describe('duplicating', () => {
  it('takes the secrets from the original and a name of its own', async () => {
    main.answer('profiles.secretStates', () => ok({ instance: 'saved' }));
    main.answer('profiles.save', () => ok(profileOf(3)));
    open({ copyOf: idOf(1) });
    expect(field('name').value).toBe('web-01 (copy)');
    await waitFor(() => expect(field('ssh-secret').placeholder).toContain('original'));
    press('Save and watch');
    await waitFor(() => expect(main.inputsOf('profiles.save')).toHaveLength(1));
    expect(main.inputsOf('profiles.save')).toMatchObject([
      { id: null, copySecretsFrom: idOf(1), secrets: {} },
    ]);
  });
});

describe('the check in the form', () => {
  const question = (pinned: boolean) => {
    const key = {
      hop: 'instance',
      host: '10.0.0.2',
      port: 22,
      algorithm: 'ssh-ed25519',
      fingerprint: `SHA256:${'a'.repeat(43)}`,
    };
    return {
      checkId: 'c1',
      startedAtMs: NOW,
      finishedAtMs: null,
      steps: [
        {
          id: 'name',
          hop: 'instance',
          state: 'passed',
          durationMs: 3.2,
          messageKey: null,
          params: {},
          error: null,
        },
        {
          id: 'hostKey',
          hop: 'instance',
          state: 'running',
          durationMs: null,
          messageKey: null,
          params: {},
          error: null,
        },
      ],
      hostKeyQuestion: {
        instanceId: null,
        key,
        pinned: pinned ? { ...key, fingerprint: `SHA256:${'b'.repeat(43)}` } : null,
        knownHosts: 'unknown',
      },
    };
  };
  const runUntilQuestion = async (pinned: boolean): Promise<void> => {
    main.answer('check.start', () => ok({ checkId: 'c1' }));
    startChecks();
    open();
    type('name', 'app-02');
    type('ssh-host', '10.0.0.2');
    type('ssh-secret', 'x');
    // A report may overtake the answer that names its check.
    main.emit('check.progress', question(pinned));
    press('Check connection');
    await screen.findByText(pinned ? 'The host key has changed' : 'Is this the right server?');
  };

  it('starts with what is entered and asks about a host key seen for the first time', async () => {
    await runUntilQuestion(false);
    expect(main.inputsOf('check.start')).toMatchObject([{ kind: 'draft', secrets: { instance: 'x' } }]);
    expect(screen.getByText(`SHA256:${'a'.repeat(43)}`)).toBeTruthy();
    expect(screen.getByText('3 ms')).toBeTruthy();
    press('It matches, connect');
    await waitFor(() => expect(main.inputsOf('hostKeys.decide')).toHaveLength(1));
    expect(main.inputsOf('hostKeys.decide')).toMatchObject([{ id: null, checkId: 'c1', decision: 'pin' }]);
  });

  it('trusts a changed key only after it was compared and the host was typed', async () => {
    await runUntilQuestion(true);
    const accept = screen.getByRole<HTMLButtonElement>('button', { name: 'Trust the new key' });
    expect(accept.disabled).toBe(true);
    fireEvent.click(screen.getByRole('checkbox', { name: /I have compared/ }));
    expect(accept.disabled).toBe(true);
    const typed = screen.getByLabelText('Type 10.0.0.2 to confirm');
    fireEvent.change(typed, { target: { value: '10.0.0.3' } });
    expect(accept.disabled).toBe(true);
    fireEvent.change(typed, { target: { value: '10.0.0.2' } });
    expect(accept.disabled).toBe(false);
    fireEvent.click(screen.getByRole('checkbox', { name: /I have compared/ }));
    expect(accept.disabled).toBe(true);
    press('Keep it stopped');
    await waitFor(() => expect(main.inputsOf('hostKeys.decide')).toMatchObject([{ decision: 'reject' }]));
  });

  it('stops when the form is left', async () => {
    main.answer('check.start', () => ok({ checkId: 'c9' }));
    const { unmount } = open();
    type('name', 'app-02');
    type('ssh-host', '10.0.0.2');
    type('ssh-secret', 'x');
    press('Check connection');
    await screen.findByText('Stop the check');
    unmount();
    await waitFor(() => expect(main.inputsOf('check.cancel')).toEqual([{ checkId: 'c9' }]));
  });

  it('stops even a check whose start is answered after the form is gone', async () => {
    let answer: (value: unknown) => void = () => undefined;
    main.answer('check.start', () => new Promise((resolve) => (answer = resolve)));
    const { unmount } = open();
    type('name', 'app-02');
    type('ssh-host', '10.0.0.2');
    type('ssh-secret', 'x');
    press('Check connection');
    await waitFor(() => expect(main.inputsOf('check.start')).toHaveLength(1));
    unmount();
    expect(main.inputsOf('check.cancel')).toEqual([]);
    answer(ok({ checkId: 'c10' }));
    await waitFor(() => expect(main.inputsOf('check.cancel')).toEqual([{ checkId: 'c10' }]));
  });
});
