import { describe, expect, it } from 'vitest';
import { ok } from '../../shared/result';
import type { AddressSurvey, AttemptRow } from '../storage/attempts';
import type { DirectoryAttemptRow } from '../storage/directory-attempts';
import { type TradeOffQuestion, tradeOff } from './trade-off';

const ONE = '00000000-0000-4000-8000-000000000001';
const TWO = '00000000-0000-4000-8000-000000000002';
const DIRECTORY = '00000000-0000-4000-8000-000000000009';
const START = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;

type Row = Omit<AttemptRow, 'id'>;
const wrong = (atMs: number, account: string, address: string | null = '203.0.113.9'): Row => ({
  atMs: START + atMs,
  account,
  address,
  what: 'wrong',
});

type Counted = Omit<DirectoryAttemptRow, 'id'>;
/** What the PDC emulator counted of one account: so many failures since a reading. */
const counted = (atMs: number, failures: number, changes: Partial<Counted> = {}): Counted => ({
  atMs: START + atMs,
  sinceMs: START + atMs - 20_000,
  sid: 'S-1-5-21-1-2-3-1104',
  name: 'Anna',
  what: 'wrong',
  failures,
  ...changes,
});

/** A store of plain rows that pages as the real one does. */
function storeOf(rows: Readonly<Record<string, readonly Row[]>>, atPdc: readonly Counted[] = []) {
  const asked: number[] = [];
  const of = (instanceId: string): readonly AttemptRow[] =>
    (rows[instanceId] ?? []).map((row, index) => ({ ...row, id: index + 1 }));
  return {
    asked,
    queries: {
      addressSurvey: ({ instanceId }: { instanceId: string }) => {
        const all = of(instanceId);
        const survey = [...new Set(all.map(({ address }) => address))].map((address): AddressSurvey => {
          const its = all.filter((row) => row.address === address);
          const failed = its.filter(({ what }) => what === 'wrong' || what === 'refused');
          const names = new Set(its.map(({ account }) => account)).size;
          const successes = its.filter(({ what }) => what === 'right').length;
          return { address, names, failures: failed.length, successes };
        });
        return ok(survey);
      },
      attempts: (
        { instanceId }: { instanceId: string },
        after: { atMs: number; id: number },
        limit: number,
      ) => {
        asked.push(after.id);
        return ok(
          of(instanceId)
            .filter(({ atMs, id }) => atMs > after.atMs || (atMs === after.atMs && id > after.id))
            .slice(0, limit),
        );
      },
      directoryAttempts: (_query: unknown, after: { atMs: number; id: number }, limit: number) =>
        ok(
          atPdc
            .map((row, index) => ({ ...row, id: index + 1 }))
            .filter(({ atMs, id }) => atMs > after.atMs || (atMs === after.atMs && id > after.id))
            .slice(0, limit),
        ),
    },
  };
}

const question = (asked: Partial<TradeOffQuestion>): TradeOffQuestion => ({
  instances: [ONE],
  domain: null,
  directory: null,
  fromMs: START,
  toMs: START + 24 * HOUR,
  current: { threshold: 10, windowMinutes: 10, durationMinutes: 10 },
  inForce: { lockoutAdmins: true, source: 'local' },
  choices: [{ threshold: 5, windowMinutes: 30, durationMinutes: 30 }],
  administrators: [],
  ...asked,
});

async function answered(
  rows: Parameters<typeof storeOf>[0],
  asked: Partial<TradeOffQuestion> = {},
  atPdc: readonly Counted[] = [],
) {
  const store = storeOf(rows, atPdc);
  const result = await tradeOff(
    store as unknown as Parameters<typeof tradeOff>[0],
    question(asked),
    new AbortController().signal,
  );
  if (!result.ok) throw new Error(result.error.code);
  return { ...result.value, asked: store.asked };
}

