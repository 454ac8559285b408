import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountView, noProofs } from '../../../../shared/account-status';
import { type Checklist, checklistPartIdSchema, checklistSchema } from '../../../../shared/checklist';
import { sampleIsolation } from '../../../desktop/testing/sample-isolation';
import { decodeMemory, encodeMemory } from '../memory';
import {
  administrator,
  at,
  drill,
  exposure,
  follow,
  incident,
  isolated,
  partsOf,
  proof,
  rdpProof,
  situation,
  T0,
  trusted,
  verdict,
  view,
} from '../testing/situations';
import {
  type ChecklistFact,
  type ChecklistInput,
  type ChecklistMemory,
  emptyMemory,
  evaluateChecklist,
  remember,
  tickByHand,
} from '.';
import type { Tick } from './types';

const HORIZON = 3000;
const seconds = fc.integer({ min: 1, max: HORIZON });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const event = maybe(seconds.map((when) => proof(when)));

const account = (now: number): fc.Arbitrary<AccountView> =>
  fc
    .record({
      status: fc.constantFrom('locked' as const, 'counting' as const, 'clear' as const, 'unknown' as const),
      authority: fc.constantFrom('local' as const, 'local' as const, 'elsewhere' as const),
      builtin: fc.boolean(),
      lockedAt: fc.integer({ min: 0, max: now }),
      read: maybe(fc.integer({ min: 1, max: now })),
      failed: fc.integer({ min: 0, max: now }),
      consoleSignIn: event,
      remoteDesktopSignIn: event,
      networkSignIn: event,
      unlock: event,
    })
    .map(({ status, authority, builtin, lockedAt, read, failed, ...events }) =>
      administrator({
        status,
        authority,
        builtinAdministrator: builtin,
        lockedAtMs: status === 'locked' ? at(lockedAt) : null,
        autoUnlockAtMs: status === 'locked' ? at(lockedAt + 600) : null,
        proofs: {
          ...noProofs,
          ...Object.fromEntries(
            Object.entries(events).map(([key, one]) => [key, one && one.atMs <= at(now) ? one : null]),
          ),
          lockSeenAtMs: at(lockedAt),
          failureAtMs: at(failed),
          readUnlockedAtMs: read === null ? null : at(read),
        },
      }),
    );

const rules = (now: number) =>
  fc
    .tuple(
      fc.constantFrom('open', 'closed', 'trustedOnly', 'unknown', 'gone', 'undone'),
      fc.integer({ min: 0, max: now }),
    )
    .map(([said, when]) => {
      if (said === 'gone') return null;
      if (said === 'undone')
        return sampleIsolation(1, { state: 'restored', exposure: exposure('open', when) });
      if (said === 'closed') return isolated(when);
      if (said === 'trustedOnly') return trusted(when);
      return sampleIsolation(1, { exposure: exposure(said as 'open' | 'unknown', when) });
    });

const input: fc.Arbitrary<ChecklistInput> = seconds.chain((now) =>
  fc
    .record({
      account: account(now),
      isolation: rules(now),
      status: fc.constantFrom('clear' as const, 'locked' as const, 'unknown' as const),
      checked: fc.integer({ min: 0, max: now }),
      auditing: fc.constantFrom('on' as const, 'on' as const, 'partial' as const),
      kind: fc.constantFrom('attack' as const, 'staleCredential' as const, 'undecided' as const),
      provider: fc.boolean(),
      watched: fc.boolean(),
    })
    .map(({ account: one, isolation, status, checked, auditing, kind, provider, watched }) =>
      situation(now, {
        incident: incident({ verdict: verdict(kind) }),
        view: watched ? view([one], checked, { status, auditing }) : null,
        isolation,
        ...(provider ? {} : { provider: null }),
      }),
    ),
);

const fact: fc.Arbitrary<ChecklistFact> = fc
  .record({
    when: seconds,
    kind: fc.constantFrom(
      'consoleOpened',
      'ctrlAltDelSent',
      'passwordReset',
      'rebooted',
      'accountUnlocked',
      'rdpProbed',
    ),
    verified: fc.boolean(),
    answers: fc.boolean(),
  })
  .map(({ when, kind, verified, answers }) => {
    const base = { atMs: at(when), who: 'erin', accountKey: 'administrator' };
    if (kind === 'consoleOpened') return { ...base, kind, console: 'vnc' };
    if (kind === 'accountUnlocked') return { ...base, kind, verified };
    if (kind === 'rdpProbed') {
      return { ...base, kind, proof: rdpProof(when, { verdict: answers ? 'rdpWithNla' : 'filtered' }) };
    }
    return { ...base, kind: kind as 'ctrlAltDelSent' };
  });

