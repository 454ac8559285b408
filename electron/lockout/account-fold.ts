import type { LockoutPolicy } from '../../shared/policy';
import { noEvidence, SAME_MOMENT, step } from './evidence-state';
import { mergeRef } from './identity';
import { noProofs, prove } from './proofs';
import { emptyTally, MutableTally } from './tally';
import { comesBefore, findPartner, insert, merge, TRAIL_LENGTH } from './trail';
import type {
  AccountProofs,
  AccountRecord,
  AccountRef,
  EvidenceState,
  FailureReason,
  TrailRow,
} from './types';

const SOURCES_KEPT = 64;
const MARKS_KEPT = 32;

export const newRecord = (ref: AccountRef): AccountRecord => ({
  ref,
  enabled: null,
  policy: null,
  base: noEvidence,
  folded: 0,
  state: noEvidence,
  trail: [],
  firstSeen: 0n,
  lastSeen: 0n,
  failuresCounted: 0,
  failuresByReason: {},
  failuresWithoutAddress: 0,
  addresses: emptyTally,
  workstations: emptyTally,
  marks: [],
  proofs: noProofs,
});

/** One account while rows are folded into it; owns copies of everything it changes. */
export class AccountFold {
  ref: AccountRef;
  policy: LockoutPolicy | null;
  lastSeen: bigint;
  private enabled: boolean | null;
  private base: EvidenceState;
  private folded: number;
  private state: EvidenceState;
  private readonly trail: TrailRow[];
  private firstSeen: bigint;
  private failuresCounted: number;
  private readonly failuresByReason: Partial<Record<FailureReason, number>>;
  private failuresWithoutAddress: number;
  private readonly addresses: MutableTally;
  private readonly workstations: MutableTally;
  private readonly marks: TrailRow[];
  private proofs: AccountProofs;

  constructor(
    record: AccountRecord,
    /** The policy that judges it now; null while not read. */
    private judgedBy: LockoutPolicy | null,
  ) {
    this.ref = record.ref;
    this.enabled = record.enabled;
    this.policy = record.policy;
    this.base = record.base;
    this.folded = record.folded;
    this.state = record.state;
    this.trail = record.trail.slice();
    this.firstSeen = record.firstSeen;
    this.lastSeen = record.lastSeen;
    this.failuresCounted = record.failuresCounted;
    this.failuresByReason = { ...record.failuresByReason };
    this.failuresWithoutAddress = record.failuresWithoutAddress;
    this.addresses = new MutableTally(record.addresses, SOURCES_KEPT);
    this.workstations = new MutableTally(record.workstations, SOURCES_KEPT);
    this.marks = record.marks.slice();
    this.proofs = record.proofs;
  }

  get isLocked(): boolean {
    return this.state.lock !== null;
  }

  /** Takes in one row. A merged row is returned in place of its own: the attempt was known already (R26). */
  apply(ref: AccountRef, row: TrailRow): { readonly row: TrailRow; readonly merged: TrailRow | null } {
    this.ref = mergeRef(this.ref, ref);
    if (this.firstSeen === 0n || row.time < this.firstSeen) this.firstSeen = row.time;
    if (row.time > this.lastSeen) this.lastSeen = row.time;
    this.proofs = prove(this.proofs, row);
    if (row.kind === 'failure') {
      const partner = findPartner(this.trail, row);
      const old = this.trail[partner];
      if (old) return { row: this.replace(partner, merge(old, row)), merged: old };
      this.countFailure(row);
    }
    if (row.kind === 'lock' || row.kind === 'unlock') {
      insert(this.marks, row);
      if (this.marks.length > MARKS_KEPT) this.marks.shift();
    }
    this.place(row);
    return { row, merged: null };
  }

  applyReading(ref: AccountRef, row: TrailRow): void {
    const { reading } = row;
    if (!reading) return;
    if (reading.enabled !== null) this.enabled = reading.enabled;
    // Polling must not push the failures out: of equal readings in a row the first and the last are kept.
    const last = this.trail[this.trail.length - 1];
    const before = this.trail[this.trail.length - 2];
    if (last && before && sameReading(last, row) && sameReading(before, row) && !comesBefore(row, last)) {
      this.trail.pop();
      this.ref = mergeRef(this.ref, ref);
      this.lastSeen = row.time;
      this.proofs = prove(this.proofs, row);
      this.place(row);
    } else this.apply(ref, row);
    if (reading.badPasswordTime !== null && (reading.origin === 'pdc' || reading.origin === 'local')) {
      this.refute(reading.badPasswordTime + SAME_MOMENT, reading.at);
    }
  }

  find(channel: string, recordId: number): TrailRow | undefined {
    return this.trail[this.indexOf(channel, recordId)];
  }

  /** Gives a row another address, or takes an inferred one away. */
  readdress(row: TrailRow, address: string | null, from: TrailRow['inferredFrom']): TrailRow {
    const index = this.indexOf(row.channel, row.recordId);
    return index < 0 ? row : this.replace(index, { ...row, address, inferredFrom: from });
  }

