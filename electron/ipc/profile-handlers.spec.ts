import { describe, expect, it } from 'vitest';
import { appError } from '../../shared/errors';
import type { ConnectionProfile } from '../../shared/instance';
import { err, ok } from '../../shared/result';
import { sampleId } from '../desktop/testing/sample-view';
import { createMemoryFiles } from '../profiles/testing/memory-files';
import { sampleFields } from '../profiles/testing/sample-profile';
import { slotsOf } from '../secrets/secret-slot';
import { createVault } from '../secrets/vault';
import { createProfileHandlers, type ProfileServices } from './profile-handlers';

function setUp(vaultWorks = true) {
  const stored = new Map<string, ConnectionProfile>();
  const calls: string[] = [];
  const services: ProfileServices = {
    profiles: {
      list: () => [...stored.values()],
      get: (id) => stored.get(id),
      add: async (fields) => {
        const profile = { ...fields, id: sampleId(stored.size + 1), createdAtMs: 0, updatedAtMs: 0 };
        stored.set(profile.id, profile);
        return ok({ profile, warnings: [] });
      },
      update: async (id, fields) => {
        const profile = { ...fields, id, createdAtMs: 0, updatedAtMs: 1 };
        stored.set(id, profile);
        return ok({ profile, warnings: [] });
      },
      delete: async (ids) => {
        for (const id of ids) stored.delete(id);
        return ok({ undoToken: 't', undoUntilMs: 1 });
      },
      undoDelete: async () => ok([]),
    },
    vault: {
      set: async (slot, kind) => {
        calls.push(`set ${'hop' in slot ? slot.hop : ''} ${kind}`);
        return vaultWorks ? ok(null) : err(appError('vault.unavailable'));
      },
      copy: async (from, to, except) => {
        const slots = to.map(({ instanceId, hop }) => `${instanceId.slice(-1)}/${hop}`);
        calls.push(`copy ${from.slice(-1)} to ${slots.join()} except ${Object.keys(except).join()}`);
        return ok(null);
      },
      keepOnly: async () => ok(null),
    },
    secretStates: () => ({ instance: 'missing', jump0: 'notNeeded' }),
    onSecrets: (id) => calls.push(`told ${id.slice(-1)}`),
  };
  return { handlers: createProfileHandlers(services), services, stored, calls };
}

const password = { kind: 'password' } as const;
const agent = { kind: 'agent' } as const;
const endpoint = { host: 'a.example', port: 22, user: 'admin' };
const fields = sampleFields({
  ssh: { ...endpoint, authentication: password },
  jumpHosts: [{ ...endpoint, authentication: agent }],
});
const add = { id: null, fields, secrets: { instance: 'canary-7391' }, copySecretsFrom: null };

describe('saving a profile', () => {
  it('puts what was typed into the vault, and answers without it', async () => {
    const { handlers, calls } = setUp();
    const saved = await handlers.save(add);
    expect(calls).toEqual(['set instance password', 'told 1']);
    expect(JSON.stringify(saved)).not.toContain('canary');
  });

  it('keeps no secret for a hop that needs none', async () => {
    const { handlers, calls } = setUp();
    await handlers.save({ ...add, secrets: { jump0: 'x' } });
    expect(calls).not.toContain('set jump0 password');
  });

  it('copies the secrets of the original into a duplicate, but for those typed', async () => {
    const { handlers, calls } = setUp();
    await handlers.save({ ...add, copySecretsFrom: sampleId(9) });
    expect(calls[0]).toBe('copy 9 to 1/instance except instance');
  });

  it('leaves no new profile behind when its secret could not be kept', async () => {
    const { handlers, stored } = setUp(false);
    expect(await handlers.save(add)).toMatchObject({ ok: false, error: { code: 'vault.unavailable' } });
    expect(stored.size).toBe(0);
  });
});

