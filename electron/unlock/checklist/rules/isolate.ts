import type { Phrase } from '../../../../shared/account-status';
import type { ChecklistAction } from '../../../../shared/checklist';
import type { IsolationView, RemainingPath } from '../../../../shared/isolation';
import { finding, type Said } from './finding';
import { phrase, type Situation } from './situation';
import type { Finding } from './types';

const recorded: readonly IsolationView['state'][] = [
  'recorded',
  'applying',
  'isolated',
  'unverified',
  'restoring',
  'restoredToTrust',
  'needsAttention',
];

/** Members of a group that lets its own in: no rule closes it, and so closed is not all that is to be said. */
export const ownGroupOf = (
  paths: readonly RemainingPath[] | undefined,
): Extract<RemainingPath, { kind: 'sameGroup' }> | null =>
  paths?.find((path) => path.kind === 'sameGroup') ?? null;

const portOf = ({ input }: Situation): { port: number } => ({ port: input.instance?.rdpPort ?? 3389 });

/** Step 1: RDP cut off, with the rules recorded as they were. Pure. */
export function isolateFindings(situation: Situation): readonly Finding[] {
  return [originalsRecorded(situation), isolated(situation)];
}

function originalsRecorded(situation: Situation): Finding {
  const { linked, isolationOptional: optional, input } = situation;
  const params = portOf(situation);
  const { isolation, incident } = input;
  if (!linked || isolation === null) {
    const actions: ChecklistAction[] = [{ kind: 'linkCloud' }];
    return finding('originalsRecorded', 'byHand', params, { actions, optional });
  }
  const { entry, foreign, state, readError } = isolation;
  const actions: ChecklistAction[] = entry ? [{ kind: 'recipe' }] : [{ kind: 'isolate' }];
  const say = (said: Said): Finding =>
    finding('originalsRecorded', 'linked', params, { actions, optional, byHand: false, ...said });
  // An entry whose original is back belongs to this incident only if it was made in it.
  if (entry && (recorded.includes(state) || entry.createdAtMs >= incident.openedAtMs)) {
    const evidence = phrase('evidence.originalsRecorded', { admin: entry.admin });
    return say({ says: 'shown', atMs: entry.createdAtMs, who: entry.admin, evidence });
  }
  if (foreign) {
    return say({ byHand: true, evidence: phrase('evidence.originalsElsewhere', { by: foreign.by }) });
  }
  // Closed by hand in the provider's console: what was there before, only the admin knows.
  if (situation.exposure?.verdict === 'closed') return say({ byHand: true });
  if (state === 'none' && readError === null) {
    return say({ says: 'against', evidence: phrase('evidence.originalsMissing') });
  }
  return say({});
}

function isolated(situation: Situation): Finding {
  const { linked, isolationOptional: optional, input, exposure } = situation;
  const params = portOf(situation);
  const { isolation } = input;
  if (!linked || isolation === null) {
    const evidence = phrase(isolation === null ? 'evidence.notLinked' : 'evidence.notReachable');
    return finding('isolated', 'byHand', params, { actions: [{ kind: 'linkCloud' }], optional, evidence });
  }
  const say = (said: Said): Finding =>
    finding('isolated', optional ? 'optional' : 'linked', params, {
      actions: [{ kind: 'isolate' }],
      optional,
      byHand: false,
      ...said,
    });
  if (isolation.progress !== null || isolation.state === 'applying') {
    return say({ doing: true, evidence: isolation.progress?.current ?? phrase('evidence.isolating') });
  }
  if (isolation.state === 'needsAttention') {
    return say({ says: 'unknown', evidence: isolation.attention ?? phrase('evidence.needsAttention') });
  }
  if (exposure === null) return say({ says: 'unknown', evidence: phrase('evidence.rulesNotRead') });
  const atMs = exposure.takenAtMs;
  const group = ownGroupOf(exposure.remaining);
  switch (exposure.verdict) {
    case 'closed': {
      if (isolation.state === 'unverified') {
        return say({ says: 'unknown', evidence: isolation.attention ?? phrase('evidence.notVerified') });
      }
      if (group) {
        const evidence = phrase('evidence.isolatedExcept', {
          group: group.groupName,
          count: group.members.length,
        });
        // Accepted by the admin as it is: reading the same again takes nothing back.
        const accepted = situation.memory.ticks.some(({ part, by }) => part === 'isolated' && by === 'hand');
        return say({
          says: accepted ? 'open' : 'against',
          atMs,
          doing: true,
          evidence,
          byHand: true,
          actions: [],
        });
      }
      const evidence: Phrase = isolation.foreign
        ? phrase('evidence.isolatedBy', { by: isolation.foreign.by })
        : phrase('evidence.isolated', params);
      return say({ says: 'shown', atMs, who: isolation.entry?.admin ?? null, evidence, actions: [] });
    }
    case 'trustedOnly':
      if (isolation.state === 'unverified') return say({ says: 'unknown' });
      return say({ says: 'shown', atMs, evidence: phrase('evidence.trustedInstead', params), actions: [] });
    case 'open':
      return say({ says: 'against', atMs, evidence: phrase('evidence.open', params) });
    case 'unknown':
      return say({ says: 'unknown', evidence: exposure.reasons[0] ?? phrase('evidence.rulesNotRead') });
  }
}

/** What is to be known about cutting RDP off here. Pure. */
export function isolateNotes(situation: Situation): readonly Phrase[] {
  const { input, stale, linked } = situation;
  const notes: Phrase[] = [];
  if (stale) notes.push(phrase('note.stale'));
  else if (input.incident.verdict.kind === 'typo') notes.push(phrase('note.typo'));
  if (linked) notes.push(phrase('note.established'));
  return notes;
}
