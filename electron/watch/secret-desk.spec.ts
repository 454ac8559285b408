import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../profiles/testing/memory-files';
import { sampleFields, sampleId, sampleProfile } from '../profiles/testing/sample-profile';
import { createVault } from '../secrets/vault';
import { SecretDesk } from './secret-desk';

async function setUp() {
  const vault = createVault({
    path: '/data/secrets.json',
    files: createMemoryFiles(),
    cipher: {
      open: async () => ({ safe: false, backend: 'basic_text' }),
      encrypt: async (text) => Buffer.from(text),
      decrypt: async (bytes) => ({ text: bytes.toString(), reEncrypt: false }),
    },
    now: () => 0,
  });
  await vault.start();
  const profiles = [sampleProfile(1), sampleProfile(2)];
  const desk = new SecretDesk(vault, (id) => profiles.find((profile) => profile.id === id));
  return { vault, desk, profiles };
}

const check = { kind: 'check', checkId: 'c1' } as const;
const slot = { instanceId: sampleId(1), hop: 'instance' } as const;

describe('handing out secrets', () => {
  it('gives a check what was typed for it, and the vault for the rest, until it ends', async () => {
    const { vault, desk } = await setUp();
    await vault.set(slot, 'password', 'kept');
    desk.openDraft('c1', { fields: sampleFields(), typed: { instance: 'typed' }, from: sampleId(1) });
    expect(await desk.read({ owner: check, hop: 'instance' })).toMatchObject({ value: { text: 'typed' } });
    desk.openDraft('c1', { fields: sampleFields(), typed: {}, from: sampleId(1) });
    expect(await desk.read({ owner: check, hop: 'instance' })).toMatchObject({ value: { text: 'kept' } });
    desk.close('c1');
    expect(await desk.read({ owner: check, hop: 'instance' })).toMatchObject({
      error: { code: 'app.notFound' },
    });
  });

  it('gives nothing for a hop that needs nothing', async () => {
    const { desk } = await setUp();
    const agent = { host: 'x', port: 22, user: 'u', authentication: { kind: 'agent' } } as const;
    desk.openDraft('c1', { fields: sampleFields({ ssh: agent }), typed: { instance: 'typed' }, from: null });
    expect(await desk.read({ owner: check, hop: 'instance' })).toEqual({ ok: true, value: null });
  });

  it('notes the refusal of a saved password, and not of one that was typed for a draft', async () => {
    const { vault, desk } = await setUp();
    await vault.set(slot, 'password', 'kept');
    desk.openDraft('c1', { fields: sampleFields(), typed: { instance: 'typed' }, from: sampleId(1) });
    await desk.settled({ owner: check, hop: 'instance', version: 0, outcome: 'refused' });
    const kept = await vault.get(slot, 'password');
    expect(kept).toMatchObject({ ok: true });
    desk.openSaved('c2', sampleId(1));
    const owner = { kind: 'check', checkId: 'c2' } as const;
    const version = kept.ok ? kept.value.version : -1;
    await desk.settled({ owner, hop: 'instance', version, outcome: 'refused' });
    expect(await desk.read({ owner, hop: 'instance' })).toMatchObject({
      error: { code: 'ssh.passwordRefused' },
    });
  });

  it('counts a password that went down with the evidence process as sent, and a passphrase not at all', async () => {
    const { vault, desk } = await setUp();
    const owner = { kind: 'instance', id: sampleId(1) } as const;
    await vault.set(slot, 'password', 'kept');
    for (const expected of [{ ok: true }, { ok: true }, { error: { code: 'ssh.passwordUnanswered' } }]) {
      expect(await desk.read({ owner, hop: 'instance' })).toMatchObject(expected);
      await desk.processGone();
    }
  });

  it('lists what is missing', async () => {
    const { vault, desk, profiles } = await setUp();
    await vault.set(slot, 'password', 'kept');
    expect(desk.missing(profiles)).toEqual([{ instanceId: sampleId(2), hop: 'instance' }]);
    expect(desk.states(sampleProfile(1))).toEqual({ instance: 'session' });
  });
});
