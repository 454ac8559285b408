import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../shared/evidence';
import type { LockoutPolicy } from '../../shared/policy';
import { ticksFromSeconds } from '../../shared/time';
import {
  type AccountState,
  type Attempt,
  applyAttempt,
  effectiveCount,
  isLocked,
  newAccount,
} from './account';
import { decodeModel, encodeModel } from './codec';
import { applyAccountReadings, applyEvents, applyGap } from './model';
import { ranked } from './tally';
import {
  at,
  cleared,
  failure,
  lockEvent,
  rdpHint,
  ready,
  recordOf,
  refusal,
  SID,
  sshFailure,
  sshHint,
  statusAt,
  success,
  THREE,
  unlockEvent,
  validation,
} from './testing/events';
import type { InstanceModel, Tally } from './types';

const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  fc.record({
    kind: fc.constant('logon' as const),
    route: fc.constantFrom('ntlmNetwork', 'kerberos', 'interactive', 'console'),
    password: fc.oneof(
      fc.constantFrom('right' as const, 'wrong' as const),
      fc.record({ old: fc.integer({ min: 1, max: 4 }) }),
    ),
  }),
  fc.record({
    kind: fc.constant('passwordChange' as const),
    password: fc.constantFrom('right' as const, 'wrong' as const),
  }),
);
const policy: fc.Arbitrary<LockoutPolicy> = fc
  .record({
    threshold: fc.integer({ min: 0, max: 6 }),
    window: fc.integer({ min: 1, max: 600 }),
    extra: fc.integer({ min: 0, max: 600 }),
    forever: fc.boolean(),
  })
  .map(({ threshold, window, extra, forever }) => ({
    threshold,
    observationWindow: ticksFromSeconds(window),
    lockoutDuration: forever ? 'untilAdmin' : ticksFromSeconds(window + extra),
    lockoutAdmins: true,
    source: 'local',
  }));
const history = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), attempt), { maxLength: 40 });

describe('the account state machine, whatever happens', () => {
  it('R7 R18 never counts more than there were attempts, nor above the threshold what can be locked', () => {
    fc.assert(
      fc.property(
        policy,
        history,
        fc.constantFrom('user', 'builtinAdministrator', 'trust'),
        (rules, steps, kind) => {
          let state: AccountState = newAccount(kind);
          let now = at(0);
          let wrong = 0;
          for (const [wait, one] of steps) {
            now += ticksFromSeconds(wait);
            const outcome = applyAttempt(state, one, rules, now);
            if (outcome.result === 'wrongPassword') wrong++;
            state = outcome.state;
            const most = kind === 'trust' && rules.threshold > 0 ? wrong : Math.min(rules.threshold, wrong);
            expect(state.badPasswordCount).toBeLessThanOrEqual(most);
            expect(state.badPasswordTime).toBeLessThanOrEqual(now);
          }
        },
      ),
    );
  });

  it('R6 the effective count ends at the exact tick', () => {
    fc.assert(
      fc.property(
        policy,
        fc.integer({ min: 1, max: 9 }),
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        (rules, count, late) => {
          const state = { badPasswordCount: count, badPasswordTime: at(0) };
          const end = at(0) + rules.observationWindow;
          expect(effectiveCount(state, rules, end)).toBe(count);
          expect(effectiveCount(state, rules, end + 1n + late)).toBe(0);
        },
      ),
    );
  });

  it('R8 nothing changes while locked, and R9 time alone never ends an until-admin lock', () => {
    fc.assert(
      fc.property(policy, history, fc.bigInt({ min: 0n, max: 10n ** 17n }), (rules, steps, later) => {
        const forever: LockoutPolicy = { ...rules, lockoutDuration: 'untilAdmin' };
        const locked: AccountState = {
          ...newAccount(),
          badPasswordCount: 1,
          badPasswordTime: at(0),
          lockoutTime: at(0),
        };
        let state = locked;
        let now = at(0);
        for (const [wait, one] of steps) {
          now += ticksFromSeconds(wait);
          state = applyAttempt(state, one, forever, now).state;
        }
        expect(state).toEqual(locked);
        expect(isLocked(state, forever, now + later)).toBe(true);
      }),
    );
  });
});

