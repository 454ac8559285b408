import { describe, expect, it } from 'vitest';
import { createMemoryFiles, type MemoryFiles } from '../profiles/testing/memory-files';
import { sampleId, sampleProfile } from '../profiles/testing/sample-profile';
import type { Cipher } from './cipher';
import { secretMigrations } from './secret-document';
import { cloudPlace, hopsOf, type SecretSlot } from './secret-slot';
import { createVault, type Vault } from './vault';

const CANARY = 'canary-7f3a-password';
const path = '/data/secrets.json';
const slot: SecretSlot = { instanceId: sampleId(1), hop: 'instance', place: 'here' };

/** Encrypts by turning bytes over with a key; what another key encrypted cannot be read. */
function keyedCipher(key: number, backend = 'gnome_libsecret', reEncrypt = false): Cipher {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ key));
  return {
    open: async () => ({ safe: backend !== 'basic_text', backend }),
    encrypt: async (text) => turn(Buffer.from(`ok:${text}`)),
    async decrypt(bytes) {
      const text = turn(bytes).toString();
      if (!text.startsWith('ok:')) throw new Error(`cannot decrypt ${text}`);
      return { text: text.slice(3), reEncrypt };
    },
  };
}

async function open(files: MemoryFiles, cipher: Cipher = keyedCipher(0x5a)) {
  const vault = createVault({ path, files, cipher, now: () => 1000 });
  const notices = await vault.start();
  return { vault, notices };
}

const everything = (files: MemoryFiles) => JSON.stringify([...files.contents]);

