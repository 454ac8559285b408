import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/errors';
import { createTranslator } from '../../../shared/messages/format';
import { ok } from '../../../shared/result';
import {
  CANARY_SECRET,
  CANARY_TOKEN,
  createStubCloud,
  finish,
  fixedCredentials,
  type StubHandler,
  testKey,
} from '../testing/stub-cloud';
import { type CallReport, type CallRequest, type CredentialSource, createAliyunClient } from './client';

const PARAMETER_CANARY = 'canaryParameter';
const request = (changes: Partial<CallRequest> = {}): CallRequest => ({
  service: 'ecs',
  region: 'eu-central-1',
  action: 'DescribeThing',
  parameters: { RegionId: 'eu-central-1', Password: PARAMETER_CANARY },
  kind: 'read',
  ...changes,
});

function rig(handler: StubHandler, changes: { credentials?: CredentialSource; endpoint?: string } = {}) {
  const cloud = createStubCloud(handler);
  const reports: CallReport[] = [];
  let nonce = 0;
  const client = createAliyunClient({
    fetch: cloud.fetch,
    clock: cloud.clock,
    credentials: changes.credentials ?? fixedCredentials(),
    newNonce: () => `nonce-${nonce++}`,
    jitter: () => 0,
    endpoint: changes.endpoint ?? null,
    onCall: (report) => reports.push(report),
  });
  const signal = new AbortController().signal;
  const call = (one: CallRequest = request(), by: AbortSignal = signal) =>
    finish(cloud.clock, client.call(one, by));
  return { ...cloud, client, call, reports };
}

const fault = (status: number, Code: string, more: object = {}) => ({
  status,
  json: { Code, RequestId: 'R-1', Message: `no, ${CANARY_SECRET}`, ...more },
});
const good = { json: { RequestId: 'R-2', Things: [1] } };
const failing =
  (answer: ReturnType<typeof fault>, times = 1): StubHandler =>
  (_call, count) =>
    count <= times ? answer : good;

describe('a call', () => {
  it('is one signed POST with everything in the query, to the region', async () => {
    const { call, calls } = rig(() => good);
    expect(await call()).toEqual({ ok: true, value: { requestId: 'R-2', body: good.json } });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      host: 'ecs.eu-central-1.aliyuncs.com',
      parameters: { RegionId: 'eu-central-1', Password: PARAMETER_CANARY },
      headers: { 'x-acs-version': '2014-05-26', accept: 'application/json' },
    });
  });

  it('refuses a region that would lead to another host, and an insecure endpoint, and sends nothing', async () => {
    const bad = rig(() => good);
    expect(await bad.call(request({ region: 'evil.example/x' }))).toMatchObject({
      error: { code: 'cloud.invalid' },
    });
    for (const endpoint of ['http://ecs.example', 'https://u@ecs.example', 'https://ecs.example/x', 'x']) {
      const own = rig(() => good, { endpoint });
      expect(await own.call()).toMatchObject({ error: { code: 'cloud.endpointInsecure' } });
      expect(own.calls).toEqual([]);
    }
    expect(bad.calls).toEqual([]);
    const local = rig(() => good, { endpoint: 'http://127.0.0.1:4000' });
    expect(await local.call()).toMatchObject({ ok: true });
    expect(local.calls[0]?.host).toBe('127.0.0.1:4000');
  });

  it('reports each attempt with names and numbers only', async () => {
    const { call, reports } = rig(failing(fault(503, 'ServiceUnavailable')));
    await call();
    expect(reports.map((report) => report.outcome)).toEqual(['cloud.server', 'ok']);
    expect(JSON.stringify(reports)).not.toMatch(/canary|https?:/);
  });
});

