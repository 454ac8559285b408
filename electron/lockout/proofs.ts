import type { AccountProofs, ProofEvent, TrailRow } from './types';

export const noProofs: AccountProofs = {
  consoleSignIn: null,
  remoteDesktopSignIn: null,
  networkSignIn: null,
  unlock: null,
  passwordReset: null,
  readUnlockedAt: 0n,
  lockSeenAt: 0n,
  failureAt: 0n,
  countedAt: 0n,
};

/** One row on top of what is proven. The newest of each kind stays, in whatever order rows come (R28, R29). Pure. */
export function prove(proofs: AccountProofs, row: TrailRow): AccountProofs {
  const { time } = row;
  switch (row.kind) {
    case 'success':
      if (row.signIn === 'console') return newest(proofs, 'consoleSignIn', row);
      if (row.signIn === 'remoteDesktop') return newest(proofs, 'remoteDesktopSignIn', row);
      return row.signIn === 'network' ? newest(proofs, 'networkSignIn', row) : proofs;
    case 'unlock':
      return newest(proofs, 'unlock', row);
    case 'passwordReset':
      return newest(proofs, 'passwordReset', row);
    case 'lock':
      return latest(proofs, 'lockSeenAt', time);
    case 'failure': {
      const failed = latest(proofs, 'failureAt', time);
      if (row.reason === 'lockedOut') return latest(failed, 'lockSeenAt', time);
      return row.counts === 'no' || row.refuted ? failed : latest(failed, 'countedAt', time);
    }
    case 'reading':
      return row.reading ? read(proofs, row.reading) : proofs;
  }
}

type Instant = 'readUnlockedAt' | 'lockSeenAt' | 'failureAt' | 'countedAt';
type Event = Exclude<keyof AccountProofs, Instant>;

const latest = (proofs: AccountProofs, key: Instant, time: bigint): AccountProofs =>
  time > proofs[key] ? { ...proofs, [key]: time } : proofs;

function newest(proofs: AccountProofs, key: Event, row: TrailRow): AccountProofs {
  const { address, by, recordId, time: at } = row;
  const known: ProofEvent | null = proofs[key];
  if (known && (known.at > at || (known.at === at && known.recordId >= recordId))) return proofs;
  return { ...proofs, [key]: { at, recordId, address, by } };
}

/**
 * R9, R20, R22: only the authority itself says that an account is not locked. Of readings that say the same the first
 * is kept, so that reading again changes nothing.
 */
function read(proofs: AccountProofs, reading: NonNullable<TrailRow['reading']>): AccountProofs {
  const { at, origin, locked, lockoutTime } = reading;
  if (locked === true) {
    return proofs.lockSeenAt > wellAt(proofs) ? proofs : latest(proofs, 'lockSeenAt', at);
  }
  if (origin !== 'local' && origin !== 'pdc') return proofs;
  if (locked !== false && lockoutTime !== 0n) return proofs;
  return proofs.readUnlockedAt > proofs.lockSeenAt ? proofs : latest(proofs, 'readUnlockedAt', at);
}

/** The last time something showed that it was not locked. */
const wellAt = ({
  consoleSignIn,
  remoteDesktopSignIn,
  networkSignIn,
  unlock,
  readUnlockedAt,
}: AccountProofs): bigint =>
  [consoleSignIn, remoteDesktopSignIn, networkSignIn, unlock].reduce(
    (last, event) => (event && event.at > last ? event.at : last),
    readUnlockedAt,
  );