type Move = { readonly look: ChecklistInput } | { readonly fact: ChecklistFact } | { readonly hand: number };
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: input.map((look) => ({ look })) },
    { weight: 2, arbitrary: fact.map((one) => ({ fact: one })) },
    { weight: 1, arbitrary: fc.nat().map((hand) => ({ hand })) },
  ),
  { minLength: 1, maxLength: 12 },
);
const ids = checklistPartIdSchema.options;

const rdpFact = (when: number, said: 'rdpWithNla' | 'filtered'): ChecklistFact => ({
  kind: 'rdpProbed',
  proof: rdpProof(when, { verdict: said }),
  atMs: at(when),
  who: 'erin',
  accountKey: null,
});

interface Seen {
  readonly before: ChecklistMemory;
  readonly input: ChecklistInput;
  readonly after: ReturnType<typeof evaluateChecklist>;
}

/** Plays what happens and gives every look with the memory before it. */
function play(all: readonly Move[]): Seen[] {
  let memory = emptyMemory;
  let checklist: Checklist | null = null;
  const seen: Seen[] = [];
  let now = T0;
  for (const move of all) {
    if ('fact' in move) memory = remember(memory, move.fact);
    else if ('hand' in move) {
      const part = ids[move.hand % ids.length];
      const ticked =
        checklist && part && tickByHand(checklist, memory, { part, done: true, who: 'erin', nowMs: now });
      if (ticked) memory = ticked.memory;
    } else {
      now = Math.max(now, move.look.nowMs);
      const look = { ...move.look, nowMs: now };
      const after = evaluateChecklist(look, memory);
      seen.push({ before: memory, input: look, after });
      memory = after.memory;
      checklist = after.checklist;
    }
  }
  return seen;
}

const always = (check: (seen: Seen) => void): void =>
  fc.assert(
    fc.property(moves, (all) => {
      for (const seen of play(all)) check(seen);
    }),
    { numRuns: 400 },
  );

