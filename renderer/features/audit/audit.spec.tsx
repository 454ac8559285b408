// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AuditRow,
  auditActionSchema,
  auditOutcomeSchema,
  type AuditPage as Page,
} from '../../../shared/audit';
import { appError } from '../../../shared/errors';
import { en } from '../../../shared/messages/en';
import { err, ok } from '../../../shared/result';
import { type FakeApi, installFakeApi } from '../../testing/fake-api';
import { NOW } from '../../testing/fixtures';
import { renderWindow, resetWindow } from '../../testing/render';
import { auditActions, changeOf, isFiltered, noFilter, outcomeTone, queryOf } from './audit-model';
import { AuditPage } from './audit-page';

const row = (seq: number, change: Partial<AuditRow> = {}): AuditRow => ({
  seq,
  atMs: NOW - seq,
  action: 'isolate',
  outcome: 'succeeded',
  admin: 'sam',
  instance: { region: 'eu-central-1', instanceId: 'i-1', name: 'web-01' },
  reason: 'attack',
  incident: '',
  before: 'open',
  after: 'closed',
  requestIds: ['request-1'],
  error: null,
  entryId: 'entry-1',
  previous: '0'.repeat(64),
  hash: 'a'.repeat(64),
  ...change,
});
const page = (change: Partial<Page> = {}): Page => ({
  rows: [],
  nextBeforeSeq: null,
  total: 0,
  breaks: [],
  ...change,
});

let main: FakeApi;
beforeEach(() => {
  main = installFakeApi();
});
afterEach(resetWindow);

describe('the questions to the trail', () => {
  it('carry the filters and the place to go on from', () => {
    expect(queryOf(noFilter, null, NOW)).toMatchObject({
      search: '',
      actions: [],
      fromMs: null,
      beforeSeq: null,
    });
    const filter = { search: ' x ', action: 'undo', instanceId: 'i-1', period: 'day' } as const;
    expect(queryOf(filter, 7, NOW)).toMatchObject({
      search: 'x',
      actions: ['undo'],
      instanceId: 'i-1',
      fromMs: NOW - 86_400_000,
      beforeSeq: 7,
    });
    expect(isFiltered(noFilter)).toBe(false);
    expect(isFiltered(filter)).toBe(true);
  });

  it('know every action, and every outcome has words and none but success is green', () => {
    expect([...auditActions].sort()).toEqual([...auditActionSchema.options].sort());
    for (const outcome of auditOutcomeSchema.options) {
      expect(en).toHaveProperty([`audit.outcome.${outcome}`]);
      expect(outcomeTone(outcome) === 'good', outcome).toBe(outcome === 'succeeded');
    }
    expect(changeOf({ before: 'a', after: 'b' })).toBe('a → b');
    expect(changeOf({ before: '', after: 'b' })).toBe('b');
  });
});

describe('the page', () => {
  it('says that nothing is recorded, and that the chain is whole', async () => {
    main.answer('audit.page', () => ok(page()));
    renderWindow(<AuditPage />);
    expect(await screen.findByText('Nothing recorded yet')).toBeTruthy();
    expect(screen.getByText(/The chain is whole/)).toBeTruthy();
  });

  it('shows the place of every break', async () => {
    const breaks = [
      { file: 'audit-0001.jsonl', line: 12, kind: 'changed' },
      { file: 'audit-0002.jsonl', line: 3, kind: 'removed' },
    ] as const;
    main.answer('audit.page', () => ok(page({ rows: [row(1)], total: 1, breaks: [...breaks] })));
    renderWindow(<AuditPage />);
    expect(await screen.findByText('The chain is broken at 2 places')).toBeTruthy();
    expect(screen.getByText(/line 12 of audit-0001.jsonl/)).toBeTruthy();
    expect(screen.queryByText(/The chain is whole/)).toBeNull();
  });

  it('says nothing of the chain when it could not be read', async () => {
    main.answer('audit.page', () => err(appError('file.notReadable', { file: 'audit' })));
    renderWindow(<AuditPage />);
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.queryByText(/The chain is/)).toBeNull();
  });

  it('asks again for a search, and says when nothing matches', async () => {
    main.answer('audit.page', (input) => {
      const searched = (input as { search: string }).search !== '';
      return ok(searched ? page() : page({ rows: [row(1)], total: 1 }));
    });
    renderWindow(<AuditPage />);
    await screen.findByText('1 of 1 row loaded');
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'zzz' } });
    expect(await screen.findByText('No row matches')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Clear the filters' }));
    expect(await screen.findByText('1 of 1 row loaded')).toBeTruthy();
  });

  it('exports and says where', async () => {
    main.answer('audit.page', () => ok(page({ rows: [row(1)], total: 1 })));
    main.answer('audit.export', () => ok({ path: '/tmp/audit.csv', rows: 1 }));
    renderWindow(<AuditPage />);
    await screen.findByText('1 of 1 row loaded');
    fireEvent.click(screen.getByRole('button', { name: 'Export as CSV' }));
    await waitFor(() => expect(main.inputsOf('audit.export')).toEqual([{ format: 'csv' }]));
  });
});
