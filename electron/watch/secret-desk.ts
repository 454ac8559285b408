import { appError } from '../../shared/errors';
import type { ConnectionProfile, Hop, HopSecrets, InstanceId, ProfileFields } from '../../shared/instance';
import { err, ok, type Result } from '../../shared/result';
import type { Snapshot } from '../../shared/snapshot';
import { hopsOf, type SecretKind } from '../secrets/secret-slot';
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

type Answer = Promise<Result<MainRequests['secret.read']['output']>>;

const kindAt = (profile: Pick<ProfileFields, 'ssh' | 'jumpHosts'>, hop: Hop): SecretKind | null =>
  hopsOf(profile).find((entry) => entry.hop === hop)?.kind ?? null;

/** Hands the evidence process one secret at a time: for the instance and hop that it is about to log on to. */
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

  async read({ owner, hop }: MainRequests['secret.read']['input']): Answer {
    if (owner.kind === 'instance') return this.#ofInstance(owner.id, hop);
    const saved = this.#saved.get(owner.checkId);
    if (saved !== undefined) return this.#ofInstance(saved, hop);
    const draft = this.#drafts.get(owner.checkId);
    if (!draft) return err(appError('app.notFound'));
    const kind = kindAt(draft.fields, hop);
    if (kind === null) return ok(null);
    const typed = draft.typed[hop];
    if (typed !== undefined) return ok({ text: typed, version: 0 });
    if (draft.from === null) return err(appError('vault.secretMissing'));
    return this.vault.get({ instanceId: draft.from, hop }, kind);
  }

  /** How the sending of a password ended. What was typed for a check is not in the vault; the process remembers it itself. */
  async settled({ owner, hop, version, outcome }: HostEvents['secret.settled']): Promise<void> {
    const id = owner.kind === 'instance' ? owner.id : this.#saved.get(owner.checkId);
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
          ({ hop, kind }) =>
            kind !== null && this.vault.stateOf({ instanceId: profile.id, hop }, kind) === 'missing',
        )
        .map(({ hop }) => ({ instanceId: profile.id, hop })),
    );
  }

  /** For the form: whether each hop's secret is there. */
  states(profile: ConnectionProfile): Partial<Record<Hop, 'saved' | 'session' | 'missing' | 'notNeeded'>> {
    return Object.fromEntries(
      hopsOf(profile).map(({ hop, kind }) => [
        hop,
        kind === null ? 'notNeeded' : this.vault.stateOf({ instanceId: profile.id, hop }, kind),
      ]),
    );
  }

  async #ofInstance(id: InstanceId, hop: Hop): Answer {
    const profile = this.profile(id);
    if (!profile) return err(appError('app.notFound'));
    const kind = kindAt(profile, hop);
    if (kind === null) return ok(null);
    const slot = { instanceId: id, hop };
    return kind === 'password' ? this.vault.lend(slot) : this.vault.get(slot, kind);
  }
}
