import { appError } from '../../shared/errors';
import type { HopSecrets, InstanceId } from '../../shared/instance';
import { hopSchema } from '../../shared/instance';
import { err, ok, type Result } from '../../shared/result';
import type { Notice, Snapshot } from '../../shared/snapshot';
import type { TextFiles } from '../profiles/text-files';
import { createVersionedFile } from '../profiles/versioned-file';
import type { Cipher } from './cipher';
import { type PasswordOutcome, PasswordTries, sameTries } from './password-tries';
import { type SecretDocument, type SecretEntry, secretFormat } from './secret-document';
import {
  type CloudSecretKind,
  type CloudSecretSlot,
  ownerPrefix,
  type SecretKind,
  type SecretSlot,
  slotName,
} from './secret-slot';

type Kind = SecretKind | CloudSecretKind;

export interface VaultOptions {
  readonly path: string;
  readonly files: TextFiles;
  readonly cipher: Cipher;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Secret {
  readonly text: string;
  /** Names this very secret when it is reported as refused. */
  readonly version: number;
}

export interface Vault {
  /** After the app is ready. Without a vault of the operating system secrets stay in memory. */
  start(): Promise<readonly Notice[]>;
  state(): Snapshot['vault'];
  set(slot: SecretSlot, kind: SecretKind, text: string): Promise<Result<null>>;
  /** `vault.secretMissing`, `vault.undecryptable`; `ssh.passwordRefused` or `ssh.passwordUnanswered` for what must not be sent again. */
  get(slot: SecretSlot, kind: SecretKind): Promise<Result<Secret>>;
  /**
   * Hands a password out to be sent; `settle` says how that ended. Noted first: what is not heard of again counts as
   * sent, also after a restart. Errors: those of `get`.
   */
  lend(slot: SecretSlot): Promise<Result<Secret>>;
  settle(slot: SecretSlot, version: number, outcome: PasswordOutcome): Promise<Result<null>>;
  /** Whoever was lent passwords is gone: they may have been sent. */
  abandonLent(): Promise<Result<null>>;
  stateOf(slot: SecretSlot, kind: SecretKind): 'saved' | 'session' | 'missing';
  /** Copies every secret of an instance that another one has none for. */
  copy(from: InstanceId, to: InstanceId, except: HopSecrets): Promise<Result<null>>;
  forget(instanceIds: readonly InstanceId[]): Promise<Result<null>>;
  /** The secrets of cloud accounts, kept in the same way. */
  readonly cloud: CloudSecrets;
  onChange(listener: () => void): () => void;
  dispose(): void;
}

export interface CloudSecrets {
  set(slot: CloudSecretSlot, text: string): Promise<Result<null>>;
  /** `vault.secretMissing` or `vault.undecryptable`. */
  get(slot: CloudSecretSlot): Promise<Result<Secret>>;
  stateOf(slot: CloudSecretSlot): 'saved' | 'session' | 'missing';
  /** Everything that an account has here. */
  forget(cloudAccountId: string): Promise<Result<null>>;
}

interface MemoryEntry {
  readonly kind: Kind;
  readonly text: string;
  readonly version: number;
}

const missing = err(appError('vault.secretMissing'));

/** The only place that knows secrets. What it writes is ciphertext; what it says holds none. */
export function createVault(options: VaultOptions): Vault {
  const { cipher } = options;
  const file = createVersionedFile<SecretDocument>({
    path: options.path,
    format: secretFormat,
    empty: () => ({ nextVersion: 1, entries: {}, keptAside: [] }),
    files: options.files,
    now: options.now,
    // A forgotten secret has to be gone.
    backups: false,
  });
  const memory = new Map<string, MemoryEntry>();
  const undecryptable = new Set<string>();
  /** Beside what the file says, for the case that it could not be written. */
  const tries = new PasswordTries();
  const listeners = new Set<() => void>();
  let state: Snapshot['vault'] = { kind: 'memory', backend: 'unknown' };
  let memoryVersion = 0;

  const changed = <T>(result: Result<T>): Result<T> => {
    for (const listener of listeners) listener();
    return result;
  };
  async function decrypt(name: string, entry: SecretEntry): Promise<string | undefined> {
    try {
      const { text, reEncrypt } = await cipher.decrypt(Buffer.from(entry.ciphertext, 'base64'));
      undecryptable.delete(name);
      if (reEncrypt) await encryptAgain(name, entry, text);
      return text;
    } catch {
      // The key is gone or another one: what failed may quote its input and is not passed on.
      undecryptable.add(name);
      return undefined;
    }
  }

  /** Kept as it was when this fails: it could be decrypted a moment ago. */
  async function encryptAgain(name: string, entry: SecretEntry, text: string): Promise<void> {
    const ciphertext = (await cipher.encrypt(text)).toString('base64');
    await file.update((document) => {
      if (document.entries[name]?.version !== entry.version) return missing;
      const entries = { ...document.entries, [name]: { ...entry, ciphertext, backend: state.backend } };
      return ok({ next: { ...document, entries }, output: null });
    });
  }

  function withoutEntry(document: SecretDocument, name: string): SecretDocument {
    const { [name]: old, ...entries } = document.entries;
    const aside = old && undecryptable.has(name) ? [{ slot: name, entry: old }] : [];
    return { ...document, entries, keptAside: [...document.keptAside, ...aside] };
  }

  async function save(name: string, kind: Kind, text: string): Promise<Result<null>> {
    let ciphertext: string;
    try {
      ciphertext = (await cipher.encrypt(text)).toString('base64');
    } catch {
      return err(appError('vault.unavailable'));
    }
    const result = await file.update((document) => {
      const version = document.nextVersion;
      const entry: SecretEntry = {
        kind,
        backend: state.backend,
        ciphertext,
        version,
        refusedVersion: null,
        accepted: false,
        unanswered: 0,
      };
      const rest = withoutEntry(document, name);
      const entries = { ...rest.entries, [name]: entry };
      return ok({ next: { ...rest, nextVersion: version + 1, entries }, output: null });
    });
    if (result.ok) undecryptable.delete(name);
    return result;
  }

  async function hold(name: string, kind: Kind, text: string): Promise<Result<null>> {
    memoryVersion += 1;
    memory.set(name, { kind, text, version: memoryVersion });
    if (!(name in file.value().entries)) return ok(null);
    // What was typed now supersedes what an earlier session kept.
    return file.update((document) => ok({ next: withoutEntry(document, name), output: null }));
  }

  async function setByName(name: string, kind: Kind, text: string): Promise<Result<null>> {
    return changed(await (state.kind === 'os' ? save(name, kind, text) : hold(name, kind, text)));
  }

  async function getByName(name: string, kind: Kind): Promise<Result<Secret>> {
    const held = memory.get(name);
    if (held?.kind === kind) {
      const obstacle = tries.obstacle(held.version, undefined);
      return obstacle ? err(obstacle) : ok({ text: held.text, version: held.version });
    }
    const entry = file.value().entries[name];
    if (state.kind === 'memory' || entry?.kind !== kind) return missing;
    const obstacle = tries.obstacle(entry.version, entry);
    if (obstacle) return err(obstacle);
    const text = await decrypt(name, entry);
    return text === undefined ? err(appError('vault.undecryptable')) : ok({ text, version: entry.version });
  }

  /** Writes what is known of the passwords' tries, if the file says otherwise. */
  async function noteTries(): Promise<Result<null>> {
    const noted = (entries: SecretDocument['entries']) =>
      Object.entries(entries).filter(([, entry]) => !sameTries(entry, tries.noteIn(entry)));
    if (noted(file.value().entries).length === 0) return ok(null);
    return file.update((document) => {
      const changes = noted(document.entries).map(([name, entry]) => [name, tries.noteIn(entry)] as const);
      const entries = { ...document.entries, ...Object.fromEntries(changes) };
      return ok({ next: { ...document, entries }, output: null });
    });
  }

  function stateByName(name: string, kind: Kind): 'saved' | 'session' | 'missing' {
    if (memory.get(name)?.kind === kind) return 'session';
    const entry = file.value().entries[name];
    const usable = state.kind === 'os' && entry?.kind === kind && !undecryptable.has(name);
    return usable ? 'saved' : 'missing';
  }

  async function forgetPrefixes(prefixes: readonly string[]): Promise<Result<null>> {
    const belongs = (name: string) => prefixes.some((prefix) => name.startsWith(prefix));
    for (const name of memory.keys()) if (belongs(name)) memory.delete(name);
    const document = file.value();
    const known = [...Object.keys(document.entries), ...document.keptAside.map((aside) => aside.slot)];
    if (!known.some(belongs)) return changed(ok(null));
    return changed(
      await file.update((current) => ({
        ok: true,
        value: {
          next: {
            ...current,
            entries: Object.fromEntries(Object.entries(current.entries).filter(([name]) => !belongs(name))),
            keptAside: current.keptAside.filter((aside) => !belongs(aside.slot)),
          },
          output: null,
        },
      })),
    );
  }

  const vault: Vault = {
    async start() {
      const notices = [...(await file.open())];
      try {
        const { safe, backend } = await cipher.open();
        state = { kind: safe ? 'os' : 'memory', backend };
      } catch {
        state = { kind: 'memory', backend: 'unknown' };
      }
      // Versions in memory must not meet those in the file.
      memoryVersion = file.value().nextVersion + 1_000_000;
      const entries = Object.entries(file.value().entries);
      // The state says it, and the window has a banner for it as long as it lasts.
      if (state.kind === 'memory') return notices;
      for (const [name, entry] of entries) await decrypt(name, entry);
      if (undecryptable.size > 0) {
        notices.push({
          id: 'vault.undecryptable',
          severity: 'warning',
          message: { key: 'notice.vault.undecryptable', params: { count: undecryptable.size } },
          atMs: options.now(),
        });
      }
      return notices;
    },
    state: () => state,
    set: (slot, kind, text) => setByName(slotName(slot), kind, text),
    get: (slot, kind) => getByName(slotName(slot), kind),
    async lend(slot) {
      const name = slotName(slot);
      const secret = await getByName(name, 'password');
      if (!secret.ok) return secret;
      tries.lend(secret.value.version, file.value().entries[name]);
      await noteTries();
      return secret;
    },
    settle(slot, version, outcome) {
      tries.settle(version, file.value().entries[slotName(slot)], outcome);
      return noteTries();
    },
    abandonLent: () => (tries.abandon().size > 0 ? noteTries() : Promise.resolve(ok(null))),
    stateOf: (slot, kind) => stateByName(slotName(slot), kind),
    async copy(from, to, except) {
      for (const hop of hopSchema.options.map((option) => option.value)) {
        if (except[hop] !== undefined) continue;
        for (const kind of ['password', 'passphrase'] as const) {
          const secret = await vault.get({ instanceId: from, hop }, kind);
          if (!secret.ok) continue;
          const copied = await vault.set({ instanceId: to, hop }, kind, secret.value.text);
          if (!copied.ok) return copied;
        }
      }
      return ok(null);
    },
    forget: (instanceIds) => forgetPrefixes(instanceIds.map(ownerPrefix)),
    cloud: {
      set: (slot, text) => setByName(slotName(slot), slot.secret, text),
      get: (slot) => getByName(slotName(slot), slot.secret),
      stateOf: (slot) => stateByName(slotName(slot), slot.secret),
      forget: (cloudAccountId) => forgetPrefixes([ownerPrefix({ cloudAccountId })]),
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      memory.clear();
      listeners.clear();
    },
  };
  return vault;
}
