import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
});

afterEach(() => lab.dispose());

async function addInstance(index: number, password?: string) {
  const endpoint = estate.endpoints()[index];
  const instance = estate.instances[index];
  if (!endpoint || !instance) throw new Error('no such instance');
  const { name, host, port, user } = endpoint;
  const id = await rig.add(
    sampleFields({ name, ssh: { host, port, user, authentication: { kind: 'password' } } }),
    password ?? endpoint.password,
  );
  return { id, endpoint, instance };
}

async function pin(id: string) {
  const question = await rig.until('the host key question', () => rig.question(id));
  expect(
    await rig.fleet.decideHostKey({
      id,
      checkId: null,
      hop: 'instance',
      fingerprint: question.key.fingerprint,
      decision: 'pin',
    }),
  ).toMatchObject({ ok: true });
  return question;
}

/** Failed logons of our own user, as the instance wrote them. */
const refusals = ({ windows }: Estate['instances'][number]): number =>
  (windows.log('Security')?.events() ?? []).filter(
    ({ eventId, data }) => eventId === 4625 && data.ProcessName?.includes('sshd'),
  ).length;

describe('the fleet on the practice lab', () => {
  it('asks about the host key, connects, and sees an attack lock an account', async () => {
    rig.fleet.start();
    const { id, endpoint, instance } = await addInstance(0);
    const question = await pin(id);
    expect(question).toMatchObject({ pinned: null, key: { fingerprint: endpoint.hostKeyFingerprint } });
    const first = await rig.until('the first status', () => {
      const view = rig.view(id);
      return view?.connection === 'following' && view.policy !== null ? view : undefined;
    });
    expect(first).toMatchObject({ failure: null, auditing: 'on', computer: expect.any(String) });
    instance.startAttack();
    const locked = await rig.until('the lock', () => {
      const view = rig.view(id);
      return view?.status === 'locked' ? view : undefined;
    });
    const account = locked.accounts.find((candidate) => candidate.status === 'locked');
    expect(account).toMatchObject({ name: 'Administrator', builtinAdministrator: true, remaining: 0 });
    expect(account?.autoUnlockAtMs).toBeGreaterThan(Date.now());
    expect(rig.told.some((views) => views.some((view) => view.id === id && view.status === 'counting'))).toBe(
      true,
    );
    const page = await rig.fleet.evidence({
      instanceId: id,
      kinds: ['lock'],
      account: null,
      text: null,
      before: null,
      limit: 10,
    });
    expect(page).toMatchObject({ ok: true, value: { rows: [{ eventId: 4740, account: 'administrator' }] } });
  }, 60_000);

  it('tries a refused password once, whatever asks, until another one is entered', async () => {
    rig.fleet.start();
    const { id, endpoint, instance } = await addInstance(1, 'not the password');
    await pin(id);
    await rig.until('the refusal', () => rig.view(id)?.failure?.code === 'ssh.passwordRefused');
    expect(refusals(instance)).toBe(1);
    const slot = rig.slotOf(id);
    await rig.until('the note in the vault', () =>
      rig.files.contents.get('/data/secrets.json')?.includes('"refusedVersion": 1'),
    );
    expect(await rig.vault.get(slot, 'password')).toMatchObject({ error: { code: 'ssh.passwordRefused' } });
    await rig.fleet.reconnect(id);
    const check = await rig.fleet.startCheck({ kind: 'saved', id });
    await rig.until('the check', () => rig.checks.find((report) => report.finishedAtMs !== null));
    expect(check.ok).toBe(true);
    expect(rig.checks.at(-1)?.steps.find((step) => step.id === 'authentication')).toMatchObject({
      state: 'failed',
      error: { code: 'ssh.passwordRefused' },
    });
    expect(refusals(instance)).toBe(1);
    await rig.vault.set(slot, 'password', endpoint.password);
    await rig.fleet.reconnect(id);
    await rig.until('the connection', () => rig.view(id)?.connection === 'following');
    expect(JSON.stringify([rig.checks, rig.told, rig.state()])).not.toContain(endpoint.password);
  }, 60_000);

  it('stops at a changed host key, and starts again when the admin accepts it', async () => {
    rig.fleet.start();
    const { id, instance } = await addInstance(2);
    await pin(id);
    await rig.until('the connection', () => rig.view(id)?.connection === 'following');
    await estate.trigger({ kind: 'changeHostKey', instance: instance.name });
    await estate.trigger({ kind: 'dropConnections', instance: instance.name });
    await rig.until('the stop', () => rig.view(id)?.connection === 'needsAdmin');
    const question = rig.question(id);
    expect(question?.pinned).not.toBeNull();
    expect(rig.view(id)?.failure?.code).toBe('ssh.hostKeyChanged');
    await pin(id);
    await rig.until('the connection', () => rig.view(id)?.connection === 'following');
  }, 60_000);

  it('checks a draft, asks about its host key once, and pins it when the draft is saved', async () => {
    rig.fleet.start();
    await rig.until('the process', () => rig.state().evidenceProcess === 'running');
    const [endpoint] = estate.endpoints();
    if (!endpoint) throw new Error('no instance');
    const { host, port, user, password } = endpoint;
    const fields = sampleFields({ ssh: { host, port, user, authentication: { kind: 'password' } } });
    const run = async () => {
      const started = await rig.fleet.startCheck({
        kind: 'draft',
        id: null,
        fields,
        secrets: { instance: password },
        copySecretsFrom: null,
      });
      if (!started.ok) throw new Error(started.error.code);
      const { checkId } = started.value;
      return rig.until('the check', () =>
        rig.checks.find((report) => report.checkId === checkId && report.finishedAtMs !== null),
      );
    };
    const first = await run();
    const question = first.hostKeyQuestion;
    if (!question) throw new Error('no question');
    expect(question.key.fingerprint).toBe(endpoint.hostKeyFingerprint);
    const decision = { id: null, checkId: first.checkId, hop: 'instance', decision: 'pin' } as const;
    const wrong = { ...decision, fingerprint: `SHA256:${'x'.repeat(43)}` };
    expect(await rig.fleet.decideHostKey(wrong)).toMatchObject({ error: { code: 'app.notFound' } });
    await rig.fleet.decideHostKey({ ...decision, fingerprint: question.key.fingerprint });
    const second = await run();
    expect(second.hostKeyQuestion).toBeNull();
    expect(second.steps.filter((step) => step.state === 'failed')).toEqual([]);
    const id = await rig.add(fields, password);
    await rig.until('the connection', () => rig.view(id)?.connection === 'following');
    expect(rig.hostKeys.pinsOf(id)).toMatchObject([{ key: { fingerprint: endpoint.hostKeyFingerprint } }]);
    expect(JSON.stringify([rig.checks, rig.state()])).not.toContain(password);
  }, 60_000);

  it('reads a saved log in the evidence process', async () => {
    rig.fleet.start();
    await rig.until('the process', () => rig.state().evidenceProcess === 'running');
    const [instance] = estate.instances;
    if (!instance) throw new Error('no instance');
    const { windows } = instance;
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
    for (let failure = 0; failure < 3; failure += 1) {
      windows.logon({ name: 'Administrator', password: 'wrong', domain: windows.computer, how });
    }
    const written = windows.log('Security')?.events() ?? [];
    const file = join(lab.folder, 'saved.xml');
    writeFileSync(file, written.map((event) => event.xml).join('\n'));
    const reports = await rig.fleet.openSavedLogs([file, join(lab.folder, 'missing.xml')]);
    expect(written.length).toBeGreaterThanOrEqual(3);
    expect(reports).toMatchObject({
      ok: true,
      value: [
        {
          file: 'saved.xml',
          problem: null,
          events: written.length,
          accounts: [{ name: 'Administrator', attempts: { counted: 3 } }],
        },
        { file: 'missing.xml', problem: { code: 'file.notFound' } },
      ],
    });
  }, 60_000);
});
