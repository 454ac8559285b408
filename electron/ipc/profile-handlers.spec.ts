import { describe, expect, it } from 'vitest';
import { appError } from '../../shared/errors';
import type { ConnectionProfile } from '../../shared/instance';
import { err, ok } from '../../shared/result';
import { sampleId } from '../desktop/testing/sample-view';
import { sampleFields } from '../profiles/testing/sample-profile';
import { createProfileHandlers } from './profile-handlers';

function setUp(vaultWorks = true) {
  const stored = new Map<string, ConnectionProfile>();
  const calls: string[] = [];
  const handlers = createProfileHandlers({
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
        calls.push(`copy ${from.slice(-1)} ${to.slice(-1)} except ${Object.keys(except).join()}`);
        return ok(null);
      },
    },
    secretStates: () => ({ instance: 'missing', jump0: 'notNeeded' }),
    onSecrets: (id) => calls.push(`told ${id.slice(-1)}`),
  });
  return { handlers, stored, calls };
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
    expect(calls[0]).toBe('copy 9 1 except instance');
  });

  it('leaves no new profile behind when its secret could not be kept', async () => {
    const { handlers, stored } = setUp(false);
    expect(await handlers.save(add)).toMatchObject({ ok: false, error: { code: 'vault.unavailable' } });
    expect(stored.size).toBe(0);
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
