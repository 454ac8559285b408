// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError } from '../../../shared/errors';
import type { IncidentRecord, IncidentSummary } from '../../../shared/incident';
import { err, ok } from '../../../shared/result';
import { useUi } from '../../store/ui';
import { type FakeApi, installFakeApi } from '../../testing/fake-api';
import { idOf, NOW, profileOf, undecided } from '../../testing/fixtures';
import { renderWindow, resetWindow } from '../../testing/render';
import { lastedSeconds } from './incident-model';
import { IncidentPage } from './incident-page';
import { IncidentsPage } from './incidents-page';
import { OpenIncidents } from './open-incidents';

const incident = (number: number, change: Partial<IncidentSummary> = {}): IncidentSummary => ({
  id: idOf(100 + number),
  instanceId: idOf(1),
  instanceName: 'web-1',
  state: 'open',
  openedAtMs: NOW - 600_000,
  closedAtMs: null,
  closedBy: null,
  verdict: { ...undecided, kind: 'attack', confidence: 'high' },
  accounts: [
    { key: 'administrator', name: 'Administrator', everLocked: true },
    { key: 'bob', name: 'bob', everLocked: false },
  ],
  focusAccountKey: 'administrator',
  failures: 1234,
  addresses: 3,
  lastEvidenceAtMs: NOW - 1000,
  ...change,
});

const record = (change: Partial<IncidentRecord> = {}): IncidentRecord => ({
  summary: incident(1),
  entries: [
    {
      seq: 1,
      atMs: NOW - 600_000,
      kind: 'evidence',
      who: null,
      text: { key: 'incident.line.opened.locked', params: { account: 'Administrator' } },
      note: null,
    },
    { seq: 2, atMs: NOW - 500_000, kind: 'note', who: 'sam', text: null, note: 'called the owner' },
  ],
  linesLeftOut: 0,
  sources: [
    {
      address: '203.0.113.5',
      workstation: 'KALI',
      inferred: false,
      scope: 'internet',
      failures: 1234,
      accounts: ['administrator', 'bob'],
      firstMs: NOW - 600_000,
      lastMs: NOW - 1000,
    },
  ],
  timeline: null,
  joinedInto: null,
  ...change,
});

let main: FakeApi;
beforeEach(() => {
  main = installFakeApi();
});
afterEach(resetWindow);

describe('the list of incidents', () => {
  it('says that there are none', async () => {
    main.answer('incidents.list', () => ok({ incidents: [], more: false }));
    renderWindow(<IncidentsPage />);
    expect(await screen.findByText('No incidents')).toBeTruthy();
  });

  it('shows each with what is known of it, and leads to its page', async () => {
    const closed = incident(2, {
      state: 'closed',
      closedAtMs: NOW,
      closedBy: 'proof',
      focusAccountKey: null,
    });
    main.answer('incidents.list', () => ok({ incidents: [incident(1), closed], more: false }));
    renderWindow(<IncidentsPage />);
    const list = await screen.findByRole('list', { name: 'Incidents, open ones first' });
    const [first, second] = within(list).getAllByRole('button');
    expect(first?.textContent).toContain('Attack on web-1');
    expect(first?.textContent).toContain('Administrator and 1 more');
    expect(first?.textContent).toContain('1,234 failures · 3 addresses');
    expect(second?.textContent).toContain('Closed');
    if (first) fireEvent.click(first);
    expect(useUi.getState().route).toEqual({ page: 'incident', incidentId: idOf(101) });
  });

  it('searches, filters, and says when nothing matches', async () => {
    main.answer('incidents.list', (input) => {
      const { search } = input as { search: string };
      return ok({ incidents: search === '' ? [incident(1)] : [], more: false });
    });
    renderWindow(<IncidentsPage />);
    await screen.findByText('Attack on web-1');
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: ' zzz ' } });
    expect(await screen.findByText('No incident matches')).toBeTruthy();
    expect(main.inputsOf('incidents.list').at(-1)).toMatchObject({ search: 'zzz', state: null });
    fireEvent.click(screen.getByText('Clear search'));
    expect(await screen.findByText('Attack on web-1')).toBeTruthy();
    fireEvent.change(screen.getByRole('combobox', { name: 'Show' }), { target: { value: 'closed' } });
    await waitFor(() =>
      expect(main.inputsOf('incidents.list').at(-1)).toMatchObject({ search: '', state: 'closed' }),
    );
  });

  it('goes on from the last one', async () => {
    main.answer('incidents.list', (input) =>
      (input as { before: string | null }).before === null
        ? ok({ incidents: [incident(1)], more: true })
        : ok({ incidents: [incident(2, { instanceName: 'db-9' })], more: false }),
    );
    renderWindow(<IncidentsPage />);
    fireEvent.click(await screen.findByText('Show more'));
    expect(await screen.findByText('Attack on db-9')).toBeTruthy();
    expect(main.inputsOf('incidents.list').at(-1)).toMatchObject({ before: idOf(101) });
  });

  it('says why it could not be read, and asks again', async () => {
    main.answer('incidents.list', () => err(appError('app.internal')));
    renderWindow(<IncidentsPage />);
    expect(await screen.findByRole('alert')).toBeTruthy();
    main.answer('incidents.list', () => ok({ incidents: [incident(1)], more: false }));
    fireEvent.click(screen.getByText('Try again'));
    expect(await screen.findByText('Attack on web-1')).toBeTruthy();
  });
});