type Make = (recordId: number, seconds: number) => EventRecord;
const makes: readonly Make[] = [
  (id, s) => failure(id, s),
  (id, s) => failure(id, s, { IpAddress: '203.0.113.9' }),
  (id, s) => failure(id, s, { IpAddress: '-' }),
  (id, s) => failure(id, s, { TargetUserName: 'bob' }),
  (id, s) => failure(id, s, { TargetUserName: 'ghost', SubStatus: '0xC0000064' }),
  (id, s) => failure(id, s, { SubStatus: '0x0' }),
  (id, s) => validation(id, s),
  (id, s) => sshFailure(id, s),
  (id, s) => refusal(id, s),
  (id, s) => lockEvent(id, s),
  (id, s) => unlockEvent(id, s),
  (id, s) => success(id, s),
  (id, s) => cleared(id, s),
  (id, s) => sshHint(id, s, 'alice', '198.51.100.7'),
  (id, s) => rdpHint(id, s, 140, '198.51.100.8'),
  (id, s) => rdpHint(id, s, 131, '198.51.100.9'),
];

/** A log of one machine: time goes on, record ids go on within each channel. */
const logOf = (choices: readonly Make[], longest: number): fc.Arbitrary<EventRecord[]> =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom(...choices)), { maxLength: longest })
    .map((steps) => {
      let tenths = 0;
      return steps.map(([wait, make], i) => {
        tenths += wait;
        return make(i + 1, tenths / 10);
      });
    });
const log = logOf(makes, 120);
const counts = (tally: Tally) => ranked(tally).map(({ key, count, inferred }) => [key, count, inferred]);
const text = (model: InstanceModel): string => encodeModel(model);

