import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Lockwatch, type LockwatchOptions, shiftedClock, startLockwatch } from './lockwatch';
import { type DomainController, startDomainController } from './samba/domain-controller';
import { bindLogon } from './samba/logons';
import { ADMIN_PASSWORD, canRunSamba, ownLoopbackAddress, sambaTitle } from './samba/provision';
import { startSlowProxy } from './samba/slow-proxy';

const PASSWORD = 'Right-Pass.1';

describe.skipIf(!canRunSamba)(sambaTitle('the way to a real domain controller'), () => {
  let dc: DomainController;
  const open: Lockwatch[] = [];
  const lockwatchAt = async (options: LockwatchOptions = {}): Promise<Lockwatch> => {
    const one = await startLockwatch(dc, { authorities: [dc.certificate()], ...options });
    open.push(one);
    return one;
  };
  beforeAll(async () => {
    dc = await startDomainController({ address: ownLoopbackAddress() });
    await dc.database.policy({ threshold: 5, windowMinutes: 30, durationMinutes: 30 });
    await dc.database.addUsers([
      { name: 'mary', password: PASSWORD },
      { name: 'watcher', password: PASSWORD },
      { name: 'gone', password: PASSWORD, userAccountControl: 514 },
    ]);
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  afterAll(() => dc?.dispose());

  const countOf = async (name: string): Promise<string | undefined> =>
    (await dc.database.account(name, ['badPwdCount'])).badPwdCount?.[0];

  it.each(['ldaps', 'startTls'] as const)(
    'is encrypted with %s when the system vouches for the certificate',
    async (transport) => {
      const lockwatch = await lockwatchAt({ fields: { transport } });
      await lockwatch.begin();
      await lockwatch.viewWhere(({ status, connection }) => status === 'clear' && connection === 'following');
      expect(lockwatch.service.state().certificateQuestions).toEqual([]);
    },
  );

  it('is unencrypted only when that was chosen', async () => {
    const refused = await lockwatchAt();
    const draft = { ...refused.fields, transport: 'plain' as const };
    expect(await refused.service.save({ id: null, fields: draft, password: ADMIN_PASSWORD })).toMatchObject({
      ok: false,
      error: { code: 'app.invalidArgument' },
    });
    const chosen = await lockwatchAt({ fields: { transport: 'plain', plainAccepted: true } });
    await chosen.begin();
    await chosen.viewWhere(({ status }) => status === 'clear');
  });

  it('waits for the admin with a certificate that nobody vouches for, and sends nothing before', async () => {
    const lockwatch = await lockwatchAt({
      authorities: [],
      fields: { bindUser: 'watcher@lab.test' },
      password: 'wrong',
    });
    const id = await lockwatch.begin();
    await lockwatch.viewWhere(({ connection }) => connection === 'needsAdmin');
    expect(lockwatch.view()?.failure?.code).toBe('directory.certificateUnknown');
    expect(await countOf('watcher')).toBe('0');
    const question = await lockwatch.until(() => lockwatch.service.state().certificateQuestions[0]);
    const { fingerprint, host } = question.certificate;
    const other = await lockwatch.service.decideCertificate({
      id,
      checkId: null,
      host,
      fingerprint: fingerprint.replace(/^../, fingerprint.startsWith('00') ? '01' : '00'),
      decision: 'pin',
    });
    expect(other).toMatchObject({ ok: false, error: { code: 'app.notFound' } });
    await lockwatch.service.save({ id, fields: lockwatch.fields, password: PASSWORD });
    const accepted = await lockwatch.service.decideCertificate({
      id,
      checkId: null,
      host,
      fingerprint,
      decision: 'pin',
    });
    expect(accepted.ok).toBe(true);
    await lockwatch.viewWhere(({ connection }) => connection === 'following');
    expect(await countOf('watcher')).toBe('0');
  });

  it('tries a refused password once, ever', async () => {
    const lockwatch = await lockwatchAt({
      fields: { bindUser: 'watcher@lab.test' },
      password: 'not the one',
    });
    const id = await lockwatch.begin();
    await lockwatch.viewWhere(({ failure }) => failure?.code === 'directory.passwordRefused');
    expect(await countOf('watcher')).toBe('1');
    for (let n = 0; n < 3; n++) {
      const { length } = lockwatch.reports;
      await lockwatch.service.startCheck({ kind: 'saved', id });
      await lockwatch.until(
        () => lockwatch.reports.length > length && lockwatch.reports.at(-1)?.finishedAtMs !== null,
      );
      expect(lockwatch.reports.at(-1)?.steps.find((step) => step.id === 'bind')).toMatchObject({
        state: 'failed',
        error: { code: 'directory.passwordRefused' },
      });
      await lockwatch.service.reconnect({ id });
      await lockwatch.viewWhere(({ connection }) => connection === 'needsAdmin');
    }
    expect(await countOf('watcher')).toBe('1');
    await lockwatch.service.save({ id, fields: lockwatch.fields, password: PASSWORD });
    await lockwatch.viewWhere(({ connection }) => connection === 'following');
    expect(await countOf('watcher')).toBe('0');
  });

  it('says of a disabled account what the controller says', async () => {
    const lockwatch = await lockwatchAt({ fields: { bindUser: 'gone@lab.test' }, password: PASSWORD });
    await lockwatch.begin();
    const view = await lockwatch.viewWhere(({ failure }) => failure?.code === 'directory.bindRefused');
    expect(view.failure?.params).toMatchObject({ reason: 'disabled' });
  });

  it('is checked step by step', async () => {
    const lockwatch = await lockwatchAt();
    await bindLogon(dc, 'mary', 'wrong');
    await lockwatch.service.startCheck({
      kind: 'draft',
      id: null,
      fields: lockwatch.fields,
      password: ADMIN_PASSWORD,
    });
    const report = await lockwatch.until(() =>
      lockwatch.reports.find(({ finishedAtMs }) => finishedAtMs !== null),
    );
    expect(report.steps.map(({ id, state }) => [id, state])).toEqual([
      ['find', 'passed'],
      ['tcp', 'passed'],
      ['certificate', 'passed'],
      ['bind', 'passed'],
      ['domain', 'passed'],
      ['pdc', 'passed'],
      ['policy', 'passed'],
      ['accounts', 'passed'],
      ['rights', 'passed'],
      ['controllers', 'passed'],
      ['clock', 'passed'],
    ]);
    expect(report.steps.every(({ messageKey }) => messageKey !== null)).toBe(true);
    await bindLogon(dc, 'mary', PASSWORD);
  });

  it('refuses a controller of another domain', async () => {
    const lockwatch = await lockwatchAt({ fields: { domain: 'other.test' } });
    await lockwatch.begin();
    await lockwatch.viewWhere(({ failure }) => failure?.code === 'directory.otherDomain');
  });

  it('may be slow', async () => {
    const proxy = await startSlowProxy(dc.address, 636);
    proxy.delay(150);
    try {
      const lockwatch = await lockwatchAt({ via: { host: '127.0.0.1', port: proxy.port } });
      await lockwatch.begin();
      await lockwatch.viewWhere(({ status }) => status === 'clear');
    } finally {
      await proxy.close();
    }
  });

  it('shows nothing of an answer that broke off, and goes on with the next connection', async () => {
    for (let n = 0; n < 5; n++) await bindLogon(dc, 'mary', 'wrong');
    const proxy = await startSlowProxy(dc.address, 636);
    try {
      for (const bytes of [100, 2_000, 4_000, 6_000, 8_000]) {
        proxy.cutAfter(bytes);
        const lockwatch = await lockwatchAt({ via: { host: '127.0.0.1', port: proxy.port } });
        await lockwatch.begin();
        const cut = await lockwatch.viewWhere(
          ({ connection, failure }) => connection === 'waiting' && failure !== null,
        );
        expect(cut.status).not.toBe('clear');
        proxy.cutAfter(null);
        const id = cut.id;
        await lockwatch.service.reconnect({ id });
        await lockwatch.viewWhere(({ status, locked }) => status === 'locked' && locked === 1);
        await lockwatch.close();
        open.splice(0);
      }
    } finally {
      await proxy.close();
    }
    await dc.database.unlock('mary');
  });

  it.each([-2, 2])('may have a clock that is %s hours apart from ours', async (hours) => {
    const lockwatch = await lockwatchAt({ clock: shiftedClock(hours * 3_600_000) });
    await lockwatch.begin();
    await lockwatch.viewWhere(({ status }) => status === 'clear');
    for (let n = 0; n < 5; n++) await bindLogon(dc, 'mary', 'wrong');
    const view = await lockwatch.viewWhere(({ locked }) => locked === 1);
    const [mary] = view.accounts;
    const seen = Date.now() + hours * 3_600_000;
    expect(Math.abs((mary?.lockedAtMs ?? 0) - seen)).toBeLessThan(10_000);
    expect(view.doubts).toMatchObject([{ key: 'directory.doubt.clock' }]);
    await dc.database.shiftTimes('mary', -31 * 60);
    await lockwatch.service.refresh({ id: view.id });
    await lockwatch.viewWhere(({ locked, status }) => locked === 0 && status === 'clear');
    await bindLogon(dc, 'mary', PASSWORD);
  });

  it('is honest while the controller dies and comes back', async () => {
    const lockwatch = await lockwatchAt();
    const id = await lockwatch.begin();
    await lockwatch.viewWhere(({ status }) => status === 'clear');
    await dc.kill();
    const dead = await lockwatch.viewWhere(({ connection }) => connection === 'waiting');
    expect(dead.failure).not.toBeNull();
    lockwatch.suspend();
    lockwatch.resume();
    await lockwatch.viewWhere(
      ({ status, reason }) => status === 'unknown' && reason?.key === 'directory.reason.stale',
    );
    await dc.start();
    await lockwatch.service.reconnect({ id });
    await lockwatch.viewWhere(({ status, connection }) => status === 'clear' && connection === 'following');
    for (let n = 0; n < 5; n++) await bindLogon(dc, 'mary', 'wrong');
    await lockwatch.viewWhere(({ locked }) => locked === 1);
    await dc.database.unlock('mary');
    await lockwatch.viewWhere(({ locked }) => locked === 0);
  });

  it('stops at a certificate that is not the accepted one, with everything', async () => {
    const lockwatch = await lockwatchAt({ authorities: [], fields: { trust: 'pinned' } });
    const id = await lockwatch.begin();
    const first = await lockwatch.until(() => lockwatch.service.state().certificateQuestions[0]);
    const { host, fingerprint } = first.certificate;
    await lockwatch.service.decideCertificate({ id, checkId: null, host, fingerprint, decision: 'pin' });
    await lockwatch.viewWhere(({ connection }) => connection === 'following');
    await dc.changeCertificate();
    await lockwatch.service.reconnect({ id });
    const view = await lockwatch.viewWhere(({ failure }) => failure?.code === 'directory.certificateChanged');
    expect(view.connection).toBe('needsAdmin');
    const question = await lockwatch.until(() => lockwatch.service.state().certificateQuestions[0]);
    expect(question.pinned?.fingerprint).toBe(fingerprint);
    expect(question.certificate.fingerprint).not.toBe(fingerprint);
    const { certificate } = question;
    const decision = {
      id,
      checkId: null,
      host,
      fingerprint: certificate.fingerprint,
      decision: 'pin' as const,
    };
    await lockwatch.service.decideCertificate(decision);
    await lockwatch.viewWhere(({ connection, status }) => connection === 'following' && status === 'clear');
  });
});
