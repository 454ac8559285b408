// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError } from '../../../shared/errors';
import { err, ok } from '../../../shared/result';
import type { Snapshot } from '../../../shared/snapshot';
import { useUi } from '../../store/ui';
import { mirror } from '../../store/window-mirror';
import { type FakeApi, installFakeApi } from '../../testing/fake-api';
import { idOf, profileOf } from '../../testing/fixtures';
import { renderWindow, resetWindow } from '../../testing/render';
import { IsolationDialogs } from './isolation-dialogs';
import { IsolationPanel } from './isolation-panel';
import type { InstanceIsolation } from './state';
import { accountOf, entryOf, exposureOf, isolationOf, planOf, previewOf, ruleOf } from './testing/fixtures';

let main: FakeApi;
beforeEach(() => {
  main = installFakeApi();
  main.answer('isolation.apply', () => ok({ replaced: [], refused: [] }));
});
afterEach(resetWindow);

const cloud = { provider: 'aliyun', region: 'eu-central-1', instanceId: 'i-1' } as const;
const state = (views: InstanceIsolation[]): Partial<Snapshot> => ({
  profiles: [1, 2, 3].map((number) => profileOf(number, { cloud })),
  cloudAccounts: [accountOf()],
  isolation: views,
});
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const press = (name: string | RegExp): boolean => fireEvent.click(button(name));
const setViews = (views: InstanceIsolation[]): void =>
  act(() => {
    const { base } = mirror.store.getState();
    if (base) mirror.store.setState({ base: { ...base, isolation: views } });
  });

