import { z } from 'zod';
import {
  type CloudAccount,
  type CloudAccountFields,
  type CloudSecretsInput,
  cloudAccountFieldsSchema,
  cloudAccountSchema,
  cloudSecretsSchema,
} from '../../../shared/cloud';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { Notice } from '../../../shared/snapshot';
import type { TextFiles } from '../../profiles/text-files';
import type { DocumentFormat, Migration } from '../../profiles/versioned-document';
import { createVersionedFile } from '../../profiles/versioned-file';
import { cloudPlace } from '../../secrets/secret-slot';
import type { CloudSecrets } from '../../secrets/vault';
import { parseEndpoint } from '../aliyun/endpoints';

const bodySchema = z.object({ accounts: z.array(cloudAccountSchema) });
type AccountDocument = z.infer<typeof bodySchema>;

/** Steps from older versions of `cloud-accounts.json`. A new one comes with a fixture of its version. */
export const accountMigrations: readonly Migration[] = [];
const format: DocumentFormat<AccountDocument> = {
  version: 1,
  schema: bodySchema,
  migrations: accountMigrations,
};

export interface AccountStoreOptions {
  readonly path: string;
  readonly files: TextFiles;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly secrets: Pick<CloudSecrets, 'set' | 'forget'>;
}

export interface AccountStore {
  start(): Promise<readonly Notice[]>;
  list(): readonly CloudAccount[];
  get(id: string): CloudAccount | undefined;
  /** The secrets go to the vault first: an account is never there without what was typed for it. */
  add(fields: CloudAccountFields, secrets: CloudSecretsInput): Promise<Result<CloudAccount>>;
  /** Secrets that are not given stay as they are, unless the key or the endpoint that they are for has changed. */
  update(id: string, fields: CloudAccountFields, secrets: CloudSecretsInput): Promise<Result<CloudAccount>>;
  /** Removes the account and its secrets. */
  remove(id: string): Promise<Result<null>>;
  onChange(listener: (accounts: readonly CloudAccount[]) => void): () => void;
  dispose(): void;
}

const invalid = err(appError('app.invalidArgument'));
const notFound = err(appError('app.notFound'));

/** The cloud accounts in `cloud-accounts.json`. No secret is in it. */
export function createAccountStore(options: AccountStoreOptions): AccountStore {
  const { secrets: vault } = options;
  const file = createVersionedFile<AccountDocument>({
    path: options.path,
    format,
    empty: () => ({ accounts: [] }),
    files: options.files,
    now: options.now,
    backups: true,
  });
  const listeners = new Set<(accounts: readonly CloudAccount[]) => void>();
  const changed = <T>(result: Result<T>): Result<T> => {
    if (result.ok) for (const listener of listeners) listener(file.value().accounts);
    return result;
  };

  function check(fields: CloudAccountFields, secrets: CloudSecretsInput): Result<CloudAccountFields> {
    const parsed = cloudAccountFieldsSchema.safeParse(fields);
    if (!parsed.success || !cloudSecretsSchema.safeParse(secrets).success) return invalid;
    if (parsed.data.endpoint === null) return ok(parsed.data);
    const endpoint = parseEndpoint(parsed.data.endpoint);
    return endpoint.ok ? ok({ ...parsed.data, endpoint: endpoint.value }) : endpoint;
  }

  async function keep(
    id: string,
    fields: CloudAccountFields,
    secrets: CloudSecretsInput,
  ): Promise<Result<null>> {
    const place = cloudPlace(fields);
    for (const secret of ['accessKeySecret', 'securityToken'] as const) {
      const text = secrets[secret]?.trim();
      if (text === undefined) continue;
      const kept = await vault.set({ cloudAccountId: id, secret, place }, text);
      if (!kept.ok) return kept;
    }
    return ok(null);
  }

  const find = (id: string): CloudAccount | undefined => file.value().accounts.find((one) => one.id === id);

  return {
    start: () => file.open(),
    list: () => file.value().accounts,
    get: find,
    async add(fields, secrets) {
      const checked = check(fields, secrets);
      if (!checked.ok) return checked;
      const id = options.newId();
      const now = options.now();
      const account = { ...checked.value, id, createdAtMs: now, updatedAtMs: now };
      const kept = await keep(id, account, secrets);
      const added = kept.ok
        ? await file.update((document) =>
            ok({ next: { accounts: [...document.accounts, account] }, output: account }),
          )
        : kept;
      if (!added.ok) await vault.forget(id);
      return changed(added);
    },
    async update(id, fields, secrets) {
      const checked = check(fields, secrets);
      if (!checked.ok) return checked;
      const before = find(id);
      if (!before) return notFound;
      // What was entered for another key or endpoint is not for this one.
      const moved = cloudPlace(before) !== cloudPlace(checked.value);
      const left = moved ? await vault.forget(id) : ok(null);
      if (!left.ok) return left;
      const kept = await keep(id, checked.value, secrets);
      if (!kept.ok) return kept;
      return changed(
        await file.update((document) => {
          const before = document.accounts.find((one) => one.id === id);
          if (!before) return notFound;
          const account = { ...before, ...checked.value, updatedAtMs: options.now() };
          const accounts = document.accounts.map((one) => (one.id === id ? account : one));
          return ok({ next: { accounts }, output: account });
        }),
      );
    },
    async remove(id) {
      if (!find(id)) return notFound;
      const forgotten = await vault.forget(id);
      if (!forgotten.ok) return forgotten;
      return changed(
        await file.update((document) =>
          ok({ next: { accounts: document.accounts.filter((one) => one.id !== id) }, output: null }),
        ),
      );
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => listeners.clear(),
  };
}
