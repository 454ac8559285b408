// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleChoice } from '../../../shared/console-contract';
import { appError } from '../../../shared/errors';
import { err, ok } from '../../../shared/result';
import type { Snapshot } from '../../../shared/snapshot';
import { useUi } from '../../store/ui';
import { type FakeApi, installFakeApi } from '../../testing/fake-api';
import { idOf, profileOf } from '../../testing/fixtures';
import { renderWindow, resetWindow } from '../../testing/render';
import { ConsoleDialog } from './console-dialog';
import { branchesOf, rulesOf, secondsLeft } from './console-model';

let main: FakeApi;
beforeEach(() => {
  main = installFakeApi();
});
afterEach(resetWindow);

const cloud: NonNullable<ConsoleChoice['cloud']> = {
  state: 'ready',
  provider: 'aliyun',
  region: 'cn-hangzhou',
  instanceId: 'i-1',
};
const vnc: NonNullable<ConsoleChoice['vnc']> = {
  host: '192.0.2.7',
  port: 5901,
  via: 'direct',
  exposed: true,
};

async function show(choice: ConsoleChoice, snapshot: Partial<Snapshot> = {}): Promise<void> {
  main.answer('console.describe', () => ok(choice));
  renderWindow(<ConsoleDialog id={idOf(1)} />, { profiles: [profileOf(1)], ...snapshot });
  await waitFor(() => expect(screen.getAllByRole('region').length).toBeGreaterThan(0));
}
const press = (name: string | RegExp): boolean => fireEvent.click(screen.getByRole('button', { name }));

describe('what is offered', () => {
  it('has what can be opened first, and what cannot last', () => {
    const kinds = (choice: ConsoleChoice) => branchesOf(choice, false).map(({ kind }) => kind);
    expect(kinds({ cloud, vnc })).toEqual(['cloud', 'vnc']);
    expect(kinds({ cloud: { ...cloud, state: 'noAccount' }, vnc })).toEqual(['vnc', 'cloud']);
    expect(kinds({ cloud: null, vnc: null })).toEqual(['none']);
    expect(branchesOf({ cloud, vnc }, true).map(({ kind }) => kind)).toEqual(['vnc', 'cloud']);
  });

  it('counts an address down to nothing', () => {
    const open = { id: idOf(1), kind: 'cloud', openedAtMs: 0, addressValidUntilMs: 15_000 } as const;
    expect([0, 100, 14_999, 15_000, 90_000].map((now) => secondsLeft(open, now))).toEqual([15, 15, 1, 0, 0]);
    expect(secondsLeft(undefined, 0)).toBeNull();
  });
});

describe('the dialog', () => {
  it('opens the console of the cloud, and says what is missing when it is denied', async () => {
    await show({ cloud, vnc: null });
    main.answer('console.open', () =>
      err(appError('cloud.denied', { action: 'ecs:DescribeInstanceVncUrl', requestId: 'R-1' })),
    );
    press('Open the provider’s console');
    await waitFor(() => expect(screen.getAllByText(/ecs:DescribeInstanceVncUrl/).length).toBeGreaterThan(0));
    expect(main.inputsOf('console.open')).toEqual([{ id: idOf(1), kind: 'cloud' }]);
  });

  it('says that a console is open, and for how long its address can be used', async () => {
    await show(
      { cloud, vnc: null },
      {
        consoles: [
          { id: idOf(1), kind: 'cloud', openedAtMs: Date.now(), addressValidUntilMs: Date.now() + 12_000 },
        ],
      },
    );
    expect(screen.getByText(/open in its own window/).textContent).toMatch(/another 1[12] seconds/);
    expect(screen.getByRole('button', { name: 'Open with a new address' })).toBeTruthy();
  });

  it('warns of a VNC connection that others can read', async () => {
    await show({ cloud: null, vnc });
    expect(screen.getByText(/not encrypted/)).toBeTruthy();
    press('Open the VNC console');
    await waitFor(() => expect(main.inputsOf('console.open')).toEqual([{ id: idOf(1), kind: 'vnc' }]));
  });

  it('leads to the profile when no console is known', async () => {
    await show({ cloud: null, vnc: null });
    expect(
      within(screen.getByRole('region', { name: 'No console is known' })).getAllByRole('listitem'),
    ).toHaveLength(3);
    press('Edit the profile');
    expect(useUi.getState().dialog).toEqual({ kind: 'profile', id: idOf(1), copyOf: null });
  });

  it('checks a password while it is typed, and sends none that breaks a rule', async () => {
    await show({ cloud, vnc: null });
    const field = screen.getByLabelText('New VNC password');
    fireEvent.change(field, { target: { value: 'abc12' } });
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    expect(main.inputsOf('console.setPassword')).toEqual([]);
    fireEvent.change(field, { target: { value: 'Abc123' } });
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    await waitFor(() =>
      expect(main.inputsOf('console.setPassword')).toEqual([{ id: idOf(1), password: 'Abc123' }]),
    );
    await waitFor(() => expect((field as HTMLInputElement).value).toBe(''));
  });
});

describe('the rules of the password', () => {
  it.each([
    ['', []],
    ['abc', ['characters', 'lower']],
    ['Abc12!', ['length', 'upper', 'lower', 'digit']],
    ['Abc123', ['length', 'characters', 'upper', 'lower', 'digit']],
    ['Abc1234', ['characters', 'upper', 'lower', 'digit']],
  ])('are met by %j: %j', (text, met) => {
    expect(
      rulesOf(text)
        .filter((one) => one.met)
        .map((one) => one.rule),
    ).toEqual(met);
  });
});