  /** A changed policy holds from now on: what came before was judged by the old one (R16). */
  changePolicy(judgedBy: LockoutPolicy | null): void {
    if (this.judgedBy) {
      this.base = this.state;
      this.folded = this.trail.length;
    }
    this.judgedBy = judgedBy;
    if (judgedBy && judgedBy.threshold > 0 && this.base.badPasswordCount > judgedBy.threshold) {
      this.base = { ...this.base, badPasswordCount: judgedBy.threshold };
    }
    this.recompute();
  }

  snapshot(): AccountRecord {
    return {
      ref: this.ref,
      enabled: this.enabled,
      policy: this.policy,
      base: this.base,
      folded: this.folded,
      state: this.state,
      trail: this.trail,
      firstSeen: this.firstSeen,
      lastSeen: this.lastSeen,
      failuresCounted: this.failuresCounted,
      failuresByReason: this.failuresByReason,
      failuresWithoutAddress: this.failuresWithoutAddress,
      addresses: this.addresses.snapshot(),
      workstations: this.workstations.snapshot(),
      marks: this.marks,
      proofs: this.proofs,
    };
  }

  private place(row: TrailRow): void {
    const index = insert(this.trail, row);
    if (index === this.trail.length - 1) this.state = step(this.state, row, this.judgedBy, this.ref);
    else {
      if (index < this.folded) this.folded++;
      this.recompute();
    }
    if (this.trail.length <= TRAIL_LENGTH) return;
    const oldest = this.trail.shift();
    if (this.folded > 0) this.folded--;
    // A row that is older than all that is kept comes too late to change what they were folded upon.
    else if (oldest && oldest !== row) this.base = step(this.base, oldest, this.judgedBy, this.ref);
  }

  private recompute(): void {
    let state = this.base;
    for (let i = this.folded; i < this.trail.length; i++) {
      const row = this.trail[i];
      if (row) state = step(state, row, this.judgedBy, this.ref);
    }
    this.state = state;
  }

  private countFailure(row: TrailRow): void {
    if (row.counts === 'yes') this.failuresCounted++;
    if (row.reason) this.failuresByReason[row.reason] = (this.failuresByReason[row.reason] ?? 0) + 1;
    this.countSource(row);
    if (row.workstation) this.workstations.add(row.workstation.toLowerCase(), row.time, false);
  }

  private countSource(row: TrailRow): void {
    if (row.address === null) this.failuresWithoutAddress++;
    else this.addresses.add(row.address, row.time, row.inferredFrom !== null);
  }

  private uncountSource(row: TrailRow): void {
    if (row.address === null) this.failuresWithoutAddress--;
    else this.addresses.remove(row.address, row.inferredFrom !== null);
  }

  private replace(index: number, row: TrailRow): TrailRow {
    const old = this.trail[index];
    if (!old) return row;
    if (old.address !== row.address || old.inferredFrom !== row.inferredFrom) {
      this.uncountSource(old);
      this.countSource(row);
    }
    if (old.workstation === null && row.workstation !== null) {
      this.workstations.add(row.workstation.toLowerCase(), row.time, false);
    }
    if (old.time === row.time && old.recordId === row.recordId && old.logonType === row.logonType) {
      this.trail[index] = row;
    } else {
      this.trail.splice(index, 1);
      const moved = insert(this.trail, row);
      if (index < this.folded !== moved < this.folded) this.folded += moved < this.folded ? 1 : -1;
      this.recompute();
    }
    return row;
  }

  /** R14: failures after the last counted one were not counted, whatever the log says. Instants in ticks. */
  private refute(after: bigint, until: bigint): void {
    let changed = false;
    for (let i = this.trail.length - 1; i >= 0; i--) {
      const row = this.trail[i];
      if (!row || row.time <= after) break;
      if (row.time > until || row.kind !== 'failure' || row.counts !== 'yes' || row.refuted) continue;
      this.trail[i] = { ...row, refuted: true };
      this.failuresCounted--;
      changed = true;
    }
    if (changed) this.recompute();
  }

  private indexOf(channel: string, recordId: number): number {
    for (let i = this.trail.length - 1; i >= 0; i--) {
      const row = this.trail[i];
      if (row && row.recordId === recordId && row.channel === channel && row.kind !== 'reading') return i;
    }
    return -1;
  }
}

function sameReading(a: TrailRow, b: TrailRow): boolean {
  const [x, y] = [a.reading, b.reading];
  if (!x || !y) return false;
  return (
    x.origin === y.origin &&
    x.locked === y.locked &&
    x.enabled === y.enabled &&
    x.badPasswordCount === y.badPasswordCount &&
    x.badPasswordTime === y.badPasswordTime &&
    x.lockoutTime === y.lockoutTime
  );
}
