import { describe, expect, it } from 'vitest';
import { appError } from '../../shared/errors';
import { err, ok } from '../../shared/result';
import { filetimeFromMs } from '../../shared/time';
import type { StoredAccount } from '../sources/directory/accounts';
import type { DirectoryAttempt } from '../storage/directory-attempts';
import { type PdcAttemptStore, PdcAttempts } from './pdc-attempts';

const DIRECTORY = '00000000-0000-4000-8000-000000000009';
const START = Date.UTC(2026, 0, 5);
const SID = 'S-1-5-21-1-2-3-1104';

/** Seconds after the start, on the controller's clock. */
const at = (seconds: number) => filetimeFromMs(START + seconds * 1000);

const account = (count: number, badAt: bigint, changes: Partial<StoredAccount> = {}): StoredAccount => ({
  key: SID,
  name: 'Anna',
  displayName: null,
  userPrincipalName: null,
  dn: 'CN=Anna,DC=lab,DC=test',
  kind: 'user',
  enabled: true,
  badPasswordCount: count,
  badPasswordTime: badAt,
  lockoutTime: 0n,
  lockedFlag: null,
  passwordSet: 1n,
  lastLogon: 0n,
  psoDn: null,
  usn: null,
  odd: [],
  ...changes,
});

function storeOf(before: readonly { sid: string; at: bigint; count: number }[] = []) {
  const kept: DirectoryAttempt[] = [];
  let full = false;
  const store: PdcAttemptStore = {
    keepDirectoryAttempts(attempts) {
      if (full) return err(appError('file.diskFull'));
      kept.push(...attempts);
      return ok({ stored: attempts.length });
    },
    lastDirectoryFailures: () => ok([...before]),
  };
  return { store, kept, setFull: (value: boolean) => (full = value) };
}

function watching(before: Parameters<typeof storeOf>[0] = []) {
  const { store, kept, setFull } = storeOf(before);
  const attempts = new PdcAttempts(DIRECTORY, () => store);
  const read = (seconds: number, accounts: readonly StoredAccount[], whole = false, clockOffsetMs = 0) =>
    attempts.seen({ accounts, readAtMs: START + seconds * 1000, clockOffsetMs, whole });
  return { read, kept, setFull };
}

describe('what a PDC emulator counted between two readings', () => {
  it('is kept once, with the last time and how many', () => {
    const { read, kept } = watching();
    read(0, [], true);
    read(10, [account(2, at(8))]);
    read(20, [account(2, at(8))], true);
    read(30, [account(3, at(25))]);
    expect(kept).toMatchObject([
      { sid: SID, name: 'Anna', what: 'wrong', at: at(8), failures: 2, sinceMs: START },
      { what: 'wrong', at: at(25), atMs: START + 25_000, failures: 1, sinceMs: START + 20_000 },
    ]);
  });

  it('is told on our clock', () => {
    const { read, kept } = watching();
    read(0, [account(1, at(7200))], true, 7_200_000);
    expect(kept).toMatchObject([{ at: at(7200), atMs: START }]);
  });

  it('a count that a right password cleared begins anew', () => {
    const { read, kept } = watching();
    read(0, [account(2, at(-5))], true);
    read(10, [], true);
    read(20, [account(3, at(15))], true);
    expect(kept.map(({ failures }) => failures)).toEqual([2, 3]);
  });

  it('a lock that is gone is an unlock', () => {
    const { read, kept } = watching();
    read(0, [account(3, at(-1), { lockoutTime: at(-1) })]);
    read(10, [account(0, at(-1))]);
    expect(kept.map(({ what, atMs }) => [what, atMs])).toEqual([
      ['wrong', START - 1000],
      ['unlocked', START + 10_000],
    ]);
  });

  it('after a start only what moved since is kept', () => {
    const { read, kept } = watching([{ sid: SID, at: at(-60), count: 2 }]);
    read(0, [account(2, at(-60))], true);
    expect(kept).toEqual([]);
    read(10, [account(4, at(5))]);
    expect(kept).toMatchObject([{ failures: 2, sinceMs: START }]);
  });

  it('is offered again when the disk was full', () => {
    const { read, kept, setFull } = watching();
    setFull(true);
    expect(read(0, [account(2, at(-5))], true)?.ok).toBe(false);
    setFull(false);
    read(10, [account(2, at(-5))], true);
    expect(kept).toHaveLength(1);
  });

  it('is nothing for trust accounts, which never lock (R9)', () => {
    const { read, kept } = watching();
    read(0, [account(9, at(-5), { kind: 'trust' })], true);
    expect(kept).toEqual([]);
  });
});
