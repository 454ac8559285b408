import { TICKS_PER_SECOND, type Ticks } from '../../shared/time';
import type { AddressHint, TrailRow } from './types';

/** How far a hint may lie before and after a failure, in ticks, by kind: the strongest kind comes first. */
interface HintRule {
  readonly kind: AddressHint['kind'];
  readonly before: Ticks;
  readonly after: Ticks;
  readonly needsUser: boolean;
  suits(row: TrailRow): boolean;
}

const bySsh = (row: TrailRow): boolean => /(^|\\)sshd(-session)?\.exe$/i.test(row.process ?? '');
const byRdp = (row: TrailRow): boolean => !bySsh(row) && (row.logonType === 3 || row.logonType === 10);

/**
 * OpenSSH logs a refusal and names user and address within two seconds of the 4625. RdpCoreTS 140 is the same refusal
 * seen by RDP, without the user. 1149 names the user. 131 is only a connection: up to ten seconds before.
 */
const RULES: readonly HintRule[] = [
  {
    kind: 'ssh',
    before: 2n * TICKS_PER_SECOND,
    after: 2n * TICKS_PER_SECOND,
    needsUser: true,
    suits: bySsh,
  },
  {
    kind: 'rdpFailed',
    before: 3n * TICKS_PER_SECOND,
    after: 3n * TICKS_PER_SECOND,
    needsUser: false,
    suits: byRdp,
  },
  {
    kind: 'rdpUser',
    before: 5n * TICKS_PER_SECOND,
    after: 5n * TICKS_PER_SECOND,
    needsUser: true,
    suits: byRdp,
  },
  {
    kind: 'rdpConnection',
    before: 10n * TICKS_PER_SECOND,
    after: TICKS_PER_SECOND,
    needsUser: false,
    suits: byRdp,
  },
];

/** The widest reach of any hint, in ticks. */
export const HINT_REACH: Ticks = 10n * TICKS_PER_SECOND;

/** Whether a failure could ever be given an address by a hint. */
export const wantsAddress = (row: TrailRow): boolean =>
  row.kind === 'failure' && (row.address === null || row.inferredFrom !== null) && (bySsh(row) || byRdp(row));

/**
 * The hint that gives a failure without an address its address, or null: the strongest kind with a hint near in time
 * decides, and only if all its hints name one address. Two addresses at once are no evidence for either.
 */
export function inferAddress(row: TrailRow, user: string, hints: readonly AddressHint[]): AddressHint | null {
  for (const rule of RULES) {
    if (!rule.suits(row)) continue;
    let found: AddressHint | null = null;
    for (let i = hints.length - 1; i >= 0; i--) {
      const hint = hints[i];
      if (!hint || row.time - hint.time > HINT_REACH) break;
      if (hint.kind !== rule.kind || (rule.needsUser && hint.user !== user)) continue;
      if (row.time - hint.time > rule.before || hint.time - row.time > rule.after) continue;
      if (found && found.address !== hint.address) return null;
      // The nearest hint is named; of equally near ones the later record.
      if (!found || nearer(row, hint, found)) found = hint;
    }
    if (found) return found;
  }
  return null;
}

function nearer(row: TrailRow, a: AddressHint, b: AddressHint): boolean {
  const [da, db] = [distance(row, a), distance(row, b)];
  return da < db || (da === db && a.from.recordId > b.from.recordId);
}

const distance = (row: TrailRow, hint: AddressHint): Ticks =>
  row.time > hint.time ? row.time - hint.time : hint.time - row.time;