describe('failures are sorted', () => {
  it.each([
    [404, 'InvalidSecurityGroupId.NotFound', 'cloud.notFound'],
    [400, 'InvalidSecurityGroupRule.RuleNotExist', 'cloud.notFound'],
    [400, 'InvalidParam.SecurityGroupRuleId', 'cloud.notFound'],
    [403, 'InvalidOperation.ResourceManagedByCloudProduct', 'cloud.managed'],
    [403, 'InstanceLockedForSecurity', 'cloud.lockedForSecurity'],
    [403, 'IncorrectInstanceStatus', 'cloud.conflict'],
    [403, 'DependencyViolation', 'cloud.conflict'],
    [403, 'AuthorizationLimitExceed', 'cloud.limit'],
    [403, 'InstanceSecurityGroupLimitExceeded', 'cloud.limit'],
    [400, 'IdempotentParameterMismatch', 'cloud.tokenMismatch'],
    [400, 'InvalidGroupParameter.OperationDenied', 'cloud.invalid'],
    [400, 'InvalidParam.PortRange', 'cloud.invalid'],
    [404, 'InvalidAccessKeyId.NotFound', 'cloud.auth'],
    [400, 'SignatureDoesNotMatch', 'cloud.auth'],
    [400, 'InvalidSecurityToken.Malformed', 'cloud.auth'],
    [400, 'InvalidSecurityToken.Expired', 'cloud.expired'],
    [403, 'Forbidden.RAM', 'cloud.denied'],
    [401, 'InvalidOperation.SecurityGroupNotAuthorized', 'cloud.denied'],
    [418, 'Something.New', 'cloud.invalid'],
  ])('%i %s is %s', async (status, code, expected) => {
    const { call, calls } = rig(() => fault(status, code));
    expect(await call()).toMatchObject({ error: { code: expected, params: { code, requestId: 'R-1' } } });
    expect(calls).toHaveLength(1);
  });

  it('names the one permission that is missing', async () => {
    const { call } = rig(() =>
      fault(403, 'Forbidden.RAM', { AccessDeniedDetail: { AuthAction: 'ecs:AuthorizeSecurityGroup' } }),
    );
    expect(await call()).toMatchObject({
      error: { code: 'cloud.denied', params: { action: 'ecs:AuthorizeSecurityGroup' } },
    });
    const silent = rig(() => fault(403, 'Forbidden.RAM'));
    expect(await silent.call()).toMatchObject({ error: { params: { action: 'ecs:DescribeThing' } } });
  });

  it.each([
    [502, 'cloud.server'],
    [200, 'cloud.unreadableAnswer'],
    [403, 'cloud.unreadableAnswer'],
    [407, 'cloud.network'],
  ])('a web page with status %i is %s', async (status, code) => {
    const { call } = rig(() => ({ status, text: `<html>${CANARY_SECRET}</html>` }));
    expect(await call(request({ kind: 'once' }))).toMatchObject({ error: { code } });
  });

  it('every failure has its sentence, with every value filled in', () => {
    const words = createTranslator('en-US');
    const values = {
      action: 'ecs:X',
      code: 'C',
      requestId: 'R',
      status: 502,
      reason: 'E',
      account: 'a',
      file: 'f',
      effect: 'unknown',
    };
    for (const code of errorCodes.filter((one) => one.startsWith('cloud.'))) {
      expect(words.has(`error.${code}`)).toBe(true);
      expect(words(`error.${code}`, values)).toMatch(/^[^{}]+\.$/);
    }
  });
});

describe('what is repeated', () => {
  it('waits for the next minute when it is throttled, and so does everybody else', async () => {
    const handler: StubHandler = (_call, count) => (count === 1 ? fault(400, 'Throttling.User') : good);
    const { client, clock, calls, call } = rig(handler);
    clock.jump(17_000);
    const first = client.call(request(), new AbortController().signal);
    await clock.advance(0);
    await call();
    expect(await first).toMatchObject({ ok: true });
    expect(calls.map((seen) => seen.atMs % 60_000)).toEqual([17_000, 1000, 1000]);
  });

  it('gives up on throttling after two minutes', async () => {
    const { call, calls } = rig(() => fault(400, 'Throttling.User'));
    expect(await call()).toMatchObject({ error: { code: 'cloud.throttled' } });
    expect(calls).toHaveLength(3);
  });

  it.each([
    ['read', 'ServiceUnavailable', 503, 4],
    ['repeatable', 'InternalError', 500, 4],
    ['once', 'InternalError', 500, 1],
    ['once', 'OperationConflict', 409, 6],
    ['once', 'InvalidOperation.Conflict', 403, 6],
    ['read', 'InvalidParam.PortRange', 400, 1],
  ] as const)('a %s call that meets %s is sent %i, %i times', async (kind, code, status, times) => {
    const { call, calls } = rig(() => fault(status, code));
    expect(await call(request({ kind }))).toMatchObject({ ok: false });
    expect(calls).toHaveLength(times);
  });

  it('sends the same token and parameters again, signed anew with a fresh nonce', async () => {
    const { call, calls } = rig((_call, count) => (count < 3 ? 'drop' : good));
    const parameters = { ClientToken: 'token-1', RegionId: 'eu-central-1' };
    expect(await call(request({ kind: 'repeatable', parameters }))).toMatchObject({ ok: true });
    expect(calls.map((seen) => seen.parameters)).toEqual([parameters, parameters, parameters]);
    expect(new Set(calls.map((seen) => seen.headers['x-acs-signature-nonce'])).size).toBe(3);
  });

  it('never repeats a change without a token whose answer was lost', async () => {
    for (const answer of ['drop', 'hang'] as const) {
      const { call, calls } = rig(() => answer);
      expect(await call(request({ kind: 'once' }))).toMatchObject({ ok: false });
      expect(calls).toHaveLength(1);
    }
  });

  it('says of a lost change, and of no lost read, that its effect is not known', async () => {
    const t = createTranslator('en');
    const said = async (kind: CallRequest['kind'], answer: 'drop' | 'hang') => {
      const failed = await rig(() => answer).call(request({ kind }));
      return failed.ok ? '' : t(`error.${failed.error.code}`, failed.error.params);
    };
    for (const answer of ['drop', 'hang'] as const) {
      expect(await said('once', answer)).toMatch(/took effect is not known until it is read again\.$/);
      expect(await said('read', answer)).toMatch(/[a-z]\.$/);
      expect(await said('read', answer)).not.toContain('took effect');
    }
  });

  it('ends a call that is never answered, in time', async () => {
    const { call, clock } = rig(() => 'hang');
    const before = clock.now();
    expect(await call(request({ kind: 'once' }))).toMatchObject({ error: { code: 'cloud.timeout' } });
    expect(clock.now() - before).toBe(15_000);
  });

  it('ends at once when it is cancelled: before, during a call and during a wait', async () => {
    const early = rig(() => good);
    expect(await early.call(request(), AbortSignal.abort())).toMatchObject({
      error: { code: 'app.cancelled' },
    });
    expect(early.calls).toEqual([]);
    for (const answer of ['hang', fault(400, 'Throttling')] as const) {
      const { client, clock } = rig(() => answer);
      const stop = new AbortController();
      const work = client.call(request(), stop.signal);
      await clock.advance(10);
      stop.abort();
      expect(await work).toMatchObject({ error: { code: 'app.cancelled' } });
      expect(clock.nextDue()).toBeUndefined();
    }
  });
});

