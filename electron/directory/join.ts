import type { AccountView, InstanceView } from '../../shared/account-status';
import type { DirectoryId } from '../../shared/directory';
import { hostLabel, isDecidedBy, type KnownDomain } from '../../shared/domain-account';
import { type Filetime, filetimeFromMs, TICKS_PER_MS } from '../../shared/time';
import {
  type AccountReading,
  type AccountRef,
  applyAccountReadings,
  type InstanceModel,
  instanceTime,
} from '../lockout';
import type { DomainReading, DomainReadings, WantedAccount } from '../watch/directory-protocol';

/** The newest word of each domain's PDC emulator about the accounts that instances speak of. */
export type DomainTruth = ReadonlyMap<string, DomainReadings>;

/**
 * The instance's model with what the PDC emulator says of its domain accounts (R20, R26, R29): the same account has the
 * same state wherever its failures were seen, at a member or at another domain controller. Instants are put on the
 * instance's clock. Pure.
 */
export function joinTruth(model: InstanceModel, truth: DomainTruth): InstanceModel {
  if (truth.size === 0) return model;
  const readings: AccountReading[] = [];
  for (const known of truth.values()) {
    const bySid = new Map(known.readings.map((reading) => [reading.sid, reading]));
    const byName = new Map(known.readings.map((reading) => [reading.name.toLowerCase(), reading]));
    for (const { ref } of model.accounts.values()) {
      if (!isDecidedBy(known.domain, ref)) continue;
      const found = ref.sid === null ? byName.get(ref.name.toLowerCase()) : bySid.get(ref.sid);
      if (found) readings.push(onInstance(model, ref, found, known.clockOffsetMs));
    }
  }
  return applyAccountReadings(model, readings);
}

function onInstance(
  model: InstanceModel,
  { name, domain }: Pick<AccountRef, 'name' | 'domain'>,
  reading: DomainReading,
  clockOffsetMs: number,
): AccountReading {
  const shift = model.clockOffset - BigInt(Math.round(clockOffsetMs)) * TICKS_PER_MS;
  const moved = (at: Filetime | null): Filetime | null => (at === null || at === 0n ? at : at + shift);
  return {
    name,
    domain,
    sid: reading.sid,
    at: instanceTime(model, filetimeFromMs(reading.atMs)),
    origin: 'pdc',
    enabled: reading.enabled,
    locked: reading.locked,
    badPasswordCount: reading.badPasswordCount,
    badPasswordTime: moved(reading.badPasswordTime),
    lockoutTime: moved(reading.lockoutTime),
    policy: reading.policy,
  };
}

const MOST_WANTED = 500;

/** The domain accounts that instances' evidence speaks of, each once. */
export function wantedOf(
  views: readonly InstanceView[],
  domains: readonly KnownDomain[],
): readonly WantedAccount[] {
  const wanted = new Map<string, WantedAccount>();
  for (const account of views.flatMap(({ accounts }) => accounts)) {
    const { name, sid } = account;
    const domain = account.authority === 'elsewhere' ? account.domain : ownDomain(account, domains);
    if (domain === null) continue;
    const key = sid ?? `${hostLabel(domain)}\\${name.toLowerCase()}`;
    if (!wanted.has(key) && wanted.size < MOST_WANTED) wanted.set(key, { domain, name, sid });
  }
  return [...wanted.values()];
}

/** Of an account that a domain controller keeps: all of the domain's are there, and those that nobody tried are left out. */
function ownDomain(account: AccountView, domains: readonly KnownDomain[]): string | null {
  if (account.status === 'clear' && account.lastFailureAtMs === null) return null;
  const domain = domains.find((one) => isDecidedBy(one, account));
  return domain ? (domain.netbiosName ?? domain.dnsDomain) : null;
}

/**
 * Views without the accounts that a directory speaks for: what is told of an account is told once. While a directory is
 * among the `silent`, nobody would tell of what a domain controller knows by itself: that is left to it.
 */
export function withoutCovered(
  views: readonly InstanceView[],
  truth: DomainTruth,
  silent: ReadonlySet<DirectoryId>,
): readonly InstanceView[] {
  if (truth.size === 0) return views;
  const own = (account: AccountView): boolean =>
    ![...truth.values()].some(
      ({ id, domain }) =>
        isDecidedBy(domain, account) && (account.authority === 'elsewhere' || !silent.has(id)),
    );
  return views.map((view) =>
    view.accounts.every(own) ? view : { ...view, accounts: view.accounts.filter(own) },
  );
}
