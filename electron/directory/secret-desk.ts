import type { DirectoryFields, DirectoryId, DirectoryProfile } from '../../shared/directory';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import { directoryPlace, directorySlot } from '../secrets/directory-slot';
import type { Vault } from '../secrets/vault';
import type { DirectoryHostEvents, DirectoryMainRequests } from '../watch/directory-protocol';

type Request = DirectoryMainRequests['directory.secret'];

/** The version of what was typed for a check and is not in the vault. */
const TYPED = 0;
const missing = err(appError('vault.secretMissing'));

interface Draft {
  readonly fields: DirectoryFields;
  readonly typed: string | null;
  readonly from: DirectoryId | null;
}

/** Hands the evidence process a directory's password for the very place that it was entered for. */
export class DirectorySecretDesk {
  readonly #checks = new Map<string, Draft>();

  constructor(
    private readonly vault: Pick<Vault, 'lend' | 'settle' | 'stateOf'>,
    private readonly profile: (id: DirectoryId) => DirectoryProfile | undefined,
  ) {}

  open(checkId: string, draft: Draft): void {
    this.#checks.set(checkId, draft);
  }
  close(checkId: string): void {
    this.#checks.delete(checkId);
  }

  async read({ owner, place }: Request['input']): Promise<Result<Request['output']>> {
    if (owner.kind === 'directory') {
      const profile = this.profile(owner.id);
      return profile ? this.#fromVault(owner.id, profile, place) : err(appError('app.notFound'));
    }
    const draft = this.#checks.get(owner.checkId);
    if (!draft) return err(appError('app.notFound'));
    if (directoryPlace(draft.fields) !== place) return missing;
    if (draft.typed !== null) return ok({ text: draft.typed, version: TYPED });
    return draft.from === null ? missing : this.#fromVault(draft.from, draft.fields, place);
  }

  async settled({ owner, version, outcome }: DirectoryHostEvents['directory.settled']): Promise<void> {
    if (version === TYPED) return;
    const id = owner.kind === 'directory' ? owner.id : this.#checks.get(owner.checkId)?.from;
    if (id) await this.vault.settle({ instanceId: id, hop: 'instance' }, version, outcome);
  }

  missing(profiles: readonly DirectoryProfile[]): readonly DirectoryId[] {
    return profiles
      .filter((profile) => this.vault.stateOf(directorySlot(profile.id, profile), 'password') === 'missing')
      .map(({ id }) => id);
  }

  #fromVault(
    id: DirectoryId,
    fields: DirectoryFields,
    place: string,
  ): Promise<Result<{ readonly text: string; readonly version: number }>> {
    const slot = directorySlot(id, fields);
    return slot.place === place ? this.vault.lend(slot) : Promise.resolve(missing);
  }
}