describe('clocks and credentials', () => {
  it('learns the cloud’s clock from a refused date and uses it from then on', async () => {
    const ahead = 3 * 60 * 60_000;
    const { call, calls, clock } = rig((seen) => {
      const cloudNow = clock.now() + ahead;
      const off = Math.abs(Date.parse(seen.headers['x-acs-date'] ?? '') - cloudNow);
      const headers = { date: new Date(cloudNow).toUTCString() };
      return off > 15 * 60_000
        ? { ...fault(400, 'InvalidTimeStamp.Expired'), headers }
        : { ...good, headers };
    });
    expect(await call()).toMatchObject({ ok: true });
    expect(await call()).toMatchObject({ ok: true });
    expect(calls).toHaveLength(3);
  });

  it('corrects the clock once, and says so when that does not help', async () => {
    const headers = { date: new Date(0).toUTCString() };
    const { call, calls } = rig(() => ({ ...fault(400, 'IllegalTimestamp'), headers }));
    expect(await call()).toMatchObject({ error: { code: 'cloud.clockSkew' } });
    expect(calls).toHaveLength(2);
    const dateless = rig(() => fault(400, 'IllegalTimestamp'));
    expect(await dateless.call()).toMatchObject({ error: { code: 'cloud.clockSkew' } });
    expect(dateless.calls).toHaveLength(1);
  });

  it('goes on with renewed credentials when they expire in the middle', async () => {
    let current = testKey;
    const credentials: CredentialSource = {
      current: async () => ok(current),
      renew: (rejected) => {
        current = { ...rejected, accessKeyId: 'secondKeyId' };
        return true;
      },
    };
    const { call, calls } = rig(failing(fault(400, 'InvalidSecurityToken.Expired')), { credentials });
    expect(await call(request({ kind: 'once' }))).toMatchObject({ ok: true });
    expect(calls.map((seen) => seen.headers['x-acs-accesskey-id'])).toEqual(['testKeyId', 'secondKeyId']);
  });
});

describe('a batch', () => {
  it('keeps within the budget of each action', async () => {
    const { client, clock, calls } = rig(() => good);
    const signal = new AbortController().signal;
    const all = Promise.all(
      Array.from({ length: 100 }, () => client.call(request({ kind: 'once' }), signal)),
    );
    await finish(clock, all);
    const started = calls[0]?.atMs ?? 0;
    expect(calls.filter((seen) => seen.atMs < started + 1).length).toBe(30);
    expect((calls.at(-1)?.atMs ?? 0) - started).toBe(35_000);
  });
});

describe('no secret comes out', () => {
  it('of any failure', async () => {
    const handlers: StubHandler[] = [
      () => 'drop',
      () => 'hang',
      () => fault(403, 'Forbidden.RAM', { AccessDeniedDetail: { AuthAction: `x ${CANARY_SECRET}` } }),
      () => ({ status: 400, json: { Code: `no ${CANARY_SECRET}`, RequestId: `r ${CANARY_TOKEN}` } }),
      () => ({ status: 400, json: { Code: 1, RequestId: {} } }),
      () => ({ status: 502, text: CANARY_SECRET }),
      () => ({ json: good.json, headers: { 'content-length': '99999999999' } }),
      () => ({ text: 'x'.repeat(9_000_000) }),
    ];
    for (const handler of handlers) {
      const { call, reports } = rig(handler);
      const answer = await call();
      expect(answer.ok).toBe(false);
      const everything = JSON.stringify([answer, reports]);
      expect(everything).not.toMatch(new RegExp(`${CANARY_SECRET}|${CANARY_TOKEN}|${PARAMETER_CANARY}|://`));
    }
  });

  it('and a body beyond the limit is not read to its end', async () => {
    const { call } = rig(() => ({ text: 'x'.repeat(9_000_000) }));
    expect(await call()).toMatchObject({ error: { code: 'cloud.answerTooLarge' } });
  });
});