describe('the vault with a keyring', () => {
  it('keeps a secret over a restart, as ciphertext with the name of its backend', async () => {
    const files = createMemoryFiles();
    const { vault } = await open(files);
    expect(vault.state()).toEqual({ kind: 'os', backend: 'gnome_libsecret' });
    await vault.set(slot, 'password', CANARY);
    expect(everything(files)).not.toContain(CANARY);
    expect(everything(files)).not.toContain(Buffer.from(CANARY).toString('base64'));
    expect(files.contents.get(path)).toContain('gnome_libsecret');
    const again = await open(files);
    expect(again.notices).toEqual([]);
    expect(again.vault.stateOf(slot, 'password')).toBe('saved');
    expect(await again.vault.get(slot, 'password')).toMatchObject({ ok: true, value: { text: CANARY } });
  });

  it('gives a password only where a password is asked for', async () => {
    const { vault } = await open(createMemoryFiles());
    await vault.set(slot, 'password', CANARY);
    expect(await vault.get(slot, 'passphrase')).toMatchObject({ error: { code: 'vault.secretMissing' } });
    expect(vault.stateOf(slot, 'passphrase')).toBe('missing');
    expect(await vault.get({ ...slot, hop: 'jump0' }, 'password')).toMatchObject({ ok: false });
  });

  it('never hands out a refused password again, not even after a restart, until another is entered', async () => {
    const files = createMemoryFiles();
    const { vault } = await open(files);
    await vault.set(slot, 'password', 'old');
    const secret = await vault.get(slot, 'password');
    await vault.settle(slot, secret.ok ? secret.value.version : -1, 'refused');
    expect(await vault.get(slot, 'password')).toMatchObject({ error: { code: 'ssh.passwordRefused' } });
    const again = await open(files);
    expect(await again.vault.get(slot, 'password')).toMatchObject({ error: { code: 'ssh.passwordRefused' } });
    await again.vault.set(slot, 'password', 'new');
    expect(await again.vault.get(slot, 'password')).toMatchObject({ value: { text: 'new' } });
  });

  it('remembers a refusal that could not be written', async () => {
    const files = createMemoryFiles();
    const { vault } = await open(files);
    await vault.set(slot, 'password', 'old');
    const secret = await vault.get(slot, 'password');
    files.failing = { writeAtomic: 'file.diskFull' };
    await vault.settle(slot, secret.ok ? secret.value.version : -1, 'refused');
    expect(await vault.get(slot, 'password')).toMatchObject({ error: { code: 'ssh.passwordRefused' } });
  });

  it('does not blame a new password for the refusal of the one before', async () => {
    const { vault } = await open(createMemoryFiles());
    await vault.set(slot, 'password', 'old');
    const before = await vault.get(slot, 'password');
    await vault.forget([slot.instanceId]);
    await vault.set(slot, 'password', 'new');
    await vault.settle(slot, before.ok ? before.value.version : -1, 'refused');
    expect(await vault.get(slot, 'password')).toMatchObject({ value: { text: 'new' } });
  });

  const lent = async (vault: Vault): Promise<number> => {
    const secret = await vault.lend(slot);
    return secret.ok ? secret.value.version : -1;
  };
  const code = async (vault: Vault): Promise<string> => {
    const secret = await vault.get(slot, 'password');
    return secret.ok ? 'ok' : secret.error.code;
  };

  it('hands out a password that nobody answers twice in all, restarts included', async () => {
    const files = createMemoryFiles();
    const { vault } = await open(files);
    await vault.set(slot, 'password', 'old');
    await vault.settle(slot, await lent(vault), 'unanswered');
    expect(await code(vault)).toBe('ok');
    const again = (await open(files)).vault;
    expect(await code(again)).toBe('ok');
    await again.settle(slot, await lent(again), 'unanswered');
    expect(await code(again)).toBe('ssh.passwordUnanswered');
    const last = (await open(files)).vault;
    expect(await last.lend(slot)).toMatchObject({ error: { code: 'ssh.passwordUnanswered' } });
    await last.set(slot, 'password', 'new');
    expect(await code(last)).toBe('ok');
  });

  it('takes a new password that was on its way when the app was killed for sent', async () => {
    const files = createMemoryFiles();
    const { vault } = await open(files);
    await vault.set(slot, 'password', 'old');
    await lent(vault);
    const second = (await open(files)).vault;
    expect(await code(second)).toBe('ok');
    await lent(second);
    expect(await code((await open(files)).vault)).toBe('ssh.passwordUnanswered');
  });

  it('takes what the evidence process was lent and took with it for sent', async () => {
    const { vault } = await open(createMemoryFiles());
    await vault.set(slot, 'password', 'old');
    for (const expected of ['ok', 'ssh.passwordUnanswered']) {
      await lent(vault);
      await lent(vault);
      await vault.abandonLent();
      expect(await code(vault)).toBe(expected);
    }
  });

  it('starts counting anew when a server takes the password, and counts nothing that was not sent', async () => {
    const files = createMemoryFiles();
    const { vault } = await open(files);
    await vault.set(slot, 'password', 'right');
    for (let round = 0; round < 3; round++) {
      await vault.settle(slot, await lent(vault), 'unanswered');
      await vault.settle(slot, await lent(vault), 'accepted');
      await vault.settle(slot, await lent(vault), 'notSent');
    }
    expect(await code((await open(files)).vault)).toBe('ok');
    // Known to be right: handing it out again needs no note.
    const before = files.contents.get(path);
    await lent(vault);
    expect(files.contents.get(path)).toBe(before);
  });

  it('reads entries from before tries were noted', async () => {
    const files = createMemoryFiles();
    const { vault } = await open(files);
    await vault.set(slot, 'password', CANARY);
    const document = JSON.parse(files.contents.get(path) ?? '');
    for (const entry of Object.values<Record<string, unknown>>(document.entries)) {
      delete entry.accepted;
      delete entry.unanswered;
    }
    files.contents.set(path, JSON.stringify(document));
    const again = await open(files);
    expect(again.notices).toEqual([]);
    expect(await code(again.vault)).toBe('ok');
  });

  it('treats what it cannot decrypt as missing, says so, and keeps the ciphertext', async () => {
    const files = createMemoryFiles();
    const first = await open(files);
    await first.vault.set(slot, 'password', CANARY);
    const ciphertext = JSON.parse(files.contents.get(path) ?? '').entries[`${sampleId(1)}/instance`]
      .ciphertext;
    const { vault, notices } = await open(files, keyedCipher(0x33));
    expect(notices).toMatchObject([{ message: { key: 'notice.vault.undecryptable', params: { count: 1 } } }]);
    expect(vault.stateOf(slot, 'password')).toBe('missing');
    const answer = await vault.get(slot, 'password');
    expect(answer).toMatchObject({ error: { code: 'vault.undecryptable' } });
    expect(JSON.stringify([answer, notices])).not.toContain('canary');
    await vault.set(slot, 'password', 'entered again');
    expect(await vault.get(slot, 'password')).toMatchObject({ value: { text: 'entered again' } });
    expect(files.contents.get(path)).toContain(ciphertext);
    await vault.forget([slot.instanceId]);
    expect(files.contents.get(path)).not.toContain(ciphertext);
  });

  it('reads its secrets again when the old keyring is back', async () => {
    const files = createMemoryFiles();
    await (await open(files)).vault.set(slot, 'password', CANARY);
    await open(files, keyedCipher(0x33));
    const { vault, notices } = await open(files);
    expect(notices).toEqual([]);
    expect(vault.stateOf(slot, 'password')).toBe('saved');
  });

  it('encrypts anew when the operating system asks for it', async () => {
    const files = createMemoryFiles();
    await (await open(files)).vault.set(slot, 'password', CANARY);
    const rotated: Cipher = {
      ...keyedCipher(0x5a, 'kwallet6', true),
      encrypt: async () => Buffer.from('fresh'),
    };
    await open(files, rotated);
    expect(JSON.parse(files.contents.get(path) ?? '').entries[`${sampleId(1)}/instance`]).toMatchObject({
      ciphertext: Buffer.from('fresh').toString('base64'),
      backend: 'kwallet6',
    });
  });

  it('says when it cannot encrypt, without what it was given', async () => {
    const failing: Cipher = {
      ...keyedCipher(0x5a),
      encrypt: async (text) => {
        throw new Error(`no ${text}`);
      },
    };
    const { vault } = await open(createMemoryFiles(), failing);
    const answer = await vault.set(slot, 'password', CANARY);
    expect(answer).toMatchObject({ error: { code: 'vault.unavailable' } });
    expect(JSON.stringify(answer)).not.toContain(CANARY);
  });

  it('copies what the duplicate was not given', async () => {
    const { vault } = await open(createMemoryFiles());
    await vault.set(slot, 'password', 'one');
    await vault.set({ ...slot, hop: 'jump0' }, 'passphrase', 'two');
    await vault.copy(
      sampleId(1),
      [
        { ...slot, instanceId: sampleId(2) },
        { ...slot, instanceId: sampleId(2), hop: 'jump0' },
      ],
      { instance: 'typed' },
    );
    expect(vault.stateOf({ ...slot, instanceId: sampleId(2) }, 'password')).toBe('missing');
    expect(await vault.get({ ...slot, instanceId: sampleId(2), hop: 'jump0' }, 'passphrase')).toMatchObject({
      value: { text: 'two' },
    });
  });
});