describe('isolating', () => {
  it('applies with one click exactly the plan that was shown, then shows what comes of it', async () => {
    main.answer('isolation.plan', () => ok([previewOf(1)]));
    renderWindow(<IsolationDialogs dialog={{ kind: 'isolate', ids: [idOf(1)] }} />, state([isolationOf(1)]));
    await waitFor(() => expect(screen.getByText('No other instance is touched.')).toBeTruthy());
    expect(screen.getByText(/already established are cut is not known/)).toBeTruthy();
    press('Isolate');
    await waitFor(() =>
      expect(main.inputsOf('isolation.apply')).toEqual([
        { previewIds: ['preview-1'], confirmed: true, typed: '' },
      ]),
    );
    expect(screen.getByText('Waiting for its turn')).toBeTruthy();
    const progress = { planId: 'plan-1', kind: 'isolate', stepsDone: 1, steps: 4, current: null } as const;
    setViews([isolationOf(1, { state: 'applying', progress })]);
    expect(screen.getByText('Isolating, step 1 of 4')).toBeTruthy();
    press('Cancel host-1');
    await waitFor(() => expect(main.inputsOf('isolation.cancel')).toEqual([{ id: idOf(1) }]));
    setViews([isolationOf(1, { state: 'unverified', entry: entryOf({ verification: null }) })]);
    expect(screen.getByText('Isolation not verified')).toBeTruthy();
  });

  it('waits for the plan with the reason just typed before it applies', async () => {
    const answers: ((value: unknown) => void)[] = [];
    main.answer('isolation.plan', () => new Promise((resolve) => answers.push(resolve)));
    renderWindow(<IsolationDialogs dialog={{ kind: 'isolate', ids: [idOf(1)] }} />, state([isolationOf(1)]));
    await waitFor(() => expect(answers).toHaveLength(1));
    await act(async () => answers[0]?.(ok([previewOf(1)])));
    const reason = screen.getByLabelText('Reason');
    fireEvent.change(reason, { target: { value: 'attack' } });
    fireEvent.blur(reason);
    await waitFor(() => expect(answers).toHaveLength(2));
    press('Isolate');
    expect(button('Preparing')).toBeTruthy();
    expect(main.inputsOf('isolation.apply')).toEqual([]);
    await act(async () => answers[1]?.(ok([previewOf(1, { previewId: 'with-reason' })])));
    await waitFor(() =>
      expect(main.inputsOf('isolation.apply')).toMatchObject([{ previewIds: ['with-reason'] }]),
    );
    expect(main.inputsOf('isolation.plan').at(-1)).toMatchObject({ reason: 'attack' });
  });

  it('does not apply a plan that turned out different from the one seen', async () => {
    const answers: ((value: unknown) => void)[] = [];
    main.answer('isolation.plan', () => new Promise((resolve) => answers.push(resolve)));
    renderWindow(<IsolationDialogs dialog={{ kind: 'isolate', ids: [idOf(1)] }} />, state([isolationOf(1)]));
    await waitFor(() => expect(answers).toHaveLength(1));
    await act(async () => answers[0]?.(ok([previewOf(1)])));
    const reason = screen.getByLabelText('Reason');
    fireEvent.change(reason, { target: { value: 'attack' } });
    fireEvent.blur(reason);
    await waitFor(() => expect(answers).toHaveLength(2));
    press('Isolate');
    await act(async () => answers[1]?.(ok([previewOf(1, { plan: planOf(1, { strategy: 'deleteRules' }) })])));
    expect(screen.getByText(/not the plan that you saw/)).toBeTruthy();
    expect(main.inputsOf('isolation.apply')).toEqual([]);
  });

  it('asks once more where a plan wants it, with the others named', async () => {
    const instances = [
      { id: 'i-1', name: 'host-1' },
      { id: 'i-2', name: 'payroll' },
    ];
    const plan = planOf(1, {
      confirmation: 'ask',
      strategy: 'deleteRules',
      blastRadius: [{ groupId: 'sg-1', groupName: 'web', instances, otherPorts: true }],
    });
    main.answer('isolation.plan', () => ok([previewOf(1, { plan })]));
    renderWindow(<IsolationDialogs dialog={{ kind: 'isolate', ids: [idOf(1)] }} />, state([isolationOf(1)]));
    expect(await screen.findByText(/1 other instance: payroll/)).toBeTruthy();
    press('Isolate');
    expect(main.inputsOf('isolation.apply')).toEqual([]);
    fireEvent.click(screen.getByRole('checkbox'));
    press('Isolate');
    await waitFor(() => expect(main.inputsOf('isolation.apply')).toHaveLength(1));
  });

  it('takes several at once, without those that have no plan', async () => {
    const refusal = { code: 'alreadyClosed', phrase: { key: 'exposure.short.closed', params: {} } } as const;
    main.answer('isolation.plan', () =>
      ok([previewOf(1), previewOf(2), previewOf(3, { plan: null, refusal })]),
    );
    const ids = [idOf(1), idOf(2), idOf(3)];
    renderWindow(
      <IsolationDialogs dialog={{ kind: 'isolate', ids }} />,
      state(ids.map((_, i) => isolationOf(i + 1))),
    );
    expect(await screen.findByText(/2 plans, 1 instance without one/)).toBeTruthy();
    press('Isolate 2 instances');
    await waitFor(() =>
      expect(main.inputsOf('isolation.apply')).toMatchObject([{ previewIds: ['preview-1', 'preview-2'] }]),
    );
    expect(screen.getAllByText('Waiting for its turn')).toHaveLength(2);
  });

  it('shows the new plan, and asks anew, when the rules have outrun the one shown', async () => {
    const plan = planOf(1, { confirmation: 'ask' });
    main.answer('isolation.plan', () => ok([previewOf(1, { plan })]));
    const instead = previewOf(1, { previewId: 'instead', plan: planOf(1, { confirmation: 'ask' }) });
    main.answer('isolation.apply', () => ok({ replaced: [instead], refused: [] }));
    renderWindow(<IsolationDialogs dialog={{ kind: 'isolate', ids: [idOf(1)] }} />, state([isolationOf(1)]));
    fireEvent.click(await screen.findByRole('checkbox'));
    press('Isolate');
    expect(await screen.findByText(/changed since this plan was shown, so nothing was done/)).toBeTruthy();
    expect((screen.getByRole('checkbox') as HTMLInputElement).checked).toBe(false);
    press('Isolate');
    expect(main.inputsOf('isolation.apply')).toHaveLength(1);
    fireEvent.click(screen.getByRole('checkbox'));
    main.answer('isolation.apply', () => ok({ replaced: [], refused: [] }));
    press('Isolate');
    await waitFor(() =>
      expect(main.inputsOf('isolation.apply').at(-1)).toMatchObject({ previewIds: ['instead'] }),
    );
    expect(main.inputsOf('isolation.plan')).toHaveLength(1);
    expect(await screen.findByText('Waiting for its turn')).toBeTruthy();
  });

  it('plans again when something else is wanted than what was replaced', async () => {
    main.answer('isolation.plan', () => ok([previewOf(1)]));
    main.answer('isolation.apply', () =>
      ok({ replaced: [previewOf(1, { previewId: 'instead' })], refused: [] }),
    );
    renderWindow(<IsolationDialogs dialog={{ kind: 'isolate', ids: [idOf(1)] }} />, state([isolationOf(1)]));
    await screen.findByText('No other instance is touched.');
    press('Isolate');
    await screen.findByText(/changed since this plan was shown/);
    main.answer('isolation.plan', () => ok([previewOf(1, { previewId: 'with-reason' })]));
    const reason = screen.getByLabelText('Reason');
    fireEvent.change(reason, { target: { value: 'attack' } });
    fireEvent.blur(reason);
    await waitFor(() => expect(main.inputsOf('isolation.plan').at(-1)).toMatchObject({ reason: 'attack' }));
    expect(screen.queryByText(/changed since this plan was shown/)).toBeNull();
    await waitFor(() => expect(button('Isolate')).toBeTruthy());
    press('Isolate');
    await waitFor(() =>
      expect(main.inputsOf('isolation.apply').at(-1)).toMatchObject({ previewIds: ['with-reason'] }),
    );
  });

  it('says of several which did not begin and why, and leads to the new plans', async () => {
    main.answer('isolation.plan', () => ok([previewOf(1), previewOf(2), previewOf(3)]));
    main.answer('isolation.apply', () =>
      ok({
        replaced: [previewOf(2, { previewId: 'instead-2' })],
        refused: [{ id: idOf(3), error: appError('file.diskFull', { file: 'journal' }) }],
      }),
    );
    const ids = [idOf(1), idOf(2), idOf(3)];
    renderWindow(
      <IsolationDialogs dialog={{ kind: 'isolate', ids }} />,
      state(ids.map((_, i) => isolationOf(i + 1))),
    );
    await screen.findByRole('button', { name: 'Isolate 3 instances' });
    press('Isolate 3 instances');
    expect(await screen.findByText(/Nothing was done: the rules changed/)).toBeTruthy();
    expect((await screen.findByRole('alert')).textContent).toMatch(/disk is full/);
    await waitFor(() => expect(screen.getAllByText('Waiting for its turn')).toHaveLength(1));
    press('Look at the new plan');
    expect(await screen.findByText(/changed since this plan was shown, so nothing was done/)).toBeTruthy();
    press('Isolate');
    await waitFor(() =>
      expect(main.inputsOf('isolation.apply').at(-1)).toMatchObject({ previewIds: ['instead-2'] }),
    );
  });

  it('keeps the plan in sight and says why when it was refused', async () => {
    main.answer('isolation.plan', () => ok([previewOf(1)]));
    main.answer('isolation.apply', () =>
      ok({ replaced: [], refused: [{ id: idOf(1), error: appError('file.diskFull', { file: 'journal' }) }] }),
    );
    renderWindow(<IsolationDialogs dialog={{ kind: 'isolate', ids: [idOf(1)] }} />, state([isolationOf(1)]));
    await screen.findByText('No other instance is touched.');
    press('Isolate');
    expect((await screen.findByRole('alert')).textContent).toMatch(/disk is full/);
    expect(button('Isolate')).toBeTruthy();
  });

  it('says why there is no plan, and keeps the plan in sight when applying fails', async () => {
    main.answer('isolation.plan', () => ok([previewOf(1)]));
    main.answer('isolation.apply', () => err(appError('file.diskFull', { file: 'journal' })));
    renderWindow(<IsolationDialogs dialog={{ kind: 'isolate', ids: [idOf(1)] }} />, state([isolationOf(1)]));
    await screen.findByText('No other instance is touched.');
    press('Isolate');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(button('Isolate')).toBeTruthy();
  });
});

