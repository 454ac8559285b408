import { TICKS_PER_SECOND, type Ticks } from '../../shared/time';
import type { AddressHint, InferredFrom, PendingAddress, TrailRow } from './types';

/** How far a hint may lie before and after a failure, in ticks. The strongest kind comes first. */
interface HintRule {
  readonly kind: AddressHint['kind'];
  readonly before: Ticks;
  readonly after: Ticks;
  readonly needsUser: boolean;
  suits(row: TrailRow): boolean;
}

const bySsh = (row: TrailRow): boolean => /(^|\\)sshd(-session)?\.exe$/i.test(row.process ?? '');
const byRdp = (row: TrailRow): boolean => !bySsh(row) && (row.logonType === 3 || row.logonType === 10);
const seconds = (count: number): Ticks => BigInt(count) * TICKS_PER_SECOND;

/**
 * OpenSSH logs a refusal and names user and address within two seconds of the 4625. RdpCoreTS 140 is the same refusal
 * seen by RDP, without the user. 1149 names the user. 131 is only a connection: up to ten seconds before.
 */
const RULES: readonly HintRule[] = [
  { kind: 'ssh', before: seconds(2), after: seconds(2), needsUser: true, suits: bySsh },
  { kind: 'rdpFailed', before: seconds(3), after: seconds(3), needsUser: false, suits: byRdp },
  { kind: 'rdpUser', before: seconds(5), after: seconds(5), needsUser: true, suits: byRdp },
  { kind: 'rdpConnection', before: seconds(10), after: seconds(1), needsUser: false, suits: byRdp },
];
const LONGEST_BEFORE = seconds(10);

/** Whether hints may give a failure an address: it came without one, by RDP or SSH. */
export const wantsAddress = (row: TrailRow): boolean =>
  row.kind === 'failure' && (row.address === null || row.inferredFrom !== null) && (bySsh(row) || byRdp(row));

export const pendingFor = (accountKey: string, row: TrailRow): PendingAddress => ({
  accountKey,
  time: row.time,
  channel: row.channel,
  recordId: row.recordId,
  decidedBy: null,
  ambiguous: false,
});

/** What the hints taken in so far say of one failure. */
export interface Inference {
  readonly decidedBy: number | null;
  readonly ambiguous: boolean;
  readonly address: string | null;
  readonly from: InferredFrom | null;
}

/**
 * One more hint for a failure: the strongest kind near in time decides, and only if all its hints name one address,
 * for two addresses at once are evidence for neither. The order in which hints come makes no difference.
 */
export function weigh(known: Inference, row: TrailRow, user: string, hint: AddressHint): Inference {
  const strength = RULES.findIndex((rule) => rule.kind === hint.kind);
  const rule = RULES[strength];
  if (!rule || (known.decidedBy !== null && known.decidedBy < strength)) return known;
  const sameStrength = known.decidedBy === strength;
  if (sameStrength && known.ambiguous) return known;
  if (row.time - hint.time > rule.before || hint.time - row.time > rule.after) return known;
  if ((rule.needsUser && hint.user !== user) || !rule.suits(row)) return known;
  if (!sameStrength) {
    return { decidedBy: strength, ambiguous: false, address: hint.address, from: hint.from };
  }
  if (known.address !== hint.address) {
    return { decidedBy: strength, ambiguous: true, address: null, from: null };
  }
  const earlier = known.from !== null && known.from.recordId <= hint.from.recordId;
  return earlier ? known : { ...known, from: hint.from };
}

/** All hints (ordered by time) weighed for one failure. */
export function weighAll(row: TrailRow, user: string, hints: readonly AddressHint[]): Inference {
  let found: Inference = { decidedBy: null, ambiguous: false, address: null, from: null };
  for (let i = hints.length - 1; i >= 0; i--) {
    const hint = hints[i];
    if (!hint || row.time - hint.time > LONGEST_BEFORE) break;
    found = weigh(found, row, user, hint);
  }
  return found;
}

/** How long before a hint its failure may lie, in ticks. */
export const reachBefore = (hint: AddressHint): Ticks =>
  RULES.find((rule) => rule.kind === hint.kind)?.after ?? 0n;