describe('the page of an incident', () => {
  const shown = async (change: Partial<IncidentRecord> = {}): Promise<void> => {
    main.answer('incidents.record', () => ok(record(change)));
    const { summary } = record(change);
    renderWindow(<IncidentPage id={summary.id} />, { profiles: [profileOf(1)], incidents: [summary] });
    await screen.findByRole('heading', { level: 1 });
  };

  it('says who, where, how many, what happened and what was noted', async () => {
    await shown();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Attack on web-1');
    expect(screen.getByText('Administrator (was locked)')).toBeTruthy();
    expect(screen.getByText('Administrator was locked.')).toBeTruthy();
    expect(screen.getByText('called the owner')).toBeTruthy();
    expect(screen.getByText('203.0.113.5')).toBeTruthy();
    expect(screen.getByText('There is no evidence of its failures any more.')).toBeTruthy();
  });

  it('leads to its checklist and its instance', async () => {
    await shown();
    fireEvent.click(screen.getByText('Open instance'));
    expect(useUi.getState().route).toEqual({
      page: 'instance',
      instanceId: idOf(1),
      accountKey: 'administrator',
    });
    fireEvent.click(screen.getByText('Open checklist'));
    expect(useUi.getState().route).toEqual({ page: 'checklist', incidentId: idOf(101) });
  });

  it('adds a note, and keeps it in the field when it could not be saved', async () => {
    await shown();
    const field = screen.getByRole('textbox', { name: 'Note' });
    fireEvent.change(field, { target: { value: ' rebooted ' } });
    main.answer('incidents.addNote', () => err(appError('file.diskFull', { file: 'x' })));
    fireEvent.click(screen.getByText('Add note'));
    await waitFor(() => expect(useUi.getState().toasts).toHaveLength(1));
    expect((field as HTMLTextAreaElement).value).toBe(' rebooted ');
    main.answer('incidents.addNote', () => ok(null));
    fireEvent.click(screen.getByText('Add note'));
    await waitFor(() => expect((field as HTMLTextAreaElement).value).toBe(''));
    expect(main.inputsOf('incidents.addNote').at(-1)).toEqual({ id: idOf(101), note: 'rebooted' });
  });

  it('closes only after the admin has agreed', async () => {
    await shown();
    fireEvent.click(screen.getByText('Close incident…'));
    expect(await screen.findByText(/Nothing has proved yet/)).toBeTruthy();
    fireEvent.click(screen.getByText('Cancel'));
    expect(main.inputsOf('incidents.close')).toEqual([]);
    fireEvent.click(screen.getByText('Close incident…'));
    fireEvent.click(await screen.findByText('Close incident'));
    expect(main.inputsOf('incidents.close')).toEqual([{ id: idOf(101), confirmed: true }]);
  });

  it('exports, and says where to', async () => {
    await shown();
    main.answer('incidents.export', () => ok({ path: '/home/sam/incident.md' }));
    fireEvent.click(screen.getByRole('button', { name: 'Export Markdown' }));
    await waitFor(() =>
      expect(useUi.getState().toasts.map(({ text }) => text)).toEqual(['Saved as /home/sam/incident.md.']),
    );
    expect(main.inputsOf('incidents.export')).toEqual([{ id: idOf(101), format: 'markdown' }]);
  });

  it('stays when its instance is gone, and can be opened again when it is closed', async () => {
    const summary = incident(1, {
      instanceId: idOf(9),
      state: 'closed',
      closedAtMs: NOW,
      closedBy: 'hand',
    });
    await shown({ summary });
    expect(screen.getByText(/no longer in Lockwatch/)).toBeTruthy();
    expect(screen.queryByText('Open instance')).toBeNull();
    fireEvent.click(screen.getByText('Open again'));
    expect(main.inputsOf('incidents.reopen')).toEqual([{ id: idOf(101) }]);
  });

  it('leads on from one that was joined into another', async () => {
    const summary = incident(1, { state: 'closed', closedAtMs: NOW, closedBy: 'joined' });
    await shown({ summary, joinedInto: idOf(102) });
    expect(screen.queryByText('Open again')).toBeNull();
    fireEvent.click(screen.getByText('Open that one'));
    expect(useUi.getState().route).toEqual({ page: 'incident', incidentId: idOf(102) });
  });

  it('says when there is none of this id', async () => {
    main.answer('incidents.record', () => err(appError('app.notFound')));
    renderWindow(<IncidentPage id={idOf(5)} />);
    fireEvent.click(await screen.findByText('All incidents'));
    expect(useUi.getState().route).toEqual({ page: 'incidents' });
  });
});

describe('the line on an instance', () => {
  it('leads to its open incident, and is not there without one', () => {
    const { unmount } = renderWindow(<OpenIncidents id={idOf(1)} />, {
      incidents: [incident(1), incident(2, { instanceId: idOf(2) })],
    });
    expect(screen.getByText(/An incident is open here since/)).toBeTruthy();
    fireEvent.click(screen.getByText('Show incident'));
    expect(useUi.getState().route).toEqual({ page: 'incident', incidentId: idOf(101) });
    unmount();
    renderWindow(<OpenIncidents id={idOf(1)} />, {
      incidents: [incident(1, { state: 'closed', closedAtMs: NOW, closedBy: 'proof' })],
    });
    expect(screen.queryByText(/incident/i)).toBeNull();
  });
});

describe('how long it lasted', () => {
  it('is never negative', () => {
    expect(lastedSeconds({ openedAtMs: 1000, closedAtMs: 61_000 }, 0)).toBe(60);
    expect(lastedSeconds({ openedAtMs: 1000, closedAtMs: null }, 0)).toBe(0);
  });
});
