import { appError } from '../../shared/errors';
import type { ConnectionProfile, Hop, HopSecrets, InstanceId, ProfileFields } from '../../shared/instance';
import { err, ok, type Result } from '../../shared/result';
import type { Snapshot } from '../../shared/snapshot';
import { type HopSecret, hopsOf } from '../secrets/secret-slot';
import type { Vault } from '../secrets/vault';
import type { HostEvents, MainRequests } from './protocol';

/** What the vault is used for here. */
export type VaultAccess = Pick<Vault, 'get' | 'lend' | 'settle' | 'abandonLent' | 'stateOf'>;

/** A check of something not saved: its fields, what was typed, and whose secrets stand in for the rest. */
export interface DraftSecrets {
  readonly fields: ProfileFields;
  readonly typed: HopSecrets;
  readonly from: InstanceId | null;
}

/** The version of what was typed for a check and is not in the vault. */
const TYPED = 0;

type Answer = Promise<Result<MainRequests['secret.read']['output']>>;

const hopOf = (profile: Pick<ProfileFields, 'ssh' | 'jumpHosts'>, hop: Hop): HopSecret | undefined =>
  hopsOf(profile).find((entry) => entry.hop === hop);
const missing = err(appError('vault.secretMissing'));

/**
 * Hands the evidence process one secret at a time: for the instance and hop that it is about to log on to. It says
 * where that is: while a profile changes, it may still be on the way to where the instance was before.
 */
export class SecretDesk {
  readonly #drafts = new Map<string, DraftSecrets>();
  readonly #saved = new Map<string, InstanceId>();

  constructor(
    private readonly vault: VaultAccess,
    private readonly profile: (id: InstanceId) => ConnectionProfile | undefined,
  ) {}

  openDraft(checkId: string, draft: DraftSecrets): void {
    this.#drafts.set(checkId, draft);
  }
  openSaved(checkId: string, id: InstanceId): void {
    this.#saved.set(checkId, id);
  }
  close(checkId: string): void {
    this.#drafts.delete(checkId);
    this.#saved.delete(checkId);
  }

  async read({ owner, hop, place }: MainRequests['secret.read']['input']): Answer {
    if (owner.kind === 'instance') return this.#ofInstance(owner.id, hop, place);
    const saved = this.#saved.get(owner.checkId);
    if (saved !== undefined) return this.#ofInstance(saved, hop, place);
    const draft = this.#drafts.get(owner.checkId);
    if (!draft) return err(appError('app.notFound'));
    const wanted = hopOf(draft.fields, hop);
    if (!wanted || wanted.kind === null) return ok(null);
    if (wanted.place !== place) return missing;
    const typed = draft.typed[hop];
    if (typed !== undefined) return ok({ text: typed, version: TYPED });
    return draft.from === null ? missing : this.#fromVault(draft.from, wanted);
  }

  /** How the sending of a password ended. What was typed for a check is not in the vault; the process remembers it itself. */
  async settled({ owner, hop, version, outcome }: HostEvents['secret.settled']): Promise<void> {
    if (version === TYPED) return;
    const id =
      owner.kind === 'instance'
        ? owner.id
        : (this.#saved.get(owner.checkId) ?? this.#drafts.get(owner.checkId)?.from ?? undefined);
    if (id !== undefined) await this.vault.settle({ instanceId: id, hop }, version, outcome);
  }

  /** The evidence process has ended, and with it what it knew of passwords on their way. */
  async processGone(): Promise<void> {
    await this.vault.abandonLent();
  }

  /** Secrets that profiles need and nobody has entered. */
  missing(profiles: readonly ConnectionProfile[]): Snapshot['missingSecrets'] {
    return profiles.flatMap((profile) =>
      hopsOf(profile)
        .filter(
          ({ hop, kind, place }) =>
            kind !== null && this.vault.stateOf({ instanceId: profile.id, hop, place }, kind) === 'missing',
        )
        .map(({ hop }) => ({ instanceId: profile.id, hop })),
    );
  }

  /** For the form: whether each hop's secret is there. */
  states(profile: ConnectionProfile): Partial<Record<Hop, 'saved' | 'session' | 'missing' | 'notNeeded'>> {
    return Object.fromEntries(
      hopsOf(profile).map(({ hop, kind, place }) => [
        hop,
        kind === null ? 'notNeeded' : this.vault.stateOf({ instanceId: profile.id, hop, place }, kind),
      ]),
    );
  }

  async #ofInstance(id: InstanceId, hop: Hop, place: string): Answer {
    const profile = this.profile(id);
    if (!profile) return err(appError('app.notFound'));
    const wanted = hopOf(profile, hop);
    if (!wanted || wanted.kind === null) return ok(null);
    return wanted.place === place ? this.#fromVault(id, wanted) : missing;
  }

  #fromVault(instanceId: InstanceId, { hop, kind, place }: HopSecret): Answer {
    const slot = { instanceId, hop, place };
    return kind === 'passphrase' ? this.vault.get(slot, kind) : this.vault.lend(slot);
  }
}
