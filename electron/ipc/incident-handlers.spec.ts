import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../shared/audit';
import { appError } from '../../shared/errors';
import type { IncidentFormat } from '../../shared/incident-contract';
import { createTranslator } from '../../shared/messages/format';
import { err, ok } from '../../shared/result';
import { createTimes } from '../incidents/export/times';
import { createIncidentService } from '../incidents/service';
import { createIncidentStore } from '../incidents/store/store';
import { locked, NOW, viewOf } from '../incidents/testing/sample-view';
import { createMemoryFiles } from '../profiles/testing/memory-files';
import { createFakeClock, settle } from '../watch/testing/fake-clock';
import { createIncidentHandlers } from './incident-handlers';

const translate = createTranslator('en');
const say = ({ key, params }: { key: string; params: Record<string, string | number> }): string =>
  translate(key, params);

async function setUp(place: string | null = '/home/sam/record') {
  const clock = createFakeClock(NOW);
  let ids = 0;
  const incidents = createIncidentService({
    store: createIncidentStore({ folder: '/data', files: createMemoryFiles(), now: clock.now }),
    clock,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    nameOf: () => 'web 1/<prod>',
    admin: () => 'sam',
    say,
    evidence: async () => err(appError('store.unavailable')),
    onNotices: () => undefined,
    onClosed: () => undefined,
  });
  await incidents.start();
  incidents.views([viewOf([locked('alice', NOW - 5000)])]);
  await settle();
  const written: (readonly [string, string | Uint8Array])[] = [];
  const audited: AuditRecord[] = [];
  const suggestions: string[] = [];
  const printed: string[] = [];
  const handlers = createIncidentHandlers({
    incidents,
    trail: { appendLater: async (row) => void audited.push(row) },
    admin: () => 'sam',
    choosePlace: async (suggestion) => {
      suggestions.push(suggestion);
      return place;
    },
    writeFile: async (path, content) => {
      written.push([path, content]);
      return ok(null);
    },
    say,
    times: () => createTimes('en', 'UTC'),
    now: clock.now,
    practice: () => false,
    printToPdf: async (_markdown, title) => {
      printed.push(title);
      return ok(new Uint8Array([37, 80, 68, 70]));
    },
  });
  const id = incidents.open()[0]?.id ?? '';
  return { handlers, incidents, id, written, audited, suggestions, printed };
}

describe('the window’s questions about incidents', () => {
  it.each([
    ['markdown', 'md'],
    ['json', 'json'],
    ['pdf', 'pdf'],
  ] satisfies [IncidentFormat, string][])(
    'exports as %s, under a name that any system takes',
    async (format, end) => {
      const { handlers, id, written, audited, suggestions, printed } = await setUp();
      expect(await handlers.export({ id, format })).toEqual(ok({ path: '/home/sam/record' }));
      expect(suggestions[0]).toMatch(/^incident-web_1__prod_-\d{4}-\d\d-\d\d-\d\d-\d\d\./);
      expect(suggestions[0]?.endsWith(`.${end}`)).toBe(true);
      expect(written).toHaveLength(1);
      expect(printed).toHaveLength(format === 'pdf' ? 1 : 0);
      expect(audited).toMatchObject([
        { action: 'incidentExported', after: format, incident: id, admin: 'sam', outcome: 'noted' },
      ]);
    },
  );

  it('writes nothing and puts nothing on record when no place was chosen', async () => {
    const { handlers, id, written, audited } = await setUp(null);
    expect(await handlers.export({ id, format: 'json' })).toEqual(ok(null));
    expect([written, audited]).toEqual([[], []]);
  });

  it('lists, tells, notes, closes and opens again', async () => {
    const { handlers, id } = await setUp();
    const query = { search: '', state: null, before: null, limit: 10 };
    expect(await handlers.list(query)).toMatchObject({
      ok: true,
      value: { incidents: [{ id }], more: false },
    });
    expect(await handlers.addNote({ id, note: 'x' })).toEqual(ok(null));
    expect(await handlers.record({ id })).toMatchObject({
      ok: true,
      value: { timeline: null, sources: [], entries: [{ kind: 'evidence' }, { note: 'x' }] },
    });
    expect(await handlers.close({ id, confirmed: true })).toEqual(ok(null));
    expect(await handlers.list({ ...query, state: 'open' })).toMatchObject({ value: { incidents: [] } });
    expect(await handlers.reopen({ id })).toEqual(ok(null));
  });
});