describe.each([
  ['with a keyring', 'gnome_libsecret'],
  ['in memory', 'basic_text'],
])('a secret and its place, %s', (_name, backend) => {
  const there = { ...slot, place: 'there' };
  const opened = async (files = createMemoryFiles()) => (await open(files, keyedCipher(0x5a, backend))).vault;

  it('is handed out for the place it was entered for, and for no other', async () => {
    const vault = await opened();
    await vault.set(slot, 'password', CANARY);
    expect(await vault.get(there, 'password')).toMatchObject({ error: { code: 'vault.secretMissing' } });
    expect(await vault.lend(there)).toMatchObject({ error: { code: 'vault.secretMissing' } });
    expect(vault.stateOf(there, 'password')).toBe('missing');
    expect(await vault.get(slot, 'password')).toMatchObject({ ok: true });
  });

  it('is not copied for another place', async () => {
    const vault = await opened();
    await vault.set(slot, 'password', CANARY);
    const copy = { ...there, instanceId: sampleId(2) };
    await vault.copy(sampleId(1), [copy], {});
    expect(vault.stateOf(copy, 'password')).toBe('missing');
    expect(vault.stateOf({ ...copy, place: 'here' }, 'password')).toBe('missing');
  });

  it('is gone when its place is', async () => {
    const vault = await opened();
    await vault.set(slot, 'password', CANARY);
    await vault.set({ ...slot, hop: 'jump0' }, 'password', 'kept');
    await vault.set({ ...slot, instanceId: sampleId(2) }, 'password', 'of another');
    await vault.keepOnly(sampleId(1), [there, { ...slot, hop: 'jump0' }]);
    expect(vault.stateOf(slot, 'password')).toBe('missing');
    expect(vault.stateOf({ ...slot, hop: 'jump0' }, 'password')).not.toBe('missing');
    expect(vault.stateOf({ ...slot, instanceId: sampleId(2) }, 'password')).not.toBe('missing');
  });
});