describe('the replay of stored evidence', () => {
  it('reads many pages, each attempt once', async () => {
    const rows = Array.from({ length: 12_000 }, (_, index) => wrong(index * 1000, 'administrator'));
    const { attempts, current, asked } = await answered({ [ONE]: rows });
    expect(attempts).toEqual({ guessers: 12_000, users: 0, unknown: 0 });
    expect(current && current.guessesJudged + current.guessesRefused).toBe(12_000);
    expect(asked).toEqual([-1, 5000, 10_000]);
  });

  it('R26: an attempt on a domain account that two machines saw is one attempt', async () => {
    const rows = {
      [ONE]: [wrong(0, 'corp\\anna', '10.0.0.5'), wrong(60_000, 'corp\\anna', '10.0.0.5')],
      [TWO]: [wrong(900, 'corp\\anna', '10.0.0.5'), wrong(90_000, 'corp\\anna', '10.0.0.5')],
    };
    const { attempts } = await answered(rows, { instances: [ONE, TWO], domain: 'corp' });
    expect(attempts).toEqual({ guessers: 0, users: 3, unknown: 0 });
  });

  it("leaves other domains' and local accounts out of a domain", async () => {
    const rows = { [ONE]: [wrong(0, 'administrator'), wrong(5, 'other\\bob'), wrong(9, 'corp\\bob')] };
    expect((await answered(rows, { domain: 'corp' })).accounts).toBe(1);
  });

  it('R4: a built-in Administrator that does not lock is replayed as such', async () => {
    const rows = { [ONE]: Array.from({ length: 40 }, (_, index) => wrong(index * 100, 'administrator')) };
    const inForce = { lockoutAdmins: false, source: 'local' } as const;
    const exempt = await answered(rows, { administrators: ['administrator'], inForce });
    expect(exempt.current).toMatchObject({ lockouts: 0, guessesJudged: 40 });
    expect((await answered(rows, { inForce })).current).toMatchObject({ lockouts: 1, guessesJudged: 10 });
  });

  it('says nothing of a source without an address', async () => {
    const rows = { [ONE]: Array.from({ length: 40 }, (_, index) => wrong(index * 100, 'svc', null)) };
    const { attempts, current } = await answered(rows);
    expect(attempts).toEqual({ guessers: 0, users: 0, unknown: 40 });
    expect(current).toMatchObject({ lockouts: 1, lockoutsByUsers: 0, guessesJudged: 0 });
  });

  it('ends between two pages when it is called off', async () => {
    const rows = { [ONE]: Array.from({ length: 12_000 }, (_, index) => wrong(index, 'administrator')) };
    const store = storeOf(rows) as unknown as Parameters<typeof tradeOff>[0];
    const ended = await tradeOff(store, question({}), AbortSignal.abort());
    expect(ended.ok ? '' : ended.error.code).toBe('app.cancelled');
  });
});

describe('what the PDC emulator counted', () => {
  const ofDirectory = {
    directory: DIRECTORY,
    domain: 'corp',
    choices: [{ threshold: 3, windowMinutes: 30, durationMinutes: 30 }],
  };

  it('is replayed as attempts of nobody known, where no instance saw them', async () => {
    const { attempts, accounts, current, chosen } = await answered({}, ofDirectory, [
      counted(30_000, 2),
      counted(60_000, 2),
    ]);
    expect(attempts).toEqual({ guessers: 0, users: 0, unknown: 4 });
    expect(accounts).toBe(1);
    expect(current).toMatchObject({ lockouts: 0 });
    expect(chosen).toMatchObject([{ lockouts: 1, lockoutsByUsers: 0 }]);
  });

  it('R26: is the attempt that an instance logged within two seconds, and the instance knows from where', async () => {
    const rows = {
      [ONE]: [
        wrong(29_000, 'corp\\anna', '10.0.0.5'),
        wrong(31_500, 'corp\\anna', '10.0.0.5'),
        // Of another reading's time, and of another account: neither is one of the three.
        wrong(40_000, 'corp\\anna', '10.0.0.5'),
        wrong(29_500, 'corp\\bob', '10.0.0.5'),
      ],
    };
    const { attempts } = await answered(rows, { ...ofDirectory, instances: [ONE] }, [counted(30_000, 3)]);
    expect(attempts).toEqual({ guessers: 0, users: 4, unknown: 1 });
  });

  it('an attempt that an instance logged is taken off one reading only', async () => {
    const rows = { [ONE]: [wrong(30_000, 'corp\\anna', '10.0.0.5')] };
    const { attempts } = await answered(rows, { ...ofDirectory, instances: [ONE] }, [
      counted(29_500, 1),
      counted(31_000, 1, { sinceMs: START + 29_900 }),
    ]);
    expect(attempts).toEqual({ guessers: 0, users: 1, unknown: 1 });
  });

  it('what was logged before the reading began is not what it counted', async () => {
    const rows = { [ONE]: [wrong(1_000, 'corp\\anna', '10.0.0.5')] };
    const { attempts } = await answered(rows, { ...ofDirectory, instances: [ONE] }, [counted(30_000, 1)]);
    expect(attempts).toEqual({ guessers: 0, users: 1, unknown: 1 });
  });

  it('an unlock there ends a lock that would hold until an admin', async () => {
    const untilAdmin = { threshold: 3, windowMinutes: 30, durationMinutes: 0 };
    const { chosen } = await answered({}, { ...ofDirectory, choices: [untilAdmin] }, [
      counted(30_000, 3),
      counted(630_000, 0, { what: 'unlocked' }),
      counted(700_000, 3),
    ]);
    expect(chosen).toMatchObject([{ lockouts: 2, lockedAccounts: 1 }]);
    expect(chosen[0]?.lockedSeconds).toBeCloseTo(600 + 24 * 3600 - 702, -1);
  });

  it('R4: its built-in Administrator is told by the SID', async () => {
    const inForce = { lockoutAdmins: false, source: 'domain' } as const;
    const { chosen } = await answered({}, { ...ofDirectory, inForce }, [
      counted(30_000, 9, { sid: 'S-1-5-21-1-2-3-500', name: 'Administrator' }),
    ]);
    expect(chosen).toMatchObject([{ lockouts: 0 }]);
  });

  it('is not asked for an instance', async () => {
    const { attempts } = await answered({}, {}, [counted(30_000, 2)]);
    expect(attempts).toEqual({ guessers: 0, users: 0, unknown: 0 });
  });
});