describe('the fold, whatever the log', () => {
  it('gives the same for any way to cut a log into batches', () => {
    fc.assert(
      fc.property(log, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (events, sizes) => {
        let model = ready();
        for (let i = 0, n = 0; i < events.length; n++) {
          const size = sizes[n % sizes.length] ?? 1;
          model = applyEvents(model, events.slice(i, i + size));
          i += size;
        }
        expect(text(model)).toBe(text(applyEvents(ready(), events)));
      }),
    );
  });

  it('R26 replaying a log, or any part of it, changes nothing', () => {
    fc.assert(
      fc.property(log, fc.nat(), fc.nat(), (events, a, b) => {
        const model = applyEvents(ready(), events);
        expect(text(applyEvents(model, events))).toBe(text(model));
        const [from, to] = [a % (events.length + 1), b % (events.length + 1)];
        expect(text(applyEvents(model, events.slice(Math.min(from, to), Math.max(from, to))))).toBe(
          text(model),
        );
      }),
    );
  });

  it('replaying a log much longer than what is remembered changes nothing', () => {
    const events = Array.from({ length: 2000 }, (_, i) => failure(i + 1, i));
    const model = applyEvents(ready(), events);
    expect(text(applyEvents(model, events))).toBe(text(model));
    expect(recordOf(model).failuresCounted).toBe(2000);
  });

  it('R29 the order in which equal evidence comes makes no difference', () => {
    // Without 4776: which of two like failures is paired with it depends on which comes first.
    const plain = logOf(
      makes.filter((_, i) => i !== 6),
      40,
    );
    fc.assert(
      fc.property(
        plain.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
        ([events, shuffled]) => {
          const [a, b] = [applyEvents(ready(), events), applyEvents(ready(), shuffled)];
          expect([...b.accounts.keys()].sort()).toEqual([...a.accounts.keys()].sort());
          for (const [key, record] of a.accounts) {
            const other = recordOf(b, key);
            expect(other.state).toEqual(record.state);
            expect(other.trail).toEqual(record.trail);
            expect(other.failuresCounted).toBe(record.failuresCounted);
            expect(counts(other.addresses)).toEqual(counts(record.addresses));
          }
        },
      ),
    );
  });

  it('R26 attempts seen by two sources are counted once each, in any order', () => {
    const seenTwice = fc.integer({ min: 1, max: 12 }).chain((attempts) => {
      const events = Array.from({ length: attempts }, (_, i) => [
        validation(2 * i + 1, i * 5),
        failure(2 * i + 2, i * 5 + (i % 20) / 10),
      ]).flat();
      return fc.tuple(fc.constant(attempts), fc.shuffledSubarray(events, { minLength: events.length }));
    });
    fc.assert(
      fc.property(seenTwice, ([attempts, events]) => {
        const record = recordOf(applyEvents(ready(), events));
        expect(record.failuresCounted).toBe(attempts);
        expect(record.trail).toHaveLength(attempts);
      }),
    );
  });

  it('R7 R26 the count is never above the threshold nor the failures that can have counted', () => {
    fc.assert(
      fc.property(log, (events) => {
        const model = applyEvents(ready(), events);
        const possible = events.filter(
          (e) => e.eventId === 4625 || e.eventId === 4776 || e.eventId === 4740,
        ).length;
        for (const { state, trail, failuresCounted } of model.accounts.values()) {
          expect(state.badPasswordCount).toBeLessThanOrEqual(THREE.threshold);
          expect(failuresCounted).toBeLessThanOrEqual(possible);
          const shown = trail.some((row) => row.kind === 'lock' || row.reason === 'lockedOut');
          if (!shown) expect(state.badPasswordCount).toBeLessThanOrEqual(failuresCounted);
        }
      }),
    );
  });

  it('R9 time alone never ends an until-admin lock', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 0, max: 10_000_000 }), (events, later) => {
        const forever = ready({ ...THREE, lockoutDuration: 'untilAdmin' });
        const last = 1 + Math.ceil(Number((events[events.length - 1]?.time ?? at(0)) - at(0)) / 1e7);
        const model = applyEvents(forever, [...events, lockEvent(9_999, last)]);
        expect(statusAt(model, last + later).state).toBe('locked');
      }),
    );
  });

  it('survives writing and reading, and folds on just as before', () => {
    fc.assert(
      fc.property(log, log, fc.string(), (first, second, name) => {
        const odd = failure(7_000, 500, { TargetUserName: `#${name}`, WorkstationName: '#map' });
        const reading = {
          name: 'alice',
          domain: null,
          sid: `${SID}-1001`,
          at: at(700),
          origin: 'local',
          enabled: true,
          locked: false,
          badPasswordCount: 1,
          badPasswordTime: null,
          lockoutTime: null,
          policy: THREE,
        } as const;
        let model = applyAccountReadings(applyEvents(ready(), [...first, odd]), [reading]);
        model = applyGap(model, { at: at(3), reason: 'broken', channel: 'Security' });
        const decoded = decodeModel(encodeModel(model));
        if (!decoded.ok) throw new Error(decoded.error);
        expect(decoded.value).toEqual(model);
        expect(structuredClone(model)).toEqual(model);
        const next = second.map((e) => ({ ...e, recordId: e.recordId + 8_000 }));
        expect(text(applyEvents(decoded.value, next))).toBe(text(applyEvents(model, next)));
      }),
    );
  });

  it('refuses text that is no model', () => {
    for (const junk of ['', '{', 'null', '[]', '{"version":1}', '{"version":1,"accounts":"#x"}']) {
      expect(decodeModel(junk)).toEqual({ ok: false, error: 'notAModel' });
    }
    expect(decodeModel('{"version":2}')).toEqual({ ok: false, error: 'otherVersion' });
    const whole = encodeModel(applyEvents(ready(), [failure(1, 0)]));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (cut) => {
        expect(decodeModel(whole.slice(0, cut)).ok).toBe(false);
      }),
    );
  });
});
