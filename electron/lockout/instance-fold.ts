import { hostLabel } from '../../shared/domain-account';
import type { EventRecord } from '../../shared/evidence';
import type { Filetime } from '../../shared/time';
import { AccountFold, newRecord } from './account-fold';
import { effectOf } from './effects';
import { SAME_MOMENT } from './evidence-state';
import { withGap } from './gaps';
import { pendingFor, reachBefore, wantsAddress, weigh, weighAll } from './inference';
import { MutableMark } from './marks';
import { policyFor } from './policy-facts';
import { MutableTally } from './tally';
import type {
  AccountRecord,
  AccountRef,
  AddressHint,
  CauseHint,
  ChannelMark,
  Gap,
  InstanceModel,
  PendingAddress,
  RecentFailure,
  TrailRow,
} from './types';

/** The most accounts one model holds. */
const ACCOUNTS_KEPT = 256;
const ADDRESSES_KEPT = 256;
const NAMES_KEPT = 256;
/** Rings hold between this many and twice as many. */
const RING = 128;
const CAUSES_KEPT = 32;
const CHANNELS_KEPT = 32;

/** One instance while events are folded into it; owns copies of everything it changes. */
export class InstanceFold {
  private computer: string | null;
  private readonly accounts: Map<string, AccountRecord>;
  private readonly open = new Map<string, AccountFold>();
  private readonly channelMarks = new Map<string, MutableMark>();
  private accountsForgotten: number;
  private readonly unknownNames: MutableTally;
  private readonly addresses: MutableTally;
  private readonly recent: RecentFailure[];
  private readonly hints: AddressHint[];
  private readonly pending: PendingAddress[];
  private readonly causes: CauseHint[];
  private gaps: readonly Gap[];
  private applied: number;
  private lastEventAt: bigint;
  private label = { of: '', is: '' };

  constructor(private readonly model: InstanceModel) {
    this.computer = model.computer;
    this.accounts = new Map(model.accounts);
    this.accountsForgotten = model.accountsForgotten;
    this.unknownNames = new MutableTally(model.unknownNames, NAMES_KEPT);
    this.addresses = new MutableTally(model.addresses, ADDRESSES_KEPT);
    this.recent = model.recentFailures.slice();
    this.hints = model.addressHints.slice();
    this.pending = model.pendingAddresses.slice();
    this.causes = model.causeHints.slice();
    this.gaps = model.gaps;
    this.applied = model.eventsApplied;
    this.lastEventAt = model.lastEventAt;
  }

  apply(event: EventRecord): void {
    if (!this.markOf(event).admit(event.recordId, event.time)) return;
    this.applied++;
    if (event.time > this.lastEventAt) this.lastEventAt = event.time;
    const computer = this.labelOf(event.computer);
    this.computer ??= computer;
    const effect = effectOf(event, { computer, role: this.model.role });
    switch (effect.type) {
      case 'row':
        if (effect.row.kind !== 'failure') this.accountFor(effect.account).apply(effect.account, effect.row);
        else if (effect.exists) this.failed(effect.account, effect.row);
        else this.unknownName(effect.account, effect.row);
        break;
      case 'addressHint':
        this.hinted(effect.hint);
        break;
      case 'causeHint':
        this.causes.push(effect.hint);
        if (this.causes.length > CAUSES_KEPT) this.causes.shift();
        break;
      case 'gap':
        this.gaps = withGap(this.gaps, effect.gap);
        break;
      case 'nothing':
        break;
    }
  }

  snapshot(): InstanceModel {
    for (const [key, fold] of this.open) this.accounts.set(key, fold.snapshot());
    const marks = new Map(this.model.marks);
    for (const [key, mark] of this.channelMarks) marks.set(key, mark.snapshot());
    while (marks.size > CHANNELS_KEPT) marks.delete(stalest(marks));
    return {
      ...this.model,
      computer: this.computer,
      accounts: this.accounts,
      accountsForgotten: this.accountsForgotten,
      unknownNames: this.unknownNames.snapshot(),
      addresses: this.addresses.snapshot(),
      recentFailures: this.recent,
      addressHints: this.hints,
      pendingAddresses: this.pending,
      causeHints: this.causes,
      gaps: this.gaps,
      marks,
      eventsApplied: this.applied,
      lastEventAt: this.lastEventAt,
    };
  }

  private failed(account: AccountRef, seen: TrailRow): void {
    const wants = wantsAddress(seen);
    const found = wants ? weighAll(seen, account.name.toLowerCase(), this.hints) : null;
    const row = found?.from ? { ...seen, address: found.address, inferredFrom: found.from } : seen;
    const taken = this.accountFor(account).apply(account, row);
    if (taken.merged) this.replaceRecent(taken.merged, taken.row, true);
    else {
      this.remember(account.key, true, row);
      if (row.address !== null) this.addresses.add(row.address, row.time, row.inferredFrom !== null);
    }
    if (!found || !wantsAddress(taken.row)) return;
    const { decidedBy, ambiguous } = found;
    addByTime(this.pending, { ...pendingFor(account.key, taken.row), decidedBy, ambiguous });
  }

