import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DomainController, startDomainController } from './samba/domain-controller';
import { bindLogon, kerberosLogon, ntlmLogon } from './samba/logons';
import { canRunSamba, ownLoopbackAddress, sambaTitle } from './samba/provision';

const PASSWORD = 'Right-Pass.1';

describe.skipIf(!canRunSamba)(sambaTitle('the domain controller that the tests run'), () => {
  let dc: DomainController;
  beforeAll(async () => {
    dc = await startDomainController({ address: ownLoopbackAddress(), smb: true });
    await dc.database.policy({ threshold: 3, windowMinutes: 30, durationMinutes: 30 });
    await dc.database.addUsers([
      { name: 'mary', password: PASSWORD },
      { name: 'jö (x)', commonName: 'Jö, "the" (x)*\\', password: PASSWORD },
    ]);
  });
  afterAll(() => dc?.dispose());

  it('takes logons by LDAP, Kerberos and NTLM', async () => {
    expect(await bindLogon(dc, 'mary', PASSWORD)).toMatchObject({ result: 'success' });
    expect(await kerberosLogon(dc, 'mary', PASSWORD)).toMatchObject({ result: 'success' });
    expect(await ntlmLogon(dc, 'mary', PASSWORD)).toMatchObject({ result: 'success' });
    const answers = [
      await bindLogon(dc, 'mary', 'wrong'),
      await kerberosLogon(dc, 'mary', 'wrong'),
      await ntlmLogon(dc, 'mary', 'wrong'),
      await bindLogon(dc, 'mary', PASSWORD),
      await kerberosLogon(dc, 'mary', PASSWORD),
      await ntlmLogon(dc, 'mary', PASSWORD),
    ];
    expect(answers.map(({ result }) => result)).toEqual([
      'wrongPassword',
      'wrongPassword',
      'wrongPassword',
      'lockedOut',
      'lockedOut',
      'lockedOut',
    ]);
    const stored = await dc.database.account('mary', [
      'badPwdCount',
      'lockoutTime',
      'msDS-User-Account-Control-Computed',
    ]);
    expect(stored).toMatchObject({ badPwdCount: ['3'], 'msDS-User-Account-Control-Computed': ['16'] });
    await dc.database.unlock('mary');
    expect(await bindLogon(dc, 'mary', PASSWORD)).toMatchObject({ result: 'success' });
  });

  it('lets a lock of the past stand in for waiting', async () => {
    for (let n = 0; n < 3; n++) await bindLogon(dc, 'mary', 'wrong');
    expect(await bindLogon(dc, 'mary', PASSWORD)).toMatchObject({ result: 'lockedOut' });
    await dc.database.shiftTimes('mary', -31 * 60);
    expect(await bindLogon(dc, 'mary', PASSWORD)).toMatchObject({ result: 'success' });
  });

  it('says what samba-tool says', async () => {
    expect(await dc.tool('domain', 'passwordsettings', 'show')).toMatch(
      /Account lockout threshold \(attempts\): 3/,
    );
    await dc.database.addPso({
      name: 'strict',
      precedence: 1,
      threshold: 2,
      windowMinutes: 5,
      durationMinutes: null,
      appliesTo: ['mary'],
    });
    expect(await dc.tool('domain', 'passwordsettings', 'pso', 'show-user', 'mary')).toContain('strict');
  });

  it('comes back after a stop and after a kill', async () => {
    await dc.stop();
    await dc.start();
    expect(await bindLogon(dc, 'mary', PASSWORD)).toMatchObject({ result: 'success' });
    await dc.kill();
    await dc.start();
    expect(await bindLogon(dc, 'mary', PASSWORD)).toMatchObject({ result: 'success' });
  });
});
