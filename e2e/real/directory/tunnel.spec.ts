import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OpenStream } from '../../../electron/sources/directory/types';
import { openForward } from '../../../electron/sources/ssh/forward';
import { ok } from '../../../shared/result';
import { optionsAt } from '../ssh/options';
import { type Sshd, startSshd } from '../ssh/sshd';
import { startLockwatch } from './lockwatch';
import { type DomainController, startDomainController } from './samba/domain-controller';
import { bindLogon } from './samba/logons';
import { canRunSamba, ownLoopbackAddress, sambaTitle } from './samba/provision';

describe.skipIf(!canRunSamba)(sambaTitle('a real domain controller through OpenSSH'), () => {
  let dc: DomainController;
  const endings: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    dc = await startDomainController({ address: ownLoopbackAddress() });
    await dc.database.policy({ threshold: 3, windowMinutes: 30, durationMinutes: 30 });
    await dc.database.addUsers([{ name: 'mary', password: 'Right-Pass.1' }]);
  });
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });
  afterAll(() => dc?.dispose());

  /** As the evidence process opens it; the instance finds the controller by its name, which nobody here resolves. */
  const through =
    (sshd: Sshd): OpenStream =>
    async ({ port }, signal) => {
      const place = { host: dc.address, port, from: 'instance' } as const;
      const forward = await openForward(optionsAt(sshd), place, signal);
      return forward.ok ? ok(forward.value.stream) : forward;
    };
  const start = async (forwarding: boolean) => {
    const sshd = await startSshd({ forwarding });
    endings.push(() => sshd.dispose());
    const lockwatch = await startLockwatch(dc, {
      authorities: [dc.certificate()],
      fields: { tunnel: randomUUID() },
      tunnel: through(sshd),
    });
    endings.push(() => lockwatch.close());
    return { sshd, lockwatch, id: await lockwatch.begin() };
  };

  it('is watched, shown and unlocked, and nothing goes straight to it', async () => {
    const { lockwatch, id } = await start(true);
    await lockwatch.viewWhere(({ status, connection }) => status === 'clear' && connection === 'following');
    for (let n = 0; n < 3; n++) await bindLogon(dc, 'mary', 'wrong');
    const { accounts } = await lockwatch.viewWhere(({ locked }) => locked === 1);
    const accountKey = accounts[0]?.key ?? '';
    const table = await lockwatch.service.table({ id, accountKey });
    expect(table).toMatchObject({ ok: true, value: { rows: [{ truth: true, status: 'locked' }] } });
    const plan = await lockwatch.service.planUnlock({ id, accountKey });
    const previewId = plan.ok ? plan.value.previewId : null;
    if (previewId === null) throw new Error('the unlock cannot be done');
    const done = await lockwatch.service.applyUnlock({ previewId, confirmed: true });
    expect(done).toMatchObject({ ok: true, value: { verified: true } });
    await lockwatch.viewWhere(({ locked }) => locked === 0);
    expect(lockwatch.connections()).toBe(0);
  });

  it('is waited for while its sshd is gone, and followed again afterwards', async () => {
    const { sshd, lockwatch, id } = await start(true);
    await lockwatch.viewWhere(({ connection }) => connection === 'following');
    await sshd.stop();
    const { failure } = await lockwatch.viewWhere(({ connection }) => connection === 'waiting');
    expect(failure).not.toBeNull();
    await sshd.restart();
    await lockwatch.service.reconnect({ id });
    await lockwatch.viewWhere(({ status, connection }) => status === 'clear' && connection === 'following');
  });

  it('says that an sshd permits no tunnels', async () => {
    const { lockwatch } = await start(false);
    const view = await lockwatch.viewWhere(({ failure }) => failure !== null);
    expect(view).toMatchObject({ status: 'unknown', failure: { code: 'ssh.forwardRefused' } });
  });
});
