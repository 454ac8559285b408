import { appError } from '../../shared/errors';
import type { HopSecrets, InstanceId } from '../../shared/instance';
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
  type SecretName,
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
  settle(slot: SecretName, version: number, outcome: PasswordOutcome): Promise<Result<null>>;
  /** Whoever was lent passwords is gone: they may have been sent. */
  abandonLent(): Promise<Result<null>>;
  stateOf(slot: SecretSlot, kind: SecretKind): 'saved' | 'session' | 'missing';
  /** Copies what an instance has for the very places that another one's secrets are for. */
  copy(from: InstanceId, to: readonly SecretSlot[], except: HopSecrets): Promise<Result<null>>;
  /** Forgets what an instance has for any other place than these: its profile has changed. */
  keepOnly(instanceId: InstanceId, slots: readonly SecretSlot[]): Promise<Result<null>>;
  /** What was kept before places were noted belongs to these. Called once everything is open. */
  place(slots: readonly (SecretSlot | CloudSecretSlot)[]): Promise<Result<null>>;
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
  readonly place: string;
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

  async function save(name: string, kind: Kind, place: string, text: string): Promise<Result<null>> {
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
        place,
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

  async function hold(name: string, kind: Kind, place: string, text: string): Promise<Result<null>> {
    memoryVersion += 1;
    memory.set(name, { kind, place, text, version: memoryVersion });
    if (!(name in file.value().entries)) return ok(null);
    // What was typed now supersedes what an earlier session kept.
    return file.update((document) => ok({ next: withoutEntry(document, name), output: null }));
  }

  type Slot = SecretSlot | CloudSecretSlot;

  async function setIn(slot: Slot, kind: Kind, text: string): Promise<Result<null>> {
    const keep = state.kind === 'os' ? save : hold;
    return changed(await keep(slotName(slot), kind, slot.place, text));
  }

  const fits = (entry: MemoryEntry | SecretEntry | undefined, kind: Kind, { place }: Slot): boolean =>
    entry?.kind === kind && entry.place === place;

  async function getFrom(slot: Slot, kind: Kind): Promise<Result<Secret>> {
    const name = slotName(slot);
    const held = memory.get(name);
    if (held && fits(held, kind, slot)) {
      const obstacle = tries.obstacle(held.version, undefined);
      return obstacle ? err(obstacle) : ok({ text: held.text, version: held.version });
    }
    const entry = file.value().entries[name];
    if (state.kind === 'memory' || !entry || !fits(entry, kind, slot)) return missing;
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

  function stateIn(slot: Slot, kind: Kind): 'saved' | 'session' | 'missing' {
    const name = slotName(slot);
    if (fits(memory.get(name), kind, slot)) return 'session';
    const entry = file.value().entries[name];
    const usable = state.kind === 'os' && fits(entry, kind, slot) && !undecryptable.has(name);
    return usable ? 'saved' : 'missing';
  }

  /** Forgets what lies under these prefixes, but for what belongs to one of the places to keep. */
  async function forgetPrefixes(
    prefixes: readonly string[],
    keep: readonly SecretSlot[] = [],
  ): Promise<Result<null>> {
    const kept = new Map(keep.map((slot) => [slotName(slot), slot.place]));
    const goes = (name: string, place: string | null): boolean =>
      prefixes.some((prefix) => name.startsWith(prefix)) && (place === null || kept.get(name) !== place);
    for (const [name, { place }] of memory) if (goes(name, place)) memory.delete(name);
    const document = file.value();
    const all = [
      ...Object.entries(document.entries),
      ...document.keptAside.map(({ slot, entry }) => [slot, entry] as const),
    ];
    if (!all.some(([name, { place }]) => goes(name, place))) return changed(ok(null));
    return changed(
      await file.update((current) =>
        ok({
          next: {
            ...current,
            entries: Object.fromEntries(
              Object.entries(current.entries).filter(([name, { place }]) => !goes(name, place)),
            ),
            keptAside: current.keptAside.filter(({ slot, entry }) => !goes(slot, entry.place)),
          },
          output: null,
        }),
      ),
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
    set: setIn,
    get: getFrom,
    async lend(slot) {
      const secret = await getFrom(slot, 'password');
      if (!secret.ok) return secret;
      tries.lend(secret.value.version, file.value().entries[slotName(slot)]);
      await noteTries();
      return secret;
    },
    settle(slot, version, outcome) {
      tries.settle(version, file.value().entries[slotName(slot)], outcome);
      return noteTries();
    },
    abandonLent: () => (tries.abandon().size > 0 ? noteTries() : Promise.resolve(ok(null))),
    stateOf: stateIn,
    async copy(from, to, except) {
      for (const slot of to) {
        if (except[slot.hop] !== undefined) continue;
        for (const kind of ['password', 'passphrase'] as const) {
          const secret = await getFrom({ ...slot, instanceId: from }, kind);
          if (!secret.ok) continue;
          const copied = await setIn(slot, kind, secret.value.text);
          if (!copied.ok) return copied;
        }
      }
      return ok(null);
    },
    keepOnly: (instanceId, slots) => forgetPrefixes([ownerPrefix(instanceId)], slots),
    async place(slots) {
      const places = new Map(slots.map((slot) => [slotName(slot), slot.place]));
      const placed = (document: SecretDocument) =>
        Object.entries(document.entries).flatMap(([name, entry]) => {
          const place = entry.place === null ? places.get(name) : undefined;
          return place === undefined ? [] : [[name, { ...entry, place }] as const];
        });
      if (placed(file.value()).length === 0) return ok(null);
      return changed(
        await file.update((document) => {
          const entries = { ...document.entries, ...Object.fromEntries(placed(document)) };
          return ok({ next: { ...document, entries }, output: null });
        }),
      );
    },
    forget: (instanceIds) => forgetPrefixes(instanceIds.map(ownerPrefix)),
    cloud: {
      set: (slot, text) => setIn(slot, slot.secret, text),
      get: (slot) => getFrom(slot, slot.secret),
      stateOf: (slot) => stateIn(slot, slot.secret),
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