describe('a saved secret when its profile changes', () => {
  const ssh = { ...endpoint, authentication: password };
  const jump = { ...endpoint, host: 'jump.example', authentication: password };
  const behind = sampleFields({ ssh, jumpHosts: [jump] });

  async function saved(backend: 'gnome_libsecret' | 'basic_text') {
    const files = createMemoryFiles();
    const vault = createVault({
      path: '/data/secrets.json',
      files,
      cipher: {
        open: async () => ({ safe: backend === 'gnome_libsecret', backend }),
        encrypt: async (text) => Buffer.from(text),
        decrypt: async (bytes) => ({ text: bytes.toString(), reEncrypt: false }),
      },
      now: () => 0,
    });
    await vault.start();
    const { services, stored } = setUp();
    const all = createProfileHandlers({ ...services, vault });
    const secrets = { instance: 'for the instance', jump0: 'for the jump host' };
    await all.save({ id: null, fields: behind, secrets, copySecretsFrom: null });
    const kept = async (id: string) => {
      const profile = stored.get(id);
      const found: Record<string, string> = {};
      for (const slot of profile ? slotsOf(profile) : [])
        for (const kind of ['password', 'passphrase'] as const) {
          const secret = await vault.get(slot, kind);
          if (secret.ok) found[slot.hop] = secret.value.text;
        }
      return found;
    };
    return { all, kept, files, one: sampleId(1) };
  }

  const elsewhere = { ...ssh, host: 'evil.example' };
  const key = { kind: 'key', path: '/k', encrypted: true } as const;
  const nothing = {};
  const jumpOnly = { jump0: 'for the jump host' };

  describe.each(['gnome_libsecret', 'basic_text'] as const)('kept by %s', (backend) => {
    it('stays with another name', async () => {
      const { all, kept, one } = await saved(backend);
      await all.save({ id: one, fields: { ...behind, name: 'new' }, secrets: {}, copySecretsFrom: null });
      expect(await kept(one)).toEqual({ instance: 'for the instance', jump0: 'for the jump host' });
    });

    it.each([
      ['host', { ssh: elsewhere }, jumpOnly],
      ['port', { ssh: { ...ssh, port: 2222 } }, jumpOnly],
      ['user', { ssh: { ...ssh, user: 'root' } }, jumpOnly],
      ['authentication', { ssh: { ...ssh, authentication: key } }, jumpOnly],
      ['jump host', { jumpHosts: [elsewhere] }, nothing],
      ['jump host before', { jumpHosts: [elsewhere, jump] }, nothing],
      ['order', { jumpHosts: [jump], ssh: jump }, jumpOnly],
      ['way without a jump host', { jumpHosts: [] }, nothing],
    ])('is gone with another %s, and does not come back with the old one', async (_what, changes, left) => {
      const { all, kept, files, one } = await saved(backend);
      const fields = { ...behind, ...changes };
      await all.save({ id: one, fields, secrets: {}, copySecretsFrom: null });
      expect(await kept(one)).toEqual(left);
      await all.save({ id: one, fields: behind, secrets: {}, copySecretsFrom: null });
      expect(await kept(one)).toEqual(left);
      expect(JSON.stringify([...files.contents])).not.toContain(
        Buffer.from('for the instance').toString('base64'),
      );
    });

    it('is not taken over from any profile for another place, whichever profile is saved', async () => {
      const { all, kept, one } = await saved(backend);
      for (const id of [null, one]) {
        const fields = sampleFields({ ssh: elsewhere, jumpHosts: [elsewhere] });
        const answer = await all.save({ id, fields, secrets: {}, copySecretsFrom: one });
        expect(answer.ok && (await kept(answer.value.id))).toEqual({});
      }
    });

    it('is taken over for the same place, and what is typed counts', async () => {
      const { all, kept, one } = await saved(backend);
      const duplicate = { id: null, fields: behind, secrets: { jump0: 'typed' }, copySecretsFrom: one };
      const answer = await all.save(duplicate);
      expect(answer.ok && (await kept(answer.value.id))).toEqual({
        instance: 'for the instance',
        jump0: 'typed',
      });
    });
  });
});

describe('the state of the secrets', () => {
  it('is known by hop, of a profile that is there', async () => {
    const { handlers } = setUp();
    await handlers.save({ ...add, secrets: {} });
    expect(await handlers.secretStates({ id: sampleId(1) })).toEqual({
      ok: true,
      value: { instance: 'missing', jump0: 'notNeeded' },
    });
    expect(await handlers.secretStates({ id: sampleId(5) })).toMatchObject({ ok: false });
  });
});
