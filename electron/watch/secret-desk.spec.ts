import { describe, expect, it } from 'vitest';
import type { ProfileFields } from '../../shared/instance';
import { createMemoryFiles } from '../profiles/testing/memory-files';
import { sampleFields, sampleId, sampleProfile } from '../profiles/testing/sample-profile';
import { hopsOf } from '../secrets/secret-slot';
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
const hop = 'instance';
const placeIn = (fields: ProfileFields, at = 'instance'): string =>
  hopsOf(fields).find((entry) => entry.hop === at)?.place ?? '';
const place = placeIn(sampleFields());
const slot = { instanceId: sampleId(1), hop, place } as const;

describe('handing out secrets', () => {
  it('gives a check what was typed for it, and the vault for the rest, until it ends', async () => {
    const { vault, desk } = await setUp();
    await vault.set(slot, 'password', 'kept');
    desk.openDraft('c1', { fields: sampleFields(), typed: { instance: 'typed' }, from: sampleId(1) });
    expect(await desk.read({ owner: check, hop, place })).toMatchObject({ value: { text: 'typed' } });
    desk.openDraft('c1', { fields: sampleFields(), typed: {}, from: sampleId(1) });
    expect(await desk.read({ owner: check, hop, place })).toMatchObject({ value: { text: 'kept' } });
    desk.close('c1');
    expect(await desk.read({ owner: check, hop, place })).toMatchObject({
      error: { code: 'app.notFound' },
    });
  });

  it('gives nothing for a hop that needs nothing', async () => {
    const { desk } = await setUp();
    const agent = { host: 'x', port: 22, user: 'u', authentication: { kind: 'agent' } } as const;
    desk.openDraft('c1', { fields: sampleFields({ ssh: agent }), typed: { instance: 'typed' }, from: null });
    expect(await desk.read({ owner: check, hop, place })).toEqual({ ok: true, value: null });
  });

  it.each([
    ['host', { ssh: { ...sampleFields().ssh, host: 'evil.example' } }],
    ['port', { ssh: { ...sampleFields().ssh, port: 2222 } }],
    ['user', { ssh: { ...sampleFields().ssh, user: 'other' } }],
    ['jump host', { jumpHosts: [{ ...sampleFields().ssh, host: 'jump.example' }] }],
  ])('gives no saved secret to a draft with another %s, whoever it is of', async (_what, changes) => {
    const { vault, desk } = await setUp();
    await vault.set(slot, 'password', 'kept');
    const fields = sampleFields(changes);
    desk.openDraft('c1', { fields, typed: {}, from: sampleId(1) });
    for (const at of [place, placeIn(fields)])
      expect(await desk.read({ owner: check, hop, place: at })).toMatchObject({
        error: { code: 'vault.secretMissing' },
      });
  });

  it('gives a secret to no place but the one that the profile has now', async () => {
    const { vault, desk, profiles } = await setUp();
    const owner = { kind: 'instance', id: sampleId(1) } as const;
    await vault.set(slot, 'password', 'kept');
    const moved = sampleProfile(1, { ssh: { ...sampleFields().ssh, host: 'new.example' } });
    profiles[0] = moved;
    for (const at of [place, placeIn(moved)])
      expect(await desk.read({ owner, hop, place: at })).toMatchObject({
        error: { code: 'vault.secretMissing' },
      });
    await vault.set({ ...slot, place: placeIn(moved) }, 'password', 'newer');
    expect(await desk.read({ owner, hop, place })).toMatchObject({ error: { code: 'vault.secretMissing' } });
    expect(await desk.read({ owner, hop, place: placeIn(moved) })).toMatchObject({
      value: { text: 'newer' },
    });
    desk.openSaved('c3', sampleId(1));
    expect(await desk.read({ owner: { kind: 'check', checkId: 'c3' }, hop, place })).toMatchObject({
      ok: false,
    });
  });

  it('notes the refusal of a saved password that a draft was tried with', async () => {
    const { vault, desk } = await setUp();
    await vault.set(slot, 'password', 'kept');
    desk.openDraft('c1', { fields: sampleFields(), typed: {}, from: sampleId(1) });
    const lent = await desk.read({ owner: check, hop, place });
    const version = lent.ok && lent.value ? lent.value.version : -1;
    await desk.settled({ owner: check, hop, version, outcome: 'refused' });
    expect(await vault.get(slot, 'password')).toMatchObject({ error: { code: 'ssh.passwordRefused' } });
  });

  it('notes the refusal of a saved password, and not of one that was typed for a draft', async () => {
    const { vault, desk } = await setUp();
    await vault.set(slot, 'password', 'kept');
    desk.openDraft('c1', { fields: sampleFields(), typed: { instance: 'typed' }, from: sampleId(1) });
    await desk.settled({ owner: check, hop, version: 0, outcome: 'refused' });
    const kept = await vault.get(slot, 'password');
    expect(kept).toMatchObject({ ok: true });
    desk.openSaved('c2', sampleId(1));
    const owner = { kind: 'check', checkId: 'c2' } as const;
    const version = kept.ok ? kept.value.version : -1;
    await desk.settled({ owner, hop, version, outcome: 'refused' });
    expect(await desk.read({ owner, hop, place })).toMatchObject({
      error: { code: 'ssh.passwordRefused' },
    });
  });

  it('counts a password that went down with the evidence process as sent, and a passphrase not at all', async () => {
    const { vault, desk } = await setUp();
    const owner = { kind: 'instance', id: sampleId(1) } as const;
    await vault.set(slot, 'password', 'kept');
    for (const expected of [{ ok: true }, { ok: true }, { error: { code: 'ssh.passwordUnanswered' } }]) {
      expect(await desk.read({ owner, hop, place })).toMatchObject(expected);
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