describe('the checklist, whatever happens', () => {
  it('has the shape that the window expects', () => {
    always(({ after }) => expect(checklistSchema.safeParse(after.checklist).error).toBeUndefined());
  });

  it('gives the same again for the same, with the memory that came out', () => {
    always(({ input: look, after }) => {
      const again = evaluateChecklist(look, after.memory);
      expect(again.checklist).toEqual(after.checklist);
      expect(again.memory).toBe(after.memory);
      expect(again.changes).toEqual([]);
    });
  });

  it('says done only by a hand or by evidence, each with its time, and by a hand with a name', () => {
    always(({ after }) => {
      for (const { state, by, who, atMs, evidence } of partsOf(after.checklist)) {
        expect(by === null).toBe(state !== 'done');
        if (state !== 'done') continue;
        expect(atMs).not.toBeNull();
        if (by === 'hand') expect(who).toBe('erin');
        else expect(evidence).not.toBeNull();
      }
    });
  });

  it('tells of a part that becomes done once, and only in the look in which it does', () => {
    always(({ before, after }) => {
      const done = (memory: ChecklistMemory) =>
        memory.ticks.filter(({ state, by }) => state === 'done' && by === 'evidence');
      const same = (a: Tick) => (b: Tick) => a.part === b.part && a.account === b.account;
      const fresh = done(after.memory).filter((tick) => !done(before).some(same(tick)));
      const told = after.changes.filter(({ to }) => to === 'done').map(({ part }) => part);
      // A renamed account takes its ticks along, untold.
      if (before.focus?.key === after.memory.focus?.key) expect(told).toEqual(fresh.map(({ part }) => part));
    });
  });

  it('is proven only while nothing is unknown, locked, opened again or ticked by a hand alone', () => {
    const end = drill.at(-1);
    const [well] = end?.view?.accounts ?? [];
    if (!end?.view || !well) throw new Error('no end');
    const seenView = end.view;
    const near = fc
      .record({
        status: fc.constantFrom(
          'clear' as const,
          'clear' as const,
          'clear' as const,
          'locked' as const,
          'counting' as const,
          'unknown' as const,
        ),
        all: fc.constantFrom('clear' as const, 'clear' as const, 'unknown' as const),
        auditing: fc.constantFrom('on' as const, 'on' as const, 'partial' as const),
        rules: fc.constantFrom(
          'trustedOnly' as const,
          'trustedOnly' as const,
          'trustedOnly' as const,
          'open' as const,
          'closed' as const,
          'unknown' as const,
        ),
        verdict: fc.constantFrom('rdpWithNla' as const, 'rdpWithNla' as const, 'filtered' as const),
        session: fc.constantFrom(true, true, false),
        hand: fc.boolean(),
      })
      .map((given) => ({ given, facts: [rdpFact(110, given.verdict)] }));
    const outcomes = new Set<boolean>();
    fc.assert(
      fc.property(near, ({ given, facts }) => {
        const { status, all, auditing, rules: said, session, hand } = given;
        const account = {
          ...well,
          status,
          proofs: { ...well.proofs, ...(session ? {} : { remoteDesktopSignIn: null }) },
        };
        const last: ChecklistInput = {
          ...end,
          view: { ...seenView, accounts: [account], status: all, auditing },
          isolation: trusted(229, { verdict: said }),
        };
        const early = follow(drill.slice(0, 4), facts.reduce(remember, emptyMemory));
        const ticked = hand
          ? tickByHand(early.checklist, early.memory, {
              part: 'signedInAgain',
              done: true,
              who: 'erin',
              nowMs: at(110),
            })
          : null;
        const { proven } = evaluateChecklist(last, ticked?.memory ?? early.memory).checklist;
        outcomes.add(proven);
        expect(proven).toBe(
          status === 'clear' &&
            all === 'clear' &&
            auditing === 'on' &&
            said === 'trustedOnly' &&
            given.verdict === 'rdpWithNla' &&
            session,
        );
      }),
      { numRuns: 400 },
    );
    expect(outcomes).toEqual(new Set([true, false]));
  });

  it('opens again whatever newer evidence contradicts', () => {
    always(({ before, input: look, after }) => {
      const [one] = look.view?.accounts ?? [];
      const parts = partsOf(after.checklist);
      const was = (id: string) => before.ticks.find((tick) => tick.part === id);
      if (one?.status === 'locked' && one.authority === 'local') {
        for (const id of ['accountUnlocked', 'accountClear', 'signedInAgain']) {
          expect(parts.find((part) => part.id === id)?.state, id).not.toBe('done');
          if (was(id)) expect(parts.find((part) => part.id === id)?.state, id).toBe('reopened');
        }
      }
      const rules = look.isolation?.exposure;
      const fresh = rules && look.provider && look.nowMs - rules.takenAtMs <= 15 * 60_000;
      for (const id of ['isolated', 'trustedRule']) {
        const tick = was(id);
        if (!fresh || rules.verdict !== 'open' || tick?.state !== 'done' || rules.takenAtMs <= tick.atMs)
          continue;
        expect(parts.find((part) => part.id === id)?.state, id).toBe('reopened');
      }
    });
  });

  it('never ticks on an account that is unknown', () => {
    always(({ input: look, after }) => {
      if (look.view?.accounts[0]?.status !== 'unknown') return;
      const ticked = after.changes.filter(({ to }) => to === 'done').map(({ part }) => part);
      expect(ticked).not.toContain('accountClear');
      if (!after.memory.unlocks.some(({ verified }) => verified))
        expect(ticked).not.toContain('accountUnlocked');
    });
  });

  it('keeps its memory through the disk', () => {
    always(({ after }) => {
      expect(decodeMemory(JSON.parse(JSON.stringify(encodeMemory(after.memory))))).toEqual(after.memory);
    });
  });

  it('names as next a part that waits', () => {
    always(({ after }) => {
      const { next } = after.checklist;
      if (next === null) {
        const open = partsOf(after.checklist).filter(
          ({ state, optional }) => !optional && !['done', 'notNeeded'].includes(state),
        );
        expect(open).toEqual([]);
        return;
      }
      const part = partsOf(after.checklist).find(({ id }) => id === next.part);
      expect(['todo', 'doing', 'reopened', 'blocked']).toContain(part?.state);
    });
  });
});