describe('the vault without a keyring', () => {
  it('refuses to write, holds secrets in memory and says so', async () => {
    const files = createMemoryFiles();
    const { vault, notices } = await open(files, keyedCipher(0x5a, 'basic_text'));
    expect(vault.state()).toEqual({ kind: 'memory', backend: 'basic_text' });
    // Said by the state: a notice beside it would say the same twice.
    expect(notices).toEqual([]);
    await vault.set(slot, 'password', CANARY);
    expect(vault.stateOf(slot, 'password')).toBe('session');
    expect(await vault.get(slot, 'password')).toMatchObject({ value: { text: CANARY } });
    expect(files.contents.size).toBe(0);
    const again = await open(files, keyedCipher(0x5a, 'basic_text'));
    expect(await again.vault.get(slot, 'password')).toMatchObject({ error: { code: 'vault.secretMissing' } });
  });

  it('leaves what an earlier keyring kept, until it is entered anew', async () => {
    const files = createMemoryFiles();
    await (await open(files)).vault.set(slot, 'password', 'kept');
    const { vault } = await open(files, keyedCipher(0x5a, 'basic_text'));
    expect(vault.stateOf(slot, 'password')).toBe('missing');
    expect((await open(files)).vault.stateOf(slot, 'password')).toBe('saved');
    await vault.set(slot, 'password', 'newer');
    expect((await open(files)).vault.stateOf(slot, 'password')).toBe('missing');
  });

  it('does not repeat a refused password', async () => {
    const { vault } = await open(createMemoryFiles(), keyedCipher(0x5a, 'basic_text'));
    await vault.set(slot, 'password', 'old');
    const secret = await vault.get(slot, 'password');
    await vault.settle(slot, secret.ok ? secret.value.version : -1, 'refused');
    expect(await vault.get(slot, 'password')).toMatchObject({ error: { code: 'ssh.passwordRefused' } });
  });

  it('counts a vault that fails to open as none', async () => {
    const broken: Cipher = {
      ...keyedCipher(0x5a),
      open: async () => {
        throw new Error('no bus');
      },
    };
    const { vault } = await open(createMemoryFiles(), broken);
    expect(vault.state()).toEqual({ kind: 'memory', backend: 'unknown' });
  });
});

describe('the secrets of a cloud account', () => {
  const cloudSlot = { cloudAccountId: sampleId(7), secret: 'accessKeySecret', place: 'key' } as const;

  it('lie beside those of the instances, under a name of their own', async () => {
    const files = createMemoryFiles();
    const { vault } = await open(files);
    await vault.cloud.set(cloudSlot, CANARY);
    expect(everything(files)).not.toContain(CANARY);
    expect(Object.keys(JSON.parse(files.contents.get(path) ?? '').entries)).toEqual([
      `cloud/${sampleId(7)}/accessKeySecret`,
    ]);
    const again = (await open(files)).vault;
    expect(await again.cloud.get(cloudSlot)).toMatchObject({ value: { text: CANARY } });
    expect(again.cloud.stateOf({ ...cloudSlot, secret: 'securityToken' })).toBe('missing');
  });

  it('are forgotten with the account, and with nothing else', async () => {
    const { vault } = await open(createMemoryFiles());
    await vault.cloud.set(cloudSlot, CANARY);
    await vault.set(slot, 'password', 'other');
    await vault.forget([sampleId(7)]);
    expect(vault.cloud.stateOf(cloudSlot)).toBe('saved');
    await vault.cloud.forget(sampleId(7));
    expect(vault.cloud.stateOf(cloudSlot)).toBe('missing');
    expect(vault.stateOf(slot, 'password')).toBe('saved');
  });
});

describe('which secrets a profile needs', () => {
  it('lists each hop, outermost first', () => {
    const base = { host: '192.0.2.1', port: 22, user: 'jump' };
    const profile = sampleProfile(1, {
      jumpHosts: [
        { ...base, authentication: { kind: 'agent' } },
        { ...base, authentication: { kind: 'key', path: '/k', encrypted: true } },
      ],
    });
    expect(hopsOf(profile).map(({ hop, kind }) => ({ hop, kind }))).toEqual([
      { hop: 'jump0', kind: null },
      { hop: 'jump1', kind: 'passphrase' },
      { hop: 'instance', kind: 'password' },
    ]);
  });
});

