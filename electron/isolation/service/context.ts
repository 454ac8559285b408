import { appError, errorSchema } from '../../../shared/errors';
import type { JournalEntry } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import type { Notice } from '../../../shared/snapshot';
import type { AuditTrail } from '../../audit/trail';
import type { CloudProvider, InstanceRef } from '../../cloud/provider';
import type { Clock } from '../../watch/clock';
import { carriedBy, overlaysOfEntry } from '../executor/executor';
import type { RdpProbe } from '../executor/tcp-probe';
import type { Journal } from '../journal/journal';
import type { Board } from './board';
import type { PlanBasis } from './planning';
import type { Say } from './recipe-text';
import type { AddressOffer, InstanceIsolation, IsolationTarget } from './types';

export interface IsolationServiceOptions {
  /** Profiles with their place in a cloud, as they are now. */
  readonly targets: () => readonly IsolationTarget[];
  readonly journal: Journal;
  /** Folder of the journal, as it is shown. */
  readonly journalFolder: string;
  readonly audit: Pick<AuditTrail, 'append' | 'appendLater'>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** A token for one step: random, at most 64 ASCII characters. */
  readonly newToken: () => string;
  readonly probe: RdpProbe;
  /** Who works here: for tags, journal and audit. */
  readonly admin: () => string;
  /** The words of a phrase, for the recipe's text. */
  readonly say: Say;
  /** Whether a changed address is followed without asking. */
  readonly followByItself: () => boolean;
  readonly onViews: (views: readonly InstanceIsolation[]) => void;
  readonly onOffers: (offers: readonly AddressOffer[]) => void;
  readonly onNotices: (notices: readonly Notice[]) => void;
  /** Instances worked on at once. */
  readonly concurrency?: number;
}

/** What the parts of the service share. */
export interface Context extends IsolationServiceOptions {
  readonly board: Board;
  /** Providers that have refused a denying rule in an enterprise group. */
  readonly refusedDrops: WeakSet<CloudProvider>;
  /** Ends everything: the app is quitting. */
  readonly quit: AbortSignal;
}

export type Reachable = IsolationTarget & { readonly provider: CloudProvider };

export const refOf = (target: IsolationTarget): InstanceRef => ({
  region: target.region,
  instanceId: target.instanceId,
});

export function targetOf(context: Context, id: string): Result<Reachable> {
  const target = context.targets().find((one) => one.id === id);
  if (!target) return err(appError('app.notFound'));
  const { provider } = target;
  return provider
    ? ok({ ...target, provider })
    : err(appError('cloud.credentialsMissing', { account: target.name }));
}

export const basisOf = (context: Context, { rdpPort, provider }: Reachable): PlanBasis => ({
  rdpPort,
  capabilities: provider.capabilities,
  enterpriseDrops: !context.refusedDrops.has(provider),
});

/** The entry that holds the original of an instance; null while there is none. */
export const entryOf = (context: Context, instanceId: string): JournalEntry | null =>
  context.journal.openEntryOf(instanceId);

/**
 * Reads an instance, and the groups of its entry besides. Without `members`, who else carries each group is as it was
 * read last, which spares two calls a group.
 */
export async function readInstance(
  context: Context,
  target: Reachable,
  members = true,
): Promise<Result<NetworkSnapshot>> {
  const { board } = context;
  const entry = entryOf(context, target.instanceId);
  const before = board.known(target.instanceId).snapshot;
  const now = await target.provider.snapshot(refOf(target), context.quit, {
    members,
    groupIds: entry ? overlaysOfEntry(entry) : [],
    expectedGroupIds: before ? carriedBy(before) : [],
  });
  if (!now.ok) {
    if (!context.quit.aborted) board.set(target.instanceId, { readError: errorSchema.parse(now.error) });
    return now;
  }
  return ok(board.setRead(target.instanceId, now.value, members));
}
