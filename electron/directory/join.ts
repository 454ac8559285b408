import type { AccountView, InstanceView } from '../../shared/account-status';
import { type Filetime, filetimeFromMs, TICKS_PER_MS } from '../../shared/time';
import {
  type AccountReading,
  applyAccountReadings,
  hostLabel,
  type InstanceModel,
  instanceTime,
} from '../lockout';
import { isDomain } from '../watch/directory-domain-name';
import type { DomainReading, DomainReadings, WantedAccount } from '../watch/directory-protocol';

/** The newest word of each domain's PDC emulator about the accounts that instances speak of. */
export type DomainTruth = ReadonlyMap<string, DomainReadings>;

const isThis = (domain: string, { netbiosName, dnsDomain }: DomainReadings): boolean =>
  isDomain(domain, netbiosName, dnsDomain);

/** Whether some watched directory decides about accounts of this domain. */
export const covers = (truth: DomainTruth, domain: string | null): boolean =>
  domain !== null && [...truth.values()].some((readings) => isThis(domain, readings));

/**
 * The instance's model with what the PDC emulator says of its domain accounts (R26, R29): the same account has the same
 * state wherever its failures were seen. Instants are put on the instance's clock. Pure.
 */
export function joinTruth(model: InstanceModel, truth: DomainTruth): InstanceModel {
  if (truth.size === 0) return model;
  const readings: AccountReading[] = [];
  for (const { ref } of model.accounts.values()) {
    const { domain, name, sid, authority } = ref;
    if (authority !== 'elsewhere' || domain === null) continue;
    for (const known of truth.values()) {
      if (!isThis(domain, known)) continue;
      const found = known.readings.find((reading) =>
        sid === null ? reading.name.toLowerCase() === name.toLowerCase() : reading.sid === sid,
      );
      if (found) readings.push(onInstance(model, domain, name, found, known.clockOffsetMs));
    }
  }
  return applyAccountReadings(model, readings);
}

function onInstance(
  model: InstanceModel,
  domain: string,
  name: string,
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
export function wantedOf(views: readonly InstanceView[]): readonly WantedAccount[] {
  const wanted = new Map<string, WantedAccount>();
  for (const { accounts } of views) {
    for (const { authority, domain, name, sid } of accounts) {
      if (authority !== 'elsewhere' || domain === null) continue;
      const key = sid ?? `${hostLabel(domain)}\\${name.toLowerCase()}`;
      if (!wanted.has(key) && wanted.size < MOST_WANTED) wanted.set(key, { domain, name, sid });
    }
  }
  return [...wanted.values()];
}

/** Views without the accounts that a directory speaks for: what is told of an account is told once. */
export function withoutCovered(views: readonly InstanceView[], truth: DomainTruth): readonly InstanceView[] {
  if (truth.size === 0) return views;
  const own = ({ authority, domain }: AccountView): boolean =>
    authority !== 'elsewhere' || !covers(truth, domain);
  return views.map((view) =>
    view.accounts.every(own) ? view : { ...view, accounts: view.accounts.filter(own) },
  );
}
