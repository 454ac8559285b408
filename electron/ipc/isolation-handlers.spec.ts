import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../shared/audit';
import type { PublicAddress } from '../../shared/cloud';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import type { AuditTrail } from '../audit/trail';
import type { AppliedPlan, IsolationService } from '../isolation/service/service';
import { createAddressHandlers } from './address-handlers';
import { createAuditHandlers } from './audit-handlers';
import { createIsolationHandlers } from './isolation-handlers';

function setUp(service: Partial<IsolationService>, place: string | null = '/tmp/recipe.txt') {
  const written: string[] = [];
  const asked: string[] = [];
  const handlers = createIsolationHandlers({
    isolation: service as IsolationService,
    choosePlace: async (suggestion) => {
      asked.push(suggestion);
      return place;
    },
    writeFile: async (path, text) => {
      written.push(`${path} ${text}`);
      return ok(null);
    },
    nameOf: () => '../web 01',
  });
  return { handlers, written, asked };
}
const request = { previewIds: ['p1'], confirmed: true as const, typed: '' };
const applying = (...plans: AppliedPlan[]) => setUp({ apply: async () => ok(plans) }).handlers.apply(request);
const started: AppliedPlan = { kind: 'started', id: 'a', done: Promise.resolve({ kind: 'cancelled' }) };
const refused: AppliedPlan = { kind: 'refused', id: 'b', error: appError('app.busy') };
const replaced: AppliedPlan = {
  kind: 'replaced',
  id: 'c',
  preview: { id: 'c', previewId: 'p2', plan: null, refusal: null, error: null, drift: [] },
};

describe('applying', () => {
  it('answers when the plans have begun, not when they are done', async () => {
    const never = { ...started, done: new Promise<never>(() => undefined) };
    expect(await applying(never)).toEqual(ok({ replaced: [], refused: [] }));
  });
  it('gives the new plan of each that the rules have outrun, and the error of each that was refused', async () => {
    expect(await applying(started, refused, replaced)).toEqual(
      ok({
        replaced: [replaced.kind === 'replaced' ? replaced.preview : null],
        refused: [{ id: 'b', error: refused.kind === 'refused' ? refused.error : null }],
      }),
    );
  });
});

describe('going on after an interruption', () => {
  it('gives the new plan where there is something new to agree to', async () => {
    const resume = (plan: AppliedPlan) =>
      setUp({ resume: async () => ok(plan) }).handlers.resume({ id: 'c' });
    expect(await resume(replaced)).toEqual(ok(replaced.kind === 'replaced' ? replaced.preview : null));
    expect(await resume(started)).toEqual(ok(null));
  });
});

describe('the recipe', () => {
  const recipe = { recipeText: async () => ok('the way back') };
  it('is saved where the admin chooses, under a name that is no path', async () => {
    const { handlers, written, asked } = setUp(recipe);
    expect(await handlers.saveRecipe({ id: 'a' })).toEqual(ok({ path: '/tmp/recipe.txt' }));
    expect(asked).toEqual(['rollback-.._web_01.txt']);
    expect(written).toEqual(['/tmp/recipe.txt the way back']);
  });
  it('is not written when no place was chosen', async () => {
    const { handlers, written } = setUp(recipe, null);
    expect(await handlers.saveRecipe({ id: 'a' })).toEqual(ok(null));
    expect(written).toEqual([]);
  });
});

describe('the audit trail', () => {
  it('puts its own export on record, and only when there was one', async () => {
    const rows: AuditRecord[] = [];
    const trail = {
      exportTo: async () => ok({ rows: 7 }),
      appendLater: async (row: AuditRecord) => {
        rows.push(row);
      },
    } as unknown as AuditTrail;
    const exporting = (place: string | null) =>
      createAuditHandlers({ trail, admin: () => 'Ann', choosePlace: async () => place }).export({
        format: 'csv',
      });
    expect(await exporting(null)).toEqual(ok(null));
    expect(rows).toEqual([]);
    expect(await exporting('/tmp/a.csv')).toEqual(ok({ path: '/tmp/a.csv', rows: 7 }));
    expect(rows).toMatchObject([{ action: 'auditExported', admin: 'Ann', after: 'csv' }]);
  });
});

describe('the public address', () => {
  const find = (found: Result<PublicAddress>, names = ['one', 'two', 'three']) =>
    createAddressHandlers({ find: async () => found, names: () => names }).find(null);
  it('is told service by service, also by those that told nothing', async () => {
    const found = ok<PublicAddress>({
      ipv4: [{ address: '192.0.2.1', services: ['one'] }],
      ipv6: [{ address: '2001:db8::1', services: ['two'] }],
      silent: ['three'],
    });
    expect(await find(found)).toMatchObject({
      value: [
        { service: 'one', address: '192.0.2.1', error: null },
        { service: 'two', address: '2001:db8::1', error: null },
        { service: 'three', address: null, error: { code: 'cloud.unreadableAnswer' } },
      ],
    });
  });
  it('is asked of nobody where no service is chosen', async () => {
    expect(await find(err(appError('app.internal')), [])).toEqual(ok([]));
  });
  it('names every service when none answers', async () => {
    const answer = await find(err(appError('cloud.addressNotFound')));
    expect(answer.ok && answer.value.map(({ address }) => address)).toEqual([null, null, null]);
  });
});
