import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filetimeFromMs } from '../../../shared/time';
import { type Lockwatch, startLockwatch } from './lockwatch';
import { type DomainController, startDomainController } from './samba/domain-controller';
import { bindLogon } from './samba/logons';
import { canRunSamba, ownLoopbackAddress, sambaTitle } from './samba/provision';

const PASSWORD = 'Right-Pass.1';
const ODD = 'jö (x)';

const lockOut = async (dc: DomainController, user: string, times = 3): Promise<void> => {
  for (let n = 0; n < times; n++) await bindLogon(dc, user, 'wrong');
};

describe.skipIf(!canRunSamba)(sambaTitle('a domain, as Lockwatch reads it and as Samba keeps it'), () => {
  let dc: DomainController;
  let lockwatch: Lockwatch;
  let id: string;
  beforeAll(async () => {
    dc = await startDomainController({ address: ownLoopbackAddress() });
    await dc.database.policy({ threshold: 3, windowMinutes: 30, durationMinutes: 30 });
    await dc.database.addUsers([
      { name: 'mary', password: PASSWORD, displayName: 'Mary' },
      { name: 'paul', password: PASSWORD },
      { name: 'anna', password: PASSWORD },
      { name: 'helpdesk', password: PASSWORD },
      { name: ODD, commonName: 'Jö, "the" (x)*\\', password: PASSWORD },
    ]);
    lockwatch = await startLockwatch(dc, { authorities: [dc.certificate()] });
    id = await lockwatch.begin();
    await lockwatch.viewWhere(({ status }) => status === 'clear');
  });
  afterAll(async () => {
    await lockwatch?.close();
    await dc?.dispose();
  });

  const account = async (name: string) => {
    const found = await lockwatch.service.accounts({ id, state: 'both', search: name, offset: 0, limit: 10 });
    if (!found.ok) throw new Error(found.error.code);
    const one = found.value.accounts.find((candidate) => candidate.name === name);
    if (!one) throw new Error(`no ${name}`);
    return one;
  };
  const stored = (name: string) =>
    dc.database.account(name, [
      'badPwdCount',
      'badPasswordTime',
      'lockoutTime',
      'pwdLastSet',
      'objectSid',
      'msDS-User-Account-Control-Computed',
    ]);
  const asFiletime = (ms: number | null): string => (ms === null ? '0' : filetimeFromMs(ms).toString());
  /** Shown to the millisecond. */
  const toMs = (text: string | undefined): string => ((BigInt(text ?? '0') / 10_000n) * 10_000n).toString();

  it('says who decides, and by which policy', async () => {
    const view = await lockwatch.viewWhere(({ status }) => status === 'clear');
    expect(view).toMatchObject({ domainName: dc.base, netbiosName: 'LAB', pdcHost: 'dc1.lab.test' });
    const { objectSid } = await dc.database.account('Administrator', ['objectSid']);
    expect(objectSid).toEqual([`${view.domainSid}-500`]);
    expect(view.controllers).toMatchObject([
      {
        host: 'dc1.lab.test',
        site: 'Default-First-Site-Name',
        readOnly: false,
        pdc: true,
        contact: 'answers',
      },
    ]);
    expect(view.policy).toMatchObject({
      threshold: 3,
      observationWindowSeconds: 1800,
      lockoutDurationSeconds: 1800,
      lockoutAdmins: false,
      source: 'domain',
    });
    const shown = await dc.tool('domain', 'passwordsettings', 'show');
    expect(shown).toMatch(/lockout duration \(mins\): 30/);
    expect(shown).toMatch(/Reset account lockout after \(mins\): 30/);
  });

  it('counts, locks and clears as the controller does, value by value', async () => {
    await lockOut(dc, 'mary', 2);
    const counting = await account('mary');
    expect(counting).toMatchObject({ status: 'counting', rawCount: 2, badPasswordCount: 2 });
    await lockOut(dc, 'mary', 1);
    await lockwatch.viewWhere(({ locked }) => locked === 1);
    const locked = await account('mary');
    const samba = await stored('mary');
    expect(locked).toMatchObject({ status: 'locked', rawCount: 3, key: samba.objectSid?.[0] });
    expect(samba['msDS-User-Account-Control-Computed']).toEqual(['16']);
    expect(asFiletime(locked.lockedAtMs)).toBe(toMs(samba.lockoutTime?.[0]));
    expect(asFiletime(locked.lastBadPasswordAtMs)).toBe(toMs(samba.badPasswordTime?.[0]));
    expect(asFiletime(locked.passwordSetAtMs)).toBe(toMs(samba.pwdLastSet?.[0]));
    expect((locked.autoUnlockAtMs ?? 0) - (locked.lockedAtMs ?? 0)).toBe(30 * 60_000);
    await dc.database.unlock('mary');
    await lockwatch.viewWhere(({ locked: count }) => count === 0);
    expect(await account('mary')).toMatchObject({ status: 'clear', rawCount: 0 });
  });

  it('takes no stored time for a lock that has run out (R9)', async () => {
    await lockOut(dc, 'paul');
    await lockwatch.viewWhere(({ locked }) => locked === 1);
    await dc.database.shiftTimes('paul', -31 * 60);
    await lockwatch.service.refresh({ id });
    await lockwatch.viewWhere(({ locked }) => locked === 0);
    expect(await account('paul')).toMatchObject({ status: 'clear', rawCount: 3, badPasswordCount: 0 });
    const samba = await stored('paul');
    expect(samba['msDS-User-Account-Control-Computed']).toEqual(['0']);
    expect(samba.lockoutTime?.[0]).not.toBe('0');
  });

  it('judges by the password settings object that governs an account (R3)', async () => {
    await dc.database.addPso({
      name: 'strict',
      precedence: 1,
      threshold: 2,
      windowMinutes: 5,
      durationMinutes: null,
      appliesTo: ['anna'],
    });
    await lockOut(dc, 'anna', 2);
    const byName = ({ name }: { readonly name: string }) => name === 'anna';
    const view = await lockwatch.viewWhere(({ accounts }) => accounts.find(byName)?.policyName === 'strict');
    const anna = view.accounts.find(byName);
    expect(anna).toMatchObject({
      status: 'locked',
      threshold: 2,
      lockedUntilAdmin: true,
      policyName: 'strict',
    });
    expect(await dc.tool('domain', 'passwordsettings', 'pso', 'show-user', 'anna')).toContain('strict');
    await dc.database.unlock('anna');
    await lockwatch.viewWhere(({ locked }) => locked === 0);
  });

  it('reads names with every special character, and takes none for a filter', async () => {
    await lockOut(dc, ODD, 1);
    const found = await account(ODD);
    expect(found).toMatchObject({ status: 'counting', rawCount: 1 });
    expect(found.distinguishedName).toContain('\\,');
    for (const text of [
      '*',
      'mary)(objectClass=*',
      '*)(uid=*))(|(uid=*',
      'm\\61ry',
      '\u0000',
      '(',
      'CN=mary,CN=Users',
    ]) {
      const answer = await lockwatch.service.accounts({
        id,
        state: 'both',
        search: text,
        offset: 0,
        limit: 10,
      });
      expect(answer).toMatchObject({ ok: true, value: { total: 0 } });
    }
    const bad = await lockwatch.service.table({ id, accountKey: 'S-1-5-21-1>;<GUID=x' });
    expect(bad).toMatchObject({ ok: false, error: { code: 'app.invalidArgument' } });
  });

  it('shows one account at every controller', async () => {
    await lockOut(dc, 'mary');
    const { key } = await account('mary');
    const table = await lockwatch.service.table({ id, accountKey: key });
    expect(table).toMatchObject({
      ok: true,
      value: {
        account: { status: 'locked' },
        policy: { threshold: 3 },
        rows: [
          {
            host: 'dc1.lab.test',
            truth: true,
            answers: true,
            status: 'locked',
            rawCount: 3,
            differences: [],
          },
        ],
      },
    });
  });

  it('unlocks at the PDC emulator only after a plan, once, and proves it', async () => {
    const { key } = await account('mary');
    expect(await bindLogon(dc, 'mary', PASSWORD)).toMatchObject({ result: 'lockedOut' });
    const plan = await lockwatch.service.planUnlock({ id, accountKey: key });
    if (!plan.ok || plan.value.previewId === null) throw new Error('no plan');
    expect(plan.value).toMatchObject({ pdcHost: 'dc1.lab.test', obstacles: [] });
    expect(await bindLogon(dc, 'mary', PASSWORD)).toMatchObject({ result: 'lockedOut' });
    const done = await lockwatch.service.applyUnlock({ previewId: plan.value.previewId, confirmed: true });
    expect(done).toMatchObject({ ok: true, value: { verified: true, account: { status: 'clear' } } });
    expect(await bindLogon(dc, 'mary', PASSWORD)).toMatchObject({ result: 'success' });
    expect(lockwatch.audit.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['unlockAccount', 'begun'],
      ['unlockAccount', 'succeeded'],
    ]);
    const again = await lockwatch.service.applyUnlock({ previewId: plan.value.previewId, confirmed: true });
    expect(again).toMatchObject({ ok: false, error: { code: 'directory.previewGone' } });
  });

  it('does not do what was shown when the account has changed since', async () => {
    await lockOut(dc, 'paul');
    const { key } = await account('paul');
    const plan = await lockwatch.service.planUnlock({ id, accountKey: key });
    if (!plan.ok || plan.value.previewId === null) throw new Error('no plan');
    await dc.database.unlock('paul');
    await lockOut(dc, 'paul');
    const late = await lockwatch.service.applyUnlock({ previewId: plan.value.previewId, confirmed: true });
    expect(late).toMatchObject({ ok: false, error: { code: 'directory.previewGone' } });
    expect(await bindLogon(dc, 'paul', PASSWORD)).toMatchObject({ result: 'lockedOut' });
  });

  it('says which right is missing', async () => {
    const limited = await startLockwatch(dc, {
      authorities: [dc.certificate()],
      fields: { bindUser: 'helpdesk@lab.test' },
      password: PASSWORD,
    });
    try {
      const other = await limited.begin();
      await limited.viewWhere(({ locked }) => locked > 0);
      // Password settings objects are for administrators to see: nothing is assumed in their place.
      await lockOut(dc, 'anna', 1);
      const found = await limited.service.accounts({
        id: other,
        state: 'both',
        search: 'anna',
        offset: 0,
        limit: 5,
      });
      expect(found).toMatchObject({
        ok: true,
        value: {
          accounts: [
            {
              status: 'unknown',
              rawCount: 1,
              threshold: null,
              reason: { key: 'directory.reason.policyUnknown' },
            },
          ],
        },
      });
      const { key } = await account('paul');
      const plan = await limited.service.planUnlock({ id: other, accountKey: key });
      expect(plan).toMatchObject({
        ok: true,
        value: {
          previewId: null,
          obstacles: [{ key: 'directory.unlock.mayNot', params: { user: 'helpdesk@lab.test' } }],
        },
      });
    } finally {
      await limited.close();
    }
    expect(await bindLogon(dc, 'paul', PASSWORD)).toMatchObject({ result: 'lockedOut' });
  });
});
