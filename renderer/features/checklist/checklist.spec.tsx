// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChecklistState, checklistActionSchema, checklistStateSchema } from '../../../shared/checklist';
import { appError } from '../../../shared/errors';
import type { IncidentSummary } from '../../../shared/incident';
import { en } from '../../../shared/messages/en';
import { err } from '../../../shared/result';
import { fromSnapshot } from '../../store/mirror';
import { useUi } from '../../store/ui';
import { mirror } from '../../store/window-mirror';
import { checklistOf, incidentIdOf } from '../../testing/checklist-fixtures';
import { type FakeApi, installFakeApi } from '../../testing/fake-api';
import { idOf, NOW, profileOf, snapshotOf } from '../../testing/fixtures';
import { renderWindow, resetWindow } from '../../testing/render';
import { changedParts, handOf, leadOf } from './checklist-model';
import { ChecklistPage } from './checklist-page';
import { ChecklistPanel } from './checklist-panel';

let main: FakeApi;
beforeEach(() => {
  main = installFakeApi();
});
afterEach(resetWindow);

const incidentId = incidentIdOf(1);
const done = (atMs = NOW): { state: ChecklistState; by: 'evidence'; atMs: number } => ({
  state: 'done',
  by: 'evidence',
  atMs,
});
const show = (checklist = checklistOf()) =>
  renderWindow(<ChecklistPage incidentId={incidentId} />, {
    profiles: [profileOf(1)],
    checklists: [checklist],
  });
const partItem = (what: string | RegExp): HTMLElement => {
  const item = screen.getByRole('heading', { level: 3, name: what }).closest('li');
  if (!item) throw new Error('no part');
  return item;
};

describe('the checklist page', () => {
  it('has the four steps with all their parts, and how far it is', () => {
    show(checklistOf({ isolated: done(), originalsRecorded: done() }, { done: 2 }));
    expect(
      screen
        .getAllByRole('heading', { level: 2 })
        .slice(0, 4)
        .map((heading) => heading.textContent),
    ).toEqual(['1. Isolate', '2. Unlock', '3. Restore', '4. Verify']);
    expect(document.querySelectorAll('[id^="part-"]')).toHaveLength(12);
    expect(screen.getByText('2 of 11 done')).toBeTruthy();
    expect(screen.getByText(/locks again 28 seconds after each unlock/)).toBeTruthy();
  });

  it('opens at what comes next, marked and with its button standing out', async () => {
    show();
    const next = partItem(/Record the security groups/);
    expect(next.getAttribute('aria-current')).toBe('step');
    expect(within(next).getByText('Next')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(next));
  });

  it('says of each part who says so, since when and why that is known', () => {
    show(
      checklistOf({
        originalsRecorded: {
          ...done(),
          who: 'erin',
          evidence: { key: 'checklist.evidence.originalsRecorded', params: { admin: 'erin' } },
        },
        consoleOpened: { state: 'done', by: 'hand', who: 'erin', atMs: NOW, byHand: true },
        accountUnlocked: {
          evidence: { key: 'checklist.evidence.locked', params: {} },
          countdown: {
            label: { key: 'checklist.countdown.autoUnlock', params: {} },
            untilMs: Date.now() + 65_000,
          },
        },
      }),
    );
    const recorded = partItem(/Record the security groups/);
    expect(recorded.textContent).toContain('Shown by evidence; done by erin');
    expect(recorded.textContent).toContain('In the journal, by erin.');
    expect(partItem(/Open the console/).textContent).toContain('Ticked by hand by erin');
    expect(partItem(/See that Administrator is unlocked/).textContent).toMatch(
      /The account is locked\.Unlocks by itself in 1:0[45]/,
    );
  });

  it('leads to the dialog of whoever does it, and acts by no button itself', () => {
    show();
    fireEvent.click(within(partItem(/Cut RDP off/)).getByRole('button', { name: 'Isolate…' }));
    expect(useUi.getState().dialog).toEqual({ kind: 'isolate', ids: [idOf(1)] });
    fireEvent.click(
      within(partItem(/Test that Remote Desktop/)).getByRole('button', { name: 'Test Remote Desktop' }),
    );
    expect(useUi.getState().dialog).toEqual({ kind: 'probeRdp', id: idOf(1) });
    expect(main.calls).toEqual([]);
  });

  it('ticks by hand where a hand may, and takes it back', async () => {
    show(checklistOf({ ctrlAltDel: { state: 'done', by: 'hand', who: 'erin', atMs: NOW, byHand: true } }));
    expect(within(partItem(/Cut RDP off/)).queryByRole('button', { name: /I have done this/ })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'I have done this: Console opened' }));
    fireEvent.click(screen.getByRole('button', { name: 'Take back: Ctrl+Alt+Del sent' }));
    await waitFor(() => expect(main.inputsOf('checklist.tick')).toHaveLength(2));
    expect(main.inputsOf('checklist.tick')).toEqual([
      { incidentId, part: 'consoleOpened', done: true },
      { incidentId, part: 'ctrlAltDel', done: false },
    ]);
  });

  it('prints, and says when that fails', async () => {
    main.answer('checklist.print', () => err(appError('app.internal', { channel: 'checklist.print' })));
    show();
    fireEvent.click(screen.getByRole('button', { name: 'Print' }));
    await waitFor(() => expect(useUi.getState().toasts).toHaveLength(1));
    expect(main.inputsOf('checklist.print')).toEqual([{ incidentId }]);
  });

  it('can be about another account of the incident', async () => {
    const accounts = [
      { key: 'administrator', name: 'Administrator' },
      { key: 'bob', name: 'bob' },
    ];
    show(checklistOf({}, { accounts }));
    fireEvent.change(screen.getByLabelText('Account'), { target: { value: 'bob' } });
    await waitFor(() =>
      expect(main.inputsOf('checklist.focus')).toEqual([{ incidentId, accountKey: 'bob' }]),
    );
  });

  it('tells a screen reader what changed, and takes nobody elsewhere', async () => {
    show();
    await waitFor(() => expect(document.activeElement?.id).toBe('part-originalsRecorded'));
    const before = document.activeElement?.id;
    const next = checklistOf({ isolated: done(), consoleSignIn: { state: 'reopened' } });
    act(() =>
      mirror.store.setState(
        fromSnapshot(2, snapshotOf({ profiles: [profileOf(1)], checklists: [next] })),
        true,
      ),
    );
    await waitFor(() =>
      expect(
        screen.getByText('RDP cut off: Done. Sign-in at the console: Open again').getAttribute('role'),
      ).toBe('status'),
    );
    expect(document.activeElement?.id).toBe(before);
  });

  it('says so when its incident is closed', () => {
    renderWindow(<ChecklistPage incidentId={incidentId} />);
    expect(screen.getByText(/is closed or is no longer kept/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Open the record' }));
    expect(useUi.getState().route).toEqual({ page: 'incident', incidentId });
  });

  it.each([
    ['proof', /The evidence proves that its incident is over/],
    ['hand', /closed by hand/],
    ['joined', /part of another/],
  ] as const)('says that its incident was closed: %s', (closedBy, said) => {
    const checklist = checklistOf();
    const closed: IncidentSummary = {
      id: incidentId,
      instanceId: checklist.instanceId,
      instanceName: 'web-1',
      state: 'closed',
      openedAtMs: NOW,
      closedAtMs: NOW,
      closedBy,
      verdict: { kind: 'attack', confidence: 'high', evidenceIncomplete: false, reasons: [] },
      accounts: [],
      focusAccountKey: null,
      failures: 1,
      addresses: 1,
      lastEvidenceAtMs: NOW,
    };
    renderWindow(<ChecklistPage incidentId={incidentId} />, { incidents: [closed] });
    expect(screen.getByText(said)).toBeTruthy();
  });

  it('leads to the runbook about each part', () => {
    show();
    const part = partItem(/Cut RDP off/);
    fireEvent.click(within(part).getByRole('button', { name: /Learn more/, hidden: true }));
    expect(useUi.getState().route).toMatchObject({ page: 'runbook', pageId: 'step-isolate' });
  });
});