describe('the place of a secret', () => {
  const ssh = { host: 'a.example', port: 22, user: 'admin', authentication: { kind: 'password' } } as const;
  const jump = { ...ssh, host: 'jump.example' };
  const key = { kind: 'key', path: '/k', encrypted: true } as const;
  const placeOf = (changes: Parameters<typeof sampleProfile>[1], hop = 'instance') =>
    hopsOf(sampleProfile(1, changes)).find((entry) => entry.hop === hop)?.place;
  const before = placeOf({ ssh, jumpHosts: [jump] });

  it.each([
    ['host', { ssh: { ...ssh, host: 'b.example' }, jumpHosts: [jump] }],
    ['port', { ssh: { ...ssh, port: 2222 }, jumpHosts: [jump] }],
    ['user', { ssh: { ...ssh, user: 'Admin' }, jumpHosts: [jump] }],
    ['authentication', { ssh: { ...ssh, authentication: key }, jumpHosts: [jump] }],
    ['jump host', { ssh, jumpHosts: [{ ...jump, host: 'other.example' }] }],
    ['jump host put before', { ssh, jumpHosts: [{ ...jump, host: 'first.example' }, jump] }],
    ['jump host taken away', { ssh, jumpHosts: [] }],
  ])('is another one with another %s', (_what, changes) => {
    expect(placeOf({ ...changes, jumpHosts: [...changes.jumpHosts] })).not.toBe(before);
  });

  it('is another one with another key file, or when jump hosts change places', () => {
    const other = { ...key, path: '/other' };
    expect(placeOf({ ssh: { ...ssh, authentication: key } })).not.toBe(
      placeOf({ ssh: { ...ssh, authentication: other } }),
    );
    const second = { ...jump, host: 'second.example' };
    for (const hop of ['jump0', 'jump1'])
      expect(placeOf({ ssh, jumpHosts: [jump, second] }, hop)).not.toBe(
        placeOf({ ssh, jumpHosts: [second, jump] }, hop),
      );
  });

  it('stays the same with another name, other tags, or the host in other letters', () => {
    const same = { ssh: { ...ssh, host: 'A.Example' }, jumpHosts: [jump], name: 'other', tags: ['x'] };
    expect(placeOf(same)).toBe(before);
  });

  it('of a cloud account is its key and its endpoint', () => {
    const typed = { kind: 'accessKey', accessKeyId: 'one' } as const;
    const places = [
      cloudPlace({ key: typed, endpoint: null }),
      cloudPlace({ key: { ...typed, accessKeyId: 'two' }, endpoint: null }),
      cloudPlace({ key: { ...typed, kind: 'stsToken' }, endpoint: null }),
      cloudPlace({ key: typed, endpoint: 'https://ecs.example' }),
    ];
    expect(new Set(places).size).toBe(places.length);
  });
});

describe('the history of secrets.json', () => {
  it('has one migration for every version before the present one', () => {
    expect(secretMigrations.map((step) => step.from)).toEqual([1, 2]);
  });

  it('takes the secrets of version 1 along', async () => {
    const ciphertext = (await keyedCipher(0x5a).encrypt(CANARY)).toString('base64');
    const entry = {
      kind: 'password',
      backend: 'gnome_libsecret',
      ciphertext,
      version: 1,
      refusedVersion: null,
    };
    const entries = { [`${sampleId(1)}/instance`]: entry };
    const files = createMemoryFiles({
      [path]: JSON.stringify({ version: 1, nextVersion: 2, entries, keptAside: [] }),
    });
    const { vault, notices } = await open(files);
    expect(notices).toEqual([]);
    // Nobody knows yet what it was entered for.
    expect(await vault.get(slot, 'password')).toMatchObject({ error: { code: 'vault.secretMissing' } });
    await vault.place([slot]);
    expect(await vault.get(slot, 'password')).toMatchObject({ value: { text: CANARY } });
    await vault.place([{ ...slot, place: 'there' }]);
    expect(vault.stateOf({ ...slot, place: 'there' }, 'password')).toBe('missing');
    expect(JSON.parse(files.contents.get(path) ?? '')).toMatchObject({ version: 3, entries });
  });
});