  /** Guesses at names that do not exist are counted by name only: they never lock anything. */
  private unknownName(account: AccountRef, row: TrailRow): void {
    for (let i = this.recent.length - 1; i >= 0; i--) {
      const other = this.recent[i];
      if (!other || row.time - other.time > SAME_MOMENT) break;
      const pair = other.accountKey === account.key && (other.eventId === 4625) !== (row.eventId === 4625);
      if (!pair || other.exists || other.merged) continue;
      const address = other.address ?? row.address;
      this.recent[i] = { ...other, address, merged: true };
      if (other.address === null && address !== null) this.addresses.add(address, row.time, false);
      return;
    }
    this.remember(account.key, false, row);
    this.unknownNames.add(account.key, row.time, false);
    if (row.address !== null) this.addresses.add(row.address, row.time, false);
  }

  private remember(accountKey: string, exists: boolean, row: TrailRow): void {
    const { time, address, channel, recordId, eventId } = row;
    this.recent.push({ time, accountKey, exists, address, channel, recordId, eventId, merged: false });
    trim(this.recent);
  }

  private replaceRecent(old: TrailRow, row: TrailRow, merged: boolean): void {
    if (old.address !== row.address || old.inferredFrom !== row.inferredFrom) {
      if (old.address !== null) this.addresses.remove(old.address, old.inferredFrom !== null);
      if (row.address !== null) this.addresses.add(row.address, row.time, row.inferredFrom !== null);
    }
    for (let i = this.recent.length - 1; i >= 0; i--) {
      const entry = this.recent[i];
      if (!entry || entry.recordId !== old.recordId || entry.channel !== old.channel) continue;
      const { time, address, channel, recordId, eventId } = row;
      this.recent[i] = {
        ...entry,
        time,
        address,
        channel,
        recordId,
        eventId,
        merged: entry.merged || merged,
      };
      return;
    }
  }

  private hinted(hint: AddressHint): void {
    addByTime(this.hints, hint);
    const reach = reachBefore(hint);
    for (let i = this.pending.length - 1; i >= 0; i--) {
      const waiting = this.pending[i];
      if (!waiting || hint.time - waiting.time > reach) break;
      const decided = this.reconsider(waiting, hint);
      if (decided) this.pending[i] = decided;
    }
  }

  private reconsider(waiting: PendingAddress, hint: AddressHint): PendingAddress | null {
    const fold = this.fold(waiting.accountKey);
    const row = fold?.find(waiting.channel, waiting.recordId);
    if (!fold || !row || !wantsAddress(row)) return null;
    const { decidedBy, ambiguous } = waiting;
    const known = { decidedBy, ambiguous, address: row.address, from: row.inferredFrom };
    const found = weigh(known, row, fold.ref.name.toLowerCase(), hint);
    if (found === known) return null;
    this.replaceRecent(row, fold.readdress(row, found.address, found.from), false);
    return { ...waiting, decidedBy: found.decidedBy, ambiguous: found.ambiguous };
  }

  private accountFor(ref: AccountRef): AccountFold {
    const open = this.open.get(ref.key);
    if (open) return open;
    const record = this.accounts.get(ref.key);
    if (!record && this.accounts.size >= ACCOUNTS_KEPT) this.forgetOne();
    const made = record ?? newRecord(ref);
    if (!record) this.accounts.set(ref.key, made);
    const fold = new AccountFold(made, policyFor(this.model, made));
    this.open.set(ref.key, fold);
    return fold;
  }

  private fold(key: string): AccountFold | undefined {
    const record = this.accounts.get(key);
    return this.open.get(key) ?? (record ? this.accountFor(record.ref) : undefined);
  }

  private forgetOne(): void {
    let oldest: { key: string; lastSeen: bigint } | undefined;
    for (const [key, record] of this.accounts) {
      const fold = this.open.get(key);
      if (fold ? fold.isLocked : record.state.lock !== null) continue;
      const lastSeen = fold?.lastSeen ?? record.lastSeen;
      if (!oldest || lastSeen < oldest.lastSeen) oldest = { key, lastSeen };
    }
    const key = oldest?.key ?? this.accounts.keys().next().value;
    if (key === undefined) return;
    this.accounts.delete(key);
    this.open.delete(key);
    this.accountsForgotten++;
  }

  private markOf(event: EventRecord): MutableMark {
    const key = `${event.computer}|${event.channel}`;
    let mark = this.channelMarks.get(key);
    if (!mark) {
      mark = new MutableMark(this.model.marks.get(key));
      this.channelMarks.set(key, mark);
    }
    return mark;
  }

  private labelOf(computer: string): string {
    if (this.label.of !== computer) this.label = { of: computer, is: hostLabel(computer) };
    return this.label.is;
  }
}

function stalest(marks: ReadonlyMap<string, ChannelMark>): string {
  let found = '';
  let oldest: bigint | undefined;
  for (const [key, { lastTime }] of marks) {
    if (oldest !== undefined && lastTime >= oldest) continue;
    oldest = lastTime;
    found = key;
  }
  return found;
}

/** Rings that are searched by time are kept in its order. */
function addByTime<T extends { readonly time: Filetime }>(ring: T[], entry: T): void {
  let index = ring.length;
  while (index > 0 && (ring[index - 1]?.time ?? 0n) > entry.time) index--;
  if (index === ring.length) ring.push(entry);
  else ring.splice(index, 0, entry);
  trim(ring);
}

function trim(ring: unknown[]): void {
  if (ring.length >= 2 * RING) ring.splice(0, RING);
}
