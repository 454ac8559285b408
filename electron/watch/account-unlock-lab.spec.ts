import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Estate } from '../lab/estate';
import { createFleetOnLab } from '../lab/testing/fleet-on-lab';
import { sampleFields } from '../profiles/testing/sample-profile';
import type { FleetRig } from './testing/fleet-rig';

let lab: Awaited<ReturnType<typeof createFleetOnLab>>;
let estate: Estate;
let rig: FleetRig;

beforeEach(async () => {
  lab = await createFleetOnLab();
  ({ estate, rig } = lab);
  rig.fleet.start();
});

afterEach(() => lab.dispose());

const names = ["O'Brien & Söhne", '管理员', '$(calc)', 'a b `n %PATH%'] as const;

/** An instance of the lab, connected, with one more account that is locked. */
async function connected(name: string) {
  const [endpoint] = estate.endpoints();
  const [instance] = estate.instances;
  if (!endpoint || !instance) throw new Error('no instance');
  const { host, port, user, password } = endpoint;
  const id = await rig.add(
    sampleFields({ ssh: { host, port, user, authentication: { kind: 'password' } } }),
    password,
  );
  const { windows } = instance;
  windows.sam.add(name, 2001, 'right');
  const question = await rig.until('the host key question', () => rig.question(id));
  const { fingerprint } = question.key;
  await rig.fleet.decideHostKey({ id, checkId: null, hop: 'instance', fingerprint, decision: 'pin' });
  await rig.until('the connection', () => rig.view(id)?.connection === 'following');
  return { id, instance, windows, target: { name, sid: windows.sidOf(2001) } };
}

const how = {
  logonType: 3,
  process: 'NtLmSsp ',
  package: 'NTLM',
  subject: 'nobody',
  processName: '-',
  workstation: 'KIOSK',
  address: '203.0.113.7',
  port: '0',
} as const;

describe('unlocking an account of the practice lab over the open connection', () => {
  it.each(names)(
    '%s: unlocked, written as 4767, and clear',
    async (name) => {
      const { id, windows, target } = await connected(name);
      for (let failure = 0; failure < windows.sam.policy.threshold; failure += 1)
        windows.logon({ name, password: 'wrong', domain: windows.computer, how });
      const account = () => rig.view(id)?.accounts.find((one) => one.name === name);
      await rig.until('the lock', () => account()?.status === 'locked');

      expect(await rig.fleet.inspectAccount(id, target)).toEqual({
        ok: true,
        value: {
          account: { ...target, locked: true },
          elevated: true,
          self: false,
          controller: null,
        },
      });
      expect(await rig.fleet.unlockAccount(id, target)).toMatchObject({
        ok: true,
        value: { done: true, refused: null, before: { locked: true }, after: { locked: false } },
      });
      await rig.until('the account to be clear', () => account()?.status === 'clear');
      const page = await rig.fleet.evidence({
        instanceId: id,
        kinds: ['unlock'],
        account: account()?.key ?? null,
        text: null,
        before: null,
        limit: 10,
      });
      expect(page).toMatchObject({ ok: true, value: { rows: [{ eventId: 4767 }] } });
      expect(await rig.fleet.unlockAccount(id, target)).toMatchObject({
        value: { done: false, refused: 'notLocked' },
      });
    },
    60_000,
  );

  it('says that nobody can be asked while there is no connection, and loses no answer in silence', async () => {
    const { id, instance, target } = await connected('alice2');
    await estate.trigger({ kind: 'goDown', instance: instance.name });
    await rig.until('the loss', () => rig.view(id)?.connection === 'waiting');
    expect(await rig.fleet.unlockAccount(id, target)).toMatchObject({
      error: { code: 'account.notConnected' },
    });
  }, 60_000);
});
