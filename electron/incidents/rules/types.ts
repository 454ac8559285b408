import type { AccountView, Verdict } from '../../../shared/account-status';
import type { IncidentId, IncidentSummary } from '../../../shared/incident';
import type { InstanceId } from '../../../shared/instance';

/** An account in an incident. All times in milliseconds since 1970, on our clock. */
export interface IncidentAccount {
  /** As the instance's view calls it now; a renamed account keeps its place by its SID. */
  readonly key: string;
  readonly name: string;
  readonly sid: string | null;
  /** Keys that it had before. */
  readonly formerKeys: readonly string[];
  /** When its evidence here began. */
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly firstLockAtMs: number | null;
  readonly lastLockAtMs: number | null;
  readonly lockedNow: boolean;
}

/** What the rules know of an incident. */
export interface IncidentCore {
  readonly id: IncidentId;
  readonly instanceId: InstanceId;
  readonly state: 'open' | 'closed';
  /** The earliest evidence that would have opened it. */
  readonly openedAtMs: number;
  readonly closedAtMs: number | null;
  readonly closedBy: IncidentSummary['closedBy'];
  readonly joinedInto: IncidentId | null;
  readonly lastEvidenceAtMs: number;
  readonly accounts: readonly IncidentAccount[];
  /** From the first to the last evidence of an attack; null while it is none. */
  readonly attack: { readonly firstMs: number; readonly lastMs: number } | null;
  /** Addresses that the attack came from. */
  readonly attackAddresses: readonly string[];
  /** Where and when failures came from whose cause was not known. */
  readonly undecided: readonly { readonly address: string; readonly atMs: number }[];
  readonly verdict: Verdict;
}

/** What one account's state says about incidents. */
export interface Signal {
  readonly key: string;
  readonly name: string;
  readonly sid: string | null;
  readonly locked: boolean;
  /** When it locked; null when that is not known, or it is not. */
  readonly lockedAtMs: number | null;
  readonly attack: boolean;
  /** Whether failures still come, or are about to lock. */
  readonly goesOn: boolean;
  /** Whether it opens an incident; an attack that is barely one only joins. */
  readonly opens: 'locked' | 'attack' | 'imminent' | null;
  /** When what opens an incident happened; never later than now. */
  readonly evidenceAtMs: number;
  /** The newest evidence; never later than now. */
  readonly lastAtMs: number;
  readonly address: string | null;
  readonly verdict: Verdict;
}

/** What happened to an incident: a line of its history. */
export type Change = { readonly id: IncidentId; readonly atMs: number } & (
  | { readonly kind: 'opened'; readonly why: 'locked' | 'attack' | 'imminent'; readonly account: string }
  | { readonly kind: 'locked'; readonly account: string }
  | { readonly kind: 'unlocked'; readonly account: string; readonly status: AccountView['status'] }
  | { readonly kind: 'accountJoined'; readonly account: string }
  | { readonly kind: 'renamed'; readonly account: string; readonly from: string }
  | { readonly kind: 'verdict'; readonly verdict: Verdict['kind'] }
  | {
      readonly kind: 'reopened';
      readonly why: 'locked' | 'attack' | 'imminent' | 'hand';
      readonly account: string;
    }
  | { readonly kind: 'joined'; readonly other: IncidentId }
  | { readonly kind: 'joinedInto'; readonly other: IncidentId }
);

export interface Step {
  /** Incidents that are new or different. */
  readonly changed: readonly IncidentCore[];
  readonly changes: readonly Change[];
  /** When to look again at the same view, because a verdict may still come; null: with the next view. */
  readonly againAtMs: number | null;
}