describe('restoring to trust', () => {
  const open = () =>
    renderWindow(
      <IsolationDialogs dialog={{ kind: 'restoreToTrust', id: idOf(1) }} />,
      state([isolationOf(1, { state: 'isolated', entry: entryOf() })]),
    );
  const type = (text: string): void => {
    fireEvent.change(screen.getByLabelText('Trusted addresses'), { target: { value: text } });
  };

  it('refuses the world before anything is asked of main', () => {
    open();
    type('0.0.0.0/0');
    expect(screen.getByText(/does not open RDP to the world/)).toBeTruthy();
    press('Show the plan');
    expect(main.inputsOf('isolation.plan')).toEqual([]);
  });

  it('plans for what was typed, and plans anew after a change', async () => {
    main.answer('isolation.plan', () => ok([previewOf(1, { plan: planOf(1, { kind: 'restoreToTrust' }) })]));
    open();
    press('Show the plan');
    expect(screen.getByText('Enter at least one address.')).toBeTruthy();
    type('203.0.113.7');
    press('Show the plan');
    expect(await screen.findByRole('button', { name: 'Let only these in' })).toBeTruthy();
    expect(main.inputsOf('isolation.plan')).toMatchObject([
      { kind: 'restoreToTrust', trusted: ['203.0.113.7/32'] },
    ]);
    type('203.0.113.8');
    expect(button('Show the plan')).toBeTruthy();
  });

  it('shows what each service said, and that they disagree', async () => {
    main.answer('publicAddress.find', () =>
      ok([
        { service: 'one', address: '203.0.113.7', error: null },
        { service: 'two', address: '203.0.113.8', error: null },
        { service: 'three', address: null, error: appError('cloud.timeout', { action: 'three' }) },
      ]),
    );
    open();
    press('Find my public address');
    expect(await screen.findByText(/The services do not agree/)).toBeTruthy();
    expect(screen.getByText('three told no address.')).toBeTruthy();
    press('Add 203.0.113.8/32');
    expect((screen.getByLabelText('Trusted addresses') as HTMLTextAreaElement).value).toBe('203.0.113.8/32');
  });
});

