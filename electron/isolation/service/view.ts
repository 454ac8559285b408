import type { Phrase } from '../../../shared/account-status';
import type { AppError } from '../../../shared/errors';
import type { Exposure, ForeignIsolation, IsolationState, JournalEntry } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { doneChanges } from '../executor/effects';
import { overlaysOfEntry } from '../executor/executor';
import { judgeRun } from '../executor/verify';
import { evaluateExposure } from '../exposure';
import { findIsolation, isOverlay } from '../plan';
import { attentionOf } from './attention';
import type { InstanceIsolation, IsolationTarget } from './types';

/** What is known of one instance: what its view is made of. */
export interface Known {
  readonly entry: JournalEntry | null;
  readonly snapshot: NetworkSnapshot | null;
  readonly readError: AppError | null;
  readonly progress: InstanceIsolation['progress'];
  /** Said by the last run; more telling than what the journal alone can say. */
  readonly said: Phrase | null;
}

export const nothingKnown: Known = {
  entry: null,
  snapshot: null,
  readError: null,
  progress: null,
  said: null,
};

/** The isolation in the cloud that the entry does not account for. Pure. */
export function foreignIn(snapshot: NetworkSnapshot, entry: JournalEntry | null): ForeignIsolation | null {
  if (!entry || entry.state === 'restored') return findIsolation(snapshot);
  const own = overlaysOfEntry(entry);
  const others = snapshot.groups.filter(
    (group) => isOverlay(group, snapshot.instance.id) && !own.includes(group.id),
  );
  return others.length === 0 ? null : findIsolation({ ...snapshot, groups: others });
}

const trustedOf = (entry: JournalEntry | null): string[] =>
  entry?.runs.findLast(({ finishedAtMs }) => finishedAtMs !== null)?.plan.trusted ?? [];

/** Whether what was read last still bears out what the entry says. Pure. */
export function bornOut(entry: JournalEntry, snapshot: NetworkSnapshot): boolean {
  const run = entry.runs.at(-1);
  if (!run) return false;
  return judgeRun(run.plan, doneChanges(run), snapshot, overlaysOfEntry(entry)).state === entry.state;
}

function stateOf(known: Known): { state: IsolationState; attention: Phrase | null } {
  const { entry, snapshot, progress } = known;
  if (!entry || entry.state === 'restored') {
    const foreign = snapshot !== null && foreignIn(snapshot, null) !== null;
    return { state: foreign ? 'foreign' : (entry?.state ?? 'none'), attention: known.said };
  }
  const settled = entry.state === 'isolated' || entry.state === 'restoredToTrust';
  if (settled && progress === null) {
    const { name } = entry.instance;
    if (!snapshot || known.readError)
      return { state: 'unverified', attention: { key: 'isolation.run.notRead', params: { name } } };
    if (!bornOut(entry, snapshot))
      return { state: 'unverified', attention: { key: 'isolation.run.noLonger', params: { name } } };
  }
  return { state: entry.state, attention: progress ? null : (known.said ?? attentionOf(entry)) };
}

const judged = new WeakMap<NetworkSnapshot, Map<string, Exposure>>();

/** A snapshot never changes, so it is evaluated once, however often its view is made. */
function exposureOf(snapshot: NetworkSnapshot, rdpPort: number, trusted: readonly string[]): Exposure {
  const known = judged.get(snapshot) ?? new Map<string, Exposure>();
  judged.set(snapshot, known);
  const key = [rdpPort, ...trusted].join(' ');
  const exposure = known.get(key) ?? evaluateExposure(snapshot, rdpPort, trusted);
  known.set(key, exposure);
  return exposure;
}

/** What a window sees of one instance. Closed is said only on what was read, never on what was meant. Pure. */
export function viewOf(target: IsolationTarget, known: Known): InstanceIsolation {
  const { entry, snapshot } = known;
  const foreign = snapshot ? foreignIn(snapshot, entry) : null;
  const trusted = entry && entry.state !== 'restored' ? trustedOf(entry) : (foreign?.trusted ?? []);
  const isolation = entry?.runs.find(({ plan }) => plan.kind === 'isolate') ?? entry?.runs[0];
  return {
    id: target.id,
    instance: { region: target.region, instanceId: target.instanceId, name: target.name },
    ...stateOf(known),
    rdpPort: target.rdpPort,
    exposure: snapshot ? exposureOf(snapshot, target.rdpPort, trusted) : null,
    readAtMs: snapshot?.takenAtMs ?? null,
    readError: known.readError,
    entry:
      entry && isolation
        ? {
            id: entry.id,
            admin: entry.admin,
            reason: entry.reason,
            incident: entry.incident,
            createdAtMs: entry.createdAtMs,
            strategy: isolation.plan.strategy,
            trusted,
            verification: entry.runs.at(-1)?.verification ?? null,
          }
        : null,
    foreign,
    progress: known.progress,
  };
}
