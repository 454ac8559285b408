import type { Phrase } from '../../../../shared/account-status';
import { finding, type Said } from './finding';
import { ownGroupOf } from './isolate';
import { phrase, type Situation } from './situation';
import type { Finding } from './types';

/** Step 3: RDP open again, to trusted addresses and to nobody else. Pure. */
export function restoreFindings(situation: Situation): readonly Finding[] {
  return [trustedRule(situation)];
}

function trustedRule(situation: Situation): Finding {
  const { linked, input, exposure } = situation;
  const { isolation } = input;
  const params = { port: input.instance?.rdpPort ?? 3389 };
  // What was closed has to be opened again, needed or not.
  const optional = situation.isolationOptional && exposure?.verdict !== 'closed';
  if (!linked || isolation === null) {
    return finding('trustedRule', 'byHand', params, { actions: [{ kind: 'linkCloud' }], optional });
  }
  const say = (said: Said): Finding =>
    finding('trustedRule', 'linked', params, {
      actions: [{ kind: 'restoreToTrust' }],
      byHand: false,
      optional,
      ...said,
    });
  if (isolation.progress !== null || isolation.state === 'restoring') {
    const restoring = isolation.progress?.kind !== 'isolate';
    return say({
      says: 'unknown',
      doing: restoring,
      evidence: restoring ? (isolation.progress?.current ?? phrase('evidence.restoring')) : null,
    });
  }
  if (isolation.state === 'needsAttention' || isolation.state === 'unverified') {
    return say({ says: 'unknown', evidence: isolation.attention ?? phrase('evidence.notVerified') });
  }
  if (exposure === null) return say({ says: 'unknown', evidence: phrase('evidence.rulesNotRead') });
  const atMs = exposure.takenAtMs;
  switch (exposure.verdict) {
    case 'trustedOnly': {
      const [shutOut] = exposure.trustedShutOut;
      if (shutOut !== undefined) {
        return say({
          says: 'against',
          atMs,
          doing: true,
          evidence: phrase('evidence.trustedShutOut', { block: shutOut }),
        });
      }
      const group = ownGroupOf(exposure.remaining);
      const trusted = (isolation.entry?.trusted ?? isolation.foreign?.trusted ?? []).join(', ');
      const evidence = group
        ? phrase('evidence.trustedExcept', { trusted, group: group.groupName })
        : phrase('evidence.trustedOnly', { trusted });
      return say({ says: 'shown', atMs, evidence });
    }
    case 'open':
      return say({ says: 'against', atMs, evidence: phrase('evidence.open', params) });
    case 'closed':
      return say({ says: 'against', atMs, evidence: phrase('evidence.stillClosed', params) });
    case 'unknown':
      return say({ says: 'unknown', evidence: exposure.reasons[0] ?? phrase('evidence.rulesNotRead') });
  }
}

/** What is to be known about opening RDP again. Pure. */
export const restoreNotes = ({ linked }: Situation): readonly Phrase[] => [
  phrase('note.never'),
  ...(linked ? [phrase('note.browserTerminals')] : []),
];