describe('undoing', () => {
  it('shows drift three ways, asks main anew for each decision and wants the name typed', async () => {
    const drift = [
      {
        id: 'd-1',
        kind: 'ruleAdded',
        groupId: 'sg-1',
        interfaceId: null,
        phrase: { key: 'exposure.danger.wide', params: {} },
        original: null,
        ours: null,
        now: ruleOf({ priority: 7 }),
        proposed: 'keep',
        canRestore: true,
      } as const,
    ];
    const plan = planOf(1, { kind: 'undo', confirmation: 'type', expected: 'open' });
    main.answer('isolation.plan', () => ok([previewOf(1, { plan, drift: [...drift] })]));
    renderWindow(
      <IsolationDialogs dialog={{ kind: 'undo', id: idOf(1) }} />,
      state([isolationOf(1, { state: 'isolated', entry: entryOf() })]),
    );
    expect(await screen.findByText(/Everyone \(0.0.0.0\/0\), priority 7/)).toBeTruthy();
    expect(screen.getAllByText('not there')).toHaveLength(2);
    fireEvent.click(screen.getByRole('radio', { name: 'Original' }));
    await waitFor(() =>
      expect(main.inputsOf('isolation.plan').at(-1)).toMatchObject({ driftDecisions: { 'd-1': 'original' } }),
    );
    press('Undo');
    const field = screen.getByLabelText('Type host-1 to confirm');
    fireEvent.change(field, { target: { value: 'host-2' } });
    press('Undo');
    expect(main.inputsOf('isolation.apply')).toEqual([]);
    fireEvent.change(field, { target: { value: 'host-1' } });
    press('Undo');
    await waitFor(() => expect(main.inputsOf('isolation.apply')).toMatchObject([{ typed: 'host-1' }]));
  });
});

describe('the panel', () => {
  it('marks what is open to everyone by words, and says what rules cannot tell', () => {
    const readAtMs = Date.now();
    renderWindow(
      <IsolationPanel id={idOf(1)} />,
      state([isolationOf(1, { readAtMs, exposure: exposureOf({ takenAtMs: readAtMs }) })]),
    );
    expect(screen.getByText('RDP (port 3389) is open to the world')).toBeTruthy();
    expect(screen.getByText('Everyone (0.0.0.0/0)')).toBeTruthy();
    expect(screen.getByText(/load balancer/)).toBeTruthy();
    expect(button('Isolate…')).toBeTruthy();
  });

  it('names the missing permission', () => {
    const readError = appError('cloud.denied', { action: 'ecs:DescribeInstances', requestId: 'r-1' });
    renderWindow(
      <IsolationPanel id={idOf(1)} />,
      state([isolationOf(1, { exposure: null, readAtMs: null, readError })]),
    );
    expect(screen.getByText('ecs:DescribeInstances', { selector: 'code' })).toBeTruthy();
    expect(button('Show the policy')).toBeTruthy();
  });

  const missing: readonly (readonly [string, Partial<Snapshot>])[] = [
    ['No cloud account', { cloudAccounts: [] }],
    ['Link this instance to its cloud ID to see exposure', { profiles: [profileOf(1)] }],
    [
      'This cloud is not supported yet',
      { profiles: [profileOf(1, { cloud: { ...cloud, provider: 'aws' } })] },
    ],
  ];
  it.each(missing)('says what is missing: %s', (title, change) => {
    renderWindow(<IsolationPanel id={idOf(1)} />, { ...state([]), ...change });
    expect(screen.getByText(title)).toBeTruthy();
  });

  it('shows the new plan that a resume asks to agree to', async () => {
    main.answer('isolation.resume', () => ok(previewOf(1)));
    renderWindow(
      <IsolationPanel id={idOf(1)} />,
      state([
        isolationOf(1, {
          state: 'needsAttention',
          entry: entryOf(),
          attention: { key: 'exposure.short.open', params: {} },
        }),
      ]),
    );
    press('Resume');
    await waitFor(() => expect(useUi.getState().dialog?.kind).toBe('plan'));
  });
});
