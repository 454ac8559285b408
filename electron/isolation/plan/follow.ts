import type { JournalEntry, Plan, Refusal } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { ok, type Result } from '../../../shared/result';
import { afterSteps, finish, obstacle, refusal } from './finish';
import type { PlanCapabilities } from './options';
import { judgeTrust, movesToTrust, strategyOf, trustedNow } from './restore';
import type { IsolationNote } from './rules-of-ours';
import { checkTrusted } from './trusted';

export interface FollowRequest {
  readonly planId: string;
  readonly rdpPort: number;
  /** The block that let the admin in until now, and the one that is to. */
  readonly from: string;
  readonly to: string;
  readonly entry: JournalEntry | null;
  readonly note: IsolationNote;
}

/**
 * Plans to replace one trusted block by another after the admin's address changed: first both get in, which is found
 * in the cloud, then the old one is removed. The other trusted blocks are read from the rules that lie there.
 */
export function planFollowAddress(
  snapshot: NetworkSnapshot,
  request: FollowRequest,
  capabilities: PlanCapabilities,
): Result<Plan, Refusal> {
  const stop = obstacle(snapshot);
  if (stop) return stop;
  const old = checkTrusted([request.from]);
  const next = checkTrusted([request.to]);
  if (!old.ok) return { ok: false, error: { code: 'badTrusted', phrase: old.phrase } };
  if (!next.ok) return { ok: false, error: { code: 'badTrusted', phrase: next.phrase } };
  const current = trustedNow(snapshot);
  if (!current.some((cidr) => old.cidrs.includes(cidr)))
    return refusal('nothingRecorded', { cidr: request.from });
  const others = current.filter((cidr) => !old.cidrs.includes(cidr));
  const last = checkTrusted([...others, ...next.cidrs]);
  if (!last.ok) return { ok: false, error: { code: 'badTrusted', phrase: last.phrase } };
  const both = movesToTrust(snapshot, [...current, ...next.cidrs], request, capabilities);
  const between = afterSteps(snapshot, both.steps);
  const only = movesToTrust(between, last.cidrs, request, capabilities);
  const steps = [
    ...both.steps.map((step, at) => (at === both.steps.length - 1 ? { ...step, checkpoint: true } : step)),
    ...only.steps,
  ];
  if (steps.length === 0) return refusal('alreadyTrusted', { name: snapshot.instance.name });
  const judged = judgeTrust(snapshot, steps, request.rdpPort, last.cidrs);
  if (!judged.ok) return judged;
  return ok(
    finish(snapshot, request.rdpPort, 'trustedOnly', capabilities, {
      id: request.planId,
      kind: 'followAddress',
      strategy: strategyOf(request.entry),
      place: only.place,
      reason: {
        key: 'isolation.chosen.follow',
        params: { from: old.cidrs.join(', '), to: next.cidrs.join(', ') },
      },
      steps,
      trusted: last.cidrs,
      blastRadius: [],
      warnings: next.warnings,
      confirmation: next.questioned ? 'ask' : 'none',
      alternatives: [],
    }),
  );
}