describe('the line on the instance page', () => {
  it('says how far it is and what comes next, and leads to the checklist', () => {
    renderWindow(<ChecklistPanel id={idOf(1)} />, { checklists: [checklistOf({}, { done: 3 })] });
    expect(screen.getByText('3 of 11 done')).toBeTruthy();
    expect(screen.getByText('Next: record the rules')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Open checklist for Administrator' }));
    expect(useUi.getState().route).toEqual({ page: 'checklist', incidentId });
  });

  it('is not there without an open incident of the instance', () => {
    renderWindow(<ChecklistPanel id={idOf(2)} />, { checklists: [checklistOf()] });
    expect(screen.queryByRole('heading')).toBeNull();
  });
});

describe('what the page decides', () => {
  it('has a lead and a word for every action, and a word for every state', () => {
    const actions = [
      ...(
        [
          'isolate',
          'recipe',
          'openConsole',
          'resetPassword',
          'restoreToTrust',
          'probeRdp',
          'connectRdp',
          'linkCloud',
          'openDirectory',
        ] as const
      ).map((kind) => ({ kind })),
      ...(['unlockAccount', 'openAccount'] as const).map((kind) => ({ kind, accountKey: 'bob' })),
    ];
    expect(actions.length).toBe(checklistActionSchema.options.length);
    for (const action of actions) {
      expect(leadOf(action, idOf(1), true).kind).toBe(
        action.kind === 'openAccount' || action.kind === 'openDirectory' ? 'page' : 'dialog',
      );
      expect(en).toHaveProperty([`checklist.action.${action.kind}`]);
    }
    expect(leadOf({ kind: 'linkCloud' }, idOf(1), false)).toEqual({ kind: 'page', to: { page: 'cloud' } });
    for (const state of checklistStateSchema.options) expect(en).toHaveProperty([`checklist.state.${state}`]);
  });

  it('lets a hand tick what is open and take back only its own', () => {
    const part = { byHand: true, state: 'todo', by: null } as never;
    const given = (change: object) => handOf({ ...(part as object), ...change } as never);
    expect(given({})).toBe('tick');
    expect(given({ state: 'reopened' })).toBe('tick');
    expect(given({ byHand: false })).toBeNull();
    expect(given({ state: 'notNeeded' })).toBeNull();
    expect(given({ state: 'done', by: 'hand' })).toBe('takeBack');
    expect(given({ state: 'done', by: 'evidence' })).toBeNull();
  });

  it('calls nothing changed when it is about another account', () => {
    const after = checklistOf({ isolated: done() });
    expect(changedParts(checklistOf(), after).map(({ id }) => id)).toEqual(['isolated']);
    expect(changedParts(checklistOf({}, { accountKey: 'bob' }), after)).toEqual([]);
    expect(changedParts(null, after)).toEqual([]);
  });
});
