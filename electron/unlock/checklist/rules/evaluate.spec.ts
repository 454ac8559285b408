import { describe, expect, it } from 'vitest';
import { type InstanceView, noProofs } from '../../../../shared/account-status';
import type { ChecklistPartId } from '../../../../shared/checklist';
import { en } from '../../../../shared/messages/en';
import { sampleIsolation } from '../../../desktop/testing/sample-isolation';
import {
  administrator,
  at,
  bob,
  drill,
  exposure,
  follow,
  incident,
  isolated,
  open,
  partsOf,
  proof,
  rdpProof,
  sampleNames,
  situation,
  T0,
  trusted,
  verdict,
  view,
  wellAgain,
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

const facts = (...all: readonly ChecklistFact[]): ChecklistMemory => all.reduce(remember, emptyMemory);
const by = (seconds: number) => ({ atMs: at(seconds), who: 'erin', accountKey: null });
const opened: ChecklistFact = { kind: 'consoleOpened', console: 'cloud', ...by(40) };
const probed = (seconds: number, changes = {}): ChecklistFact => ({
  kind: 'rdpProbed',
  proof: rdpProof(seconds, changes),
  ...by(seconds),
});
const key = (evidence: { key: string } | null): string | null =>
  evidence === null ? null : evidence.key.replace('checklist.evidence.', '');

const local = (changes: Partial<ChecklistInput> = {}, seconds = 10): ChecklistInput =>
  situation(seconds, {
    incident: incident({
      accounts: [{ key: 'bob', name: 'bob', everLocked: true }],
      focusAccountKey: 'bob',
    }),
    view: view([bob()], seconds),
    ...changes,
  });
const domainAccount = (changes = {}) =>
  bob({ key: 'corp\\bob', domain: 'CORP', authority: 'elsewhere', ...changes });
const domain = (account = domainAccount(), seconds = 10): ChecklistInput =>
  situation(seconds, {
    incident: incident({
      accounts: [{ key: 'corp\\bob', name: 'bob', everLocked: true }],
      focusAccountKey: 'corp\\bob',
    }),
    view: view([account], seconds),
  });
const staleIncident = incident({
  verdict: verdict('staleCredential'),
  accounts: [{ key: 'bob', name: 'bob', everLocked: true }],
  focusAccountKey: 'bob',
});
const staleBob = (changes = {}) =>
  bob({
    verdict: verdict('staleCredential'),
    paceSeconds: 60,
    lastSource: { address: null, workstation: 'PRINT-2', inferred: false },
    ...changes,
  });

describe('the checklist branches on what is known', () => {
  type Row = readonly [
    string,
    ChecklistInput,
    Partial<Record<ChecklistPartId, readonly [string, string | null]>>,
  ];
  const rows: readonly Row[] = [
    [
      'nothing done yet: the built-in Administrator under attack',
      situation(10),
      {
        originalsRecorded: ['todo', 'originalsMissing'],
        isolated: ['todo', 'open'],
        consoleOpened: ['todo', null],
        passwordReset: ['todo', null],
        accountUnlocked: ['todo', 'locked'],
        trustedRule: ['todo', 'open'],
        rdpAnswers: ['todo', null],
        accountClear: ['todo', 'locked'],
        signedInAgain: ['todo', 'locked'],
        quiet: ['todo', null],
      },
    ],
    [
      'isolated, verified by reading again',
      situation(35, { isolation: isolated() }),
      {
        originalsRecorded: ['done', 'originalsRecorded'],
        isolated: ['done', 'isolated'],
        trustedRule: ['todo', 'stillClosed'],
      },
    ],
    [
      'isolated, but for members of its own group',
      situation(35, {
        isolation: isolated(30, {
          remaining: [
            {
              kind: 'sameGroup',
              certain: true,
              interfaceId: 'eni-1',
              groupId: 'sg-1',
              groupName: 'office',
              members: [{ id: 'i-2', name: 'web-2' }],
            },
          ],
        }),
      }),
      { isolated: ['doing', 'isolatedExcept'] },
    ],
    [
      'isolation under way',
      situation(25, {
        isolation: sampleIsolation(1, {
          state: 'applying',
          progress: { planId: 'p', kind: 'isolate', stepsDone: 1, steps: 3, current: null },
        }),
      }),
      { isolated: ['doing', 'isolating'], trustedRule: ['todo', null] },
    ],
    [
      'sent, but not verified',
      situation(35, { isolation: { ...isolated(), state: 'unverified', attention: null } }),
      { originalsRecorded: ['done', 'originalsRecorded'], isolated: ['todo', 'notVerified'] },
    ],
    [
      'rules that were read too long ago say nothing',
      situation(2000, { isolation: isolated(30), view: view([administrator()], 2000) }),
      { isolated: ['todo', 'rulesNotRead'], trustedRule: ['todo', 'rulesNotRead'] },
    ],
    [
      'isolated by somebody else',
      situation(35, {
        isolation: {
          ...isolated(),
          state: 'foreign',
          entry: null,
          foreign: { groupIds: [], rdpPort: 3389, by: 'olga', at: '', reason: '', incident: '', trusted: [] },
        },
      }),
      { originalsRecorded: ['todo', 'originalsElsewhere'], isolated: ['done', 'isolatedBy'] },
    ],
    [
      'no cloud link, but a VNC console',
      situation(10, {
        isolation: null,
        provider: null,
        instance: { name: 'web-1', rdpPort: 3390, vnc: true },
      }),
      {
        originalsRecorded: ['todo', null],
        isolated: ['todo', 'notLinked'],
        consoleOpened: ['todo', null],
        trustedRule: ['todo', null],
      },
    ],
    [
      'neither cloud nor console',
      situation(10, { isolation: null, provider: null }),
      {
        consoleOpened: ['blocked', 'noConsole'],
        ctrlAltDel: ['blocked', 'noConsole'],
        consoleSignIn: ['blocked', 'noConsole'],
        accountUnlocked: ['todo', 'locked'],
      },
    ],
    [
      'a provider without console',
      situation(10, { provider: { isolation: 'overlayDeny', console: 'none', passwordReset: 'none' } }),
      { isolated: ['todo', 'open'], consoleOpened: ['blocked', 'noConsole'] },
    ],
    [
      'no automatic unlock',
      situation(10, { view: view([administrator({ lockedUntilAdmin: true, autoUnlockAtMs: null })], 10) }),
      { accountUnlocked: ['todo', 'lockedUntilAdmin'] },
    ],
    [
      'a domain account: the directory decides',
      domain(),
      {
        consoleOpened: ['notNeeded', 'decidedByDirectory'],
        consoleSignIn: ['notNeeded', 'decidedByDirectory'],
        accountUnlocked: ['todo', 'locked'],
      },
    ],
    [
      'an attack that has locked nobody',
      situation(10, {
        incident: incident({ accounts: [], focusAccountKey: null }),
        view: view([administrator({ status: 'clear', proofs: noProofs })], 10),
      }),
      {
        isolated: ['todo', 'open'],
        consoleSignIn: ['notNeeded', 'noAccount'],
        accountUnlocked: ['notNeeded', 'noAccount'],
        signedInAgain: ['notNeeded', 'noAccount'],
        quiet: ['todo', null],
      },
    ],
    [
      'an account about to lock',
      situation(10, {
        incident: incident({
          accounts: [{ key: 'administrator', name: 'Administrator', everLocked: false }],
        }),
        view: view(
          [
            administrator({
              status: 'counting',
              badPasswordCount: 4,
              lockedAtMs: null,
              proofs: { ...noProofs, failureAtMs: at(9) },
            }),
          ],
          10,
        ),
      }),
      {
        accountUnlocked: ['notNeeded', 'notLocked'],
        consoleSignIn: ['notNeeded', 'notLocked'],
        accountClear: ['doing', 'counting'],
      },
    ],
    [
      'a stale credential',
      situation(10, { incident: staleIncident, view: view([staleBob()], 10) }),
      { staleCredentials: ['todo', 'source'], accountUnlocked: ['todo', 'locked'] },
    ],
    [
      'the instance cannot be read',
      situation(10, {
        view: view([administrator({ status: 'unknown', lockedAtMs: null })], 10, { status: 'unknown' }),
      }),
      { accountUnlocked: ['todo', 'stateUnknown'], accountClear: ['todo', 'stateUnknown'] },
    ],
    [
      'auditing is off',
      situation(200, { view: view([wellAgain(60)], 200, { auditing: 'off' }), isolation: trusted() }),
      { quiet: ['todo', 'notAudited'] },
    ],
  ];

  it.each(rows)('%s', (_name, input, expected) => {
    const { part } = follow([input]);
    const found = Object.fromEntries(
      Object.keys(expected).map((id) => {
        const { state, evidence } = part(id as ChecklistPartId);
        return [id, [state, key(evidence)]];
      }),
    );
    expect(found).toEqual(expected);
  });

  it('sends to Administrator first where the locked account is another one, and then unlocks that', () => {
    const signedIn = view([bob(), wellAgain(50)], 55);
    const { part, checklist } = follow([local({ view: signedIn, isolation: isolated() }, 55)], facts(opened));
    expect(part('consoleSignIn')).toMatchObject({
      state: 'done',
      what: { key: 'checklist.what.consoleSignIn.local', params: { admin: 'Administrator' } },
      evidence: { params: { account: 'Administrator' } },
    });
    expect(part('accountUnlocked')).toMatchObject({
      state: 'todo',
      actions: [
        { kind: 'unlockAccount', accountKey: 'bob' },
        { kind: 'openAccount', accountKey: 'bob' },
      ],
    });
    expect(checklist.next).toEqual({ step: 'unlock', part: 'accountUnlocked' });
    expect(checklist.steps[1]?.notes.map((note) => note.key)).toContain('checklist.note.local');
  });

  it('unlocks a domain account in the directory, and lets a hand say so where nothing can be read', () => {
    const { part } = follow([domain()]);
    expect(part('accountUnlocked')).toMatchObject({
      byHand: true,
      what: { key: 'checklist.what.accountUnlocked.domain' },
      actions: [{ kind: 'openDirectory' }, { kind: 'unlockAccount' }, { kind: 'openAccount' }],
    });
    expect(part('passwordReset').what.key).toBe('checklist.what.passwordReset.domain');
  });

  it('says that waiting does not help while an attack relocks, and counts down all the same', () => {
    const attacked = follow([situation(10)]);
    expect(attacked.part('accountUnlocked').countdown).toEqual({
      label: { key: 'checklist.countdown.autoUnlock', params: {} },
      untilMs: at(600),
    });
    const notes = (input: ChecklistInput) => follow([input]).checklist.steps[1]?.notes ?? [];
    expect(notes(situation(10))).toContainEqual({
      key: 'checklist.note.relock',
      params: { account: 'Administrator', seconds: 28 },
    });
    expect(notes(situation(35, { isolation: isolated() })).map((note) => note.key)).not.toContain(
      'checklist.note.relock',
    );
    const forever = administrator({ lockedUntilAdmin: true, autoUnlockAtMs: null });
    expect(notes(situation(10, { view: view([forever], 10) })).map((note) => note.key)).toEqual([
      'checklist.note.builtinAdministrator',
      'checklist.note.untilAdmin',
    ]);
  });

  it('makes isolation optional for a stale credential, and asks for the cause instead', () => {
    const { part, checklist } = follow([
      situation(10, { incident: staleIncident, view: view([staleBob()], 10) }),
    ]);
    expect(part('isolated')).toMatchObject({
      optional: true,
      what: { key: 'checklist.what.isolated.optional' },
    });
    expect(part('trustedRule').optional).toBe(true);
    expect(checklist.next).toEqual({ step: 'unlock', part: 'consoleOpened' });
    const shut = follow([
      situation(35, { incident: staleIncident, view: view([staleBob()], 35), isolation: isolated() }),
    ]);
    expect(shut.part('trustedRule').optional).toBe(false);
  });

  it('names other locked accounts, and is about one of them when the admin says so', () => {
    const two = incident({
      accounts: [
        { key: 'administrator', name: 'Administrator', everLocked: true },
        { key: 'bob', name: 'bob', everLocked: true },
      ],
    });
    const input = situation(10, { incident: two, view: view([administrator(), bob()], 10) });
    const { checklist } = follow([input]);
    expect(checklist.accounts.map(({ name }) => name)).toEqual(['Administrator', 'bob']);
    expect(checklist.steps[1]?.notes.at(-1)).toEqual({
      key: 'checklist.note.lockedToo',
      params: { account: 'bob', others: 0 },
    });
  });

  it('says that nothing is seen while the instance cannot be read', () => {
    const notesAt = (changes: Partial<InstanceView>) =>
      follow([situation(10, { view: view([administrator()], 10, changes) })]).checklist.steps.map(
        ({ notes }) => notes.some(({ key }) => key === 'checklist.note.notSeen'),
      );
    expect(notesAt({ status: 'unknown' })).toEqual([false, true, false, true]);
    expect(notesAt({ status: 'locked' })).toEqual([false, false, false, false]);
    expect(en).toHaveProperty(['checklist.note.notSeen']);
  });

  it('has a sentence in the catalogue for all it says', () => {
    for (const [, input] of rows) {
      const { checklist } = follow([input]);
      const said = partsOf(checklist).flatMap(({ what, why, evidence, countdown }) => [
        what,
        why,
        evidence,
        countdown?.label,
      ]);
      for (const phrase of [...said, ...checklist.steps.flatMap(({ notes }) => notes)]) {
        if (phrase) expect(en).toHaveProperty([phrase.key]);
      }
    }
  });
});

const story = drill;

describe('steps tick themselves', () => {
  it('from the attack to the proof, each by its own evidence', () => {
    const { checklist, changes, memory } = follow(
      story,
      facts(opened, { kind: 'ctrlAltDelSent', ...by(45) }, probed(110)),
    );
    expect(checklist).toMatchObject({ proven: true, next: null, done: 11, total: 11 });
    expect(checklist.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
    expect(
      partsOf(checklist).every(({ by: said, state }) => said === 'evidence' || state === 'notNeeded'),
    ).toBe(true);
    expect(changes.filter((change) => change.includes('reopened'))).toEqual([]);
    expect(memory.ticks.find(({ part }) => part === 'consoleSignIn')?.atMs).toBe(at(60));
    expect(checklist.steps[3]?.parts.find(({ id }) => id === 'quiet')).toMatchObject({
      evidence: { params: { minutes: 2 } },
      atMs: at(220),
    });
  });

  it('takes a sign-in at the console as proof that it was opened and unlocked with the keys', () => {
    const { part } = follow([situation(62, { view: view([wellAgain(60)], 62) })]);
    expect(part('consoleOpened')).toMatchObject({
      state: 'done',
      evidence: { key: 'checklist.evidence.impliedBySignIn' },
    });
    expect(part('ctrlAltDel')).toMatchObject({ state: 'done', atMs: at(60) });
    expect(part('passwordReset').state).toBe('notNeeded');
    expect(part('accountUnlocked')).toMatchObject({
      state: 'done',
      evidence: { key: 'checklist.evidence.unlockedAtConsole' },
    });
  });

  it('knows by what an account came free: an event, a tool, a reading', () => {
    const free = (proofs: object, memory = emptyMemory) =>
      follow(
        [
          situation(80, {
            view: view([wellAgain(60, { proofs: { ...noProofs, lockSeenAtMs: T0, ...proofs } })], 80),
          }),
        ],
        memory,
      );
    expect(free({ unlock: proof(50, { by: 'boss' }) }).part('accountUnlocked').evidence).toEqual({
      key: 'checklist.evidence.unlockedBy',
      params: { by: 'boss' },
    });
    expect(key(free({ readUnlockedAtMs: at(50) }).part('accountUnlocked').evidence)).toBe('readUnlocked');
    const tool = facts({ kind: 'accountUnlocked', verified: true, ...by(30), accountKey: 'administrator' });
    expect(free({}, tool).part('accountUnlocked')).toMatchObject({ state: 'done', who: 'erin' });
    const failed = facts({
      kind: 'accountUnlocked',
      verified: false,
      ...by(30),
      accountKey: 'administrator',
    });
    expect(free({}, failed).part('accountUnlocked')).toMatchObject({
      state: 'doing',
      evidence: { key: 'checklist.evidence.unlockNotVerified' },
    });
    const others = facts({ kind: 'accountUnlocked', verified: true, ...by(30), accountKey: 'bob' });
    expect(free({}, others).part('accountUnlocked').state).toBe('doing');
  });

  it('does not believe a clock alone that a lock is over', () => {
    const expired = administrator({
      status: 'clear',
      badPasswordCount: 0,
      lockedAtMs: null,
      autoUnlockAtMs: null,
    });
    const { part } = follow([situation(700, { view: view([expired], 700) })]);
    expect(part('accountUnlocked')).toMatchObject({
      state: 'doing',
      evidence: { key: 'checklist.evidence.notReadSince' },
    });
    expect(part('accountClear').state).toBe('todo');
  });

  it('ticks nothing on what is unknown or stale', () => {
    const unknown = { ...wellAgain(60), status: 'unknown' as const };
    const { part, checklist } = follow([
      situation(200, { view: view([unknown], 60, { status: 'unknown' }), isolation: isolated(-2000) }),
    ]);
    for (const id of ['isolated', 'accountUnlocked', 'accountClear', 'quiet', 'trustedRule'] as const) {
      expect(part(id).state, id).not.toBe('done');
    }
    expect(checklist.proven).toBe(false);
  });

  it('keeps what it ticked while nothing can be read, but proves nothing then', () => {
    const memory = follow(story, facts(opened, probed(110))).memory;
    const { checklist } = follow(
      [situation(600, { view: null, isolation: trusted(), provider: null })],
      memory,
    );
    expect(checklist.proven).toBe(false);
    expect(partsOf(checklist).filter(({ state }) => state === 'reopened')).toEqual([]);
    expect(checklist.steps[3]?.parts.every(({ state }) => state === 'done')).toBe(true);
  });

  it('is proven by a session, or by the network logon of NLA where the server was seen to use NLA', () => {
    const signedIn = (answer: Parameters<typeof rdpProof>[1]) => {
      const account = wellAgain(60, {
        proofs: { ...wellAgain(60).proofs, networkSignIn: proof(120, { address: '203.0.113.7' }) },
      });
      return follow(
        [...story.slice(0, 4), situation(230, { isolation: trusted(), view: view([account], 230) })],
        facts(probed(110, answer)),
      );
    };
    expect(signedIn({}).part('signedInAgain')).toMatchObject({
      state: 'done',
      evidence: { key: 'checklist.evidence.networkAgainFrom' },
    });
    expect(signedIn({}).checklist.proven).toBe(true);
    expect(signedIn({ verdict: 'rdpWithoutNla' }).part('signedInAgain').state).toBe('todo');
  });

  it('is not proven while another account of the incident is locked or unknown', () => {
    const two = incident({
      accounts: [
        { key: 'administrator', name: 'Administrator', everLocked: true },
        { key: 'bob', name: 'bob', everLocked: true },
      ],
    });
    const end = (other: ReturnType<typeof bob>) => {
      const last = story.at(-1);
      if (!last?.view) throw new Error('no end');
      const ended = {
        ...last,
        incident: two,
        view: { ...last.view, accounts: [...last.view.accounts, other] },
      };
      return follow([...story.slice(0, -1), ended], facts(probed(110))).checklist;
    };
    expect(end(bob({ status: 'clear' })).proven).toBe(true);
    expect(end(bob()).proven).toBe(false);
    expect(end(bob({ status: 'unknown' })).proven).toBe(false);
  });

  it('needs a test of RDP that is newer than the restored access', () => {
    const before = follow(story.slice(0, 4), facts(probed(50)));
    expect(before.part('rdpAnswers')).toMatchObject({
      state: 'todo',
      evidence: { key: 'checklist.evidence.rdpBefore' },
    });
    for (const verdictOf of [
      'notRdp',
      'noService',
      'closedByRule',
      'filtered',
      'unreachable',
      'unknown',
    ] as const) {
      const { part } = follow(story.slice(0, 4), facts(probed(110, { verdict: verdictOf })));
      expect(part('rdpAnswers').state, verdictOf).toBe('todo');
    }
  });

  it('waits for the restart that a password from the provider needs', () => {
    const reset: ChecklistFact = { kind: 'passwordReset', ...by(30) };
    expect(follow([situation(35)], facts(reset)).part('passwordReset')).toMatchObject({
      state: 'doing',
      evidence: { key: 'checklist.evidence.passwordNeedsReboot' },
    });
    expect(
      follow([situation(50)], facts(reset, { kind: 'rebooted', ...by(45) })).part('passwordReset'),
    ).toMatchObject({
      state: 'done',
      atMs: at(45),
    });
    const set = administrator({
      proofs: { ...administrator().proofs, passwordReset: proof(20, { by: 'boss' }) },
    });
    const { part } = follow([situation(35, { view: view([set], 35) })]);
    expect(part('passwordReset')).toMatchObject({ state: 'done', evidence: { params: { by: 'boss' } } });
    expect(part('accountUnlocked').state).toBe('todo');
  });

  it('counts the validity of the console address down, and then no more', () => {
    const memory = facts(opened);
    const soon = follow([situation(45)], memory);
    expect(soon.part('consoleOpened').countdown?.untilMs).toBe(at(55));
    expect(follow([situation(56)], memory).part('consoleOpened').countdown).toBeNull();
  });

  it('waits three periods of a stale credential before it believes that it is gone', () => {
    const well = (failedAt: number) =>
      staleBob({
        status: 'clear',
        lockedAtMs: null,
        paceSeconds: null,
        proofs: { ...noProofs, lockSeenAtMs: T0, failureAtMs: at(failedAt), readUnlockedAtMs: at(20) },
      });
    const look = (seconds: number, failedAt: number) =>
      situation(seconds, { incident: staleIncident, view: view([well(failedAt)], seconds) });
    const first = situation(10, {
      incident: staleIncident,
      view: view([staleBob({ paceSeconds: 300 })], 10),
    });
    expect(follow([first, look(800, 0)]).part('staleCredentials').state).toBe('todo');
    expect(follow([first, look(921, 0)]).part('staleCredentials')).toMatchObject({
      state: 'done',
      evidence: { key: 'checklist.evidence.noMoreFailures', params: { minutes: 15 } },
    });
    expect(follow([first, look(921, 0), look(1000, 990)]).part('staleCredentials').state).toBe('reopened');
  });
});

describe('what contradicts a tick opens it again', () => {
  const done = () => follow(story, facts(opened, probed(110)));
  const last = () => {
    const input = story.at(-1);
    if (!input?.view) throw new Error('no end');
    return input;
  };
  const relocked = administrator({
    lockedAtMs: at(300),
    proofs: { ...wellAgain(60).proofs, lockSeenAtMs: at(300), failureAtMs: at(300) },
  });

  it('a lock', () => {
    const { part, checklist, changes } = follow(
      [{ ...last(), nowMs: at(305), view: view([relocked], 305) }],
      done().memory,
    );
    for (const id of [
      'consoleSignIn',
      'accountUnlocked',
      'accountClear',
      'signedInAgain',
      'quiet',
    ] as const) {
      expect(part(id), id).toMatchObject({ state: 'reopened', by: null, atMs: at(300) });
    }
    expect(part('signedInAgain').evidence?.key).toBe('checklist.evidence.lockedAgain');
    expect(part('isolated').state).toBe('done');
    expect(checklist).toMatchObject({ proven: false, next: { step: 'unlock', part: 'consoleSignIn' } });
    expect(changes).toHaveLength(5);
  });

  it('a lock in the very moment of the sign-in', () => {
    const account = administrator({
      lockedAtMs: at(61),
      proofs: { ...wellAgain(60).proofs, lockSeenAtMs: at(61) },
    });
    const first = follow(story.slice(0, 3));
    const { part } = follow(
      [situation(63, { isolation: isolated(), view: view([account], 63) })],
      first.memory,
    );
    expect(part('consoleSignIn')).toMatchObject({ state: 'reopened', atMs: at(61) });
    expect(part('accountUnlocked').state).toBe('reopened');
  });

  it('rules that let the world in', () => {
    const { part } = follow(
      [
        {
          ...last(),
          nowMs: at(305),
          isolation: { ...trusted(), state: 'unverified', exposure: exposure('open', 300) },
        },
      ],
      done().memory,
    );
    expect(part('isolated')).toMatchObject({
      state: 'reopened',
      evidence: { key: 'checklist.evidence.open' },
    });
    const restored = sampleIsolation(1, {
      state: 'restored',
      entry: trusted().entry,
      exposure: exposure('open', 300),
    });
    const after = follow([{ ...last(), nowMs: at(305), isolation: restored }], done().memory);
    expect(after.part('trustedRule')).toMatchObject({ state: 'reopened', atMs: at(300) });
    expect(after.part('originalsRecorded').state).toBe('done');
    expect(after.checklist.proven).toBe(false);
  });

  it('a test of RDP that gets no answer, and a new failure', () => {
    const memory = remember(done().memory, probed(310, { verdict: 'noService' }));
    const failed = view(
      [wellAgain(60, { proofs: { ...wellAgain(60).proofs, failureAtMs: at(312), countedAtMs: at(312) } })],
      315,
    );
    const { part } = follow([{ ...last(), nowMs: at(315), view: failed }], memory);
    expect(part('rdpAnswers')).toMatchObject({
      state: 'reopened',
      evidence: { key: 'checklist.evidence.rdp.noService' },
    });
    expect(part('quiet')).toMatchObject({ state: 'reopened', atMs: at(312) });
    expect(part('accountClear').state).toBe('done');
  });

  it('a try at a name that does not exist', () => {
    const seen = view([...(last().view?.accounts ?? [])], 400, { lastFailureAtMs: at(399) });
    expect(follow([{ ...last(), nowMs: at(400), view: seen }], done().memory).part('quiet').state).toBe(
      'reopened',
    );
  });

  it('but not what fails for a reason of its own', () => {
    const backup = staleBob({
      ...sampleNames('svc', 1009),
      status: 'clear',
      proofs: { ...noProofs, failureAtMs: at(399) },
    });
    const seen = view([...(last().view?.accounts ?? []), backup], 400, { lastFailureAtMs: at(399) });
    expect(follow([{ ...last(), nowMs: at(400), view: seen }], done().memory).part('quiet').state).toBe(
      'done',
    );
  });

  it('nor evidence that is older than the tick and only comes late', () => {
    const late = { ...isolated(), exposure: exposure('open', 20) };
    const { part } = follow(
      [situation(40, { isolation: late, view: view([wellAgain(35)], 40) })],
      follow(story.slice(0, 2)).memory,
    );
    expect(part('isolated').state).toBe('done');
    expect(part('accountUnlocked').state).toBe('done');
  });

  it('and becomes done again by newer evidence', () => {
    const again = follow(
      [
        { ...last(), nowMs: at(305), view: view([relocked], 305) },
        {
          ...last(),
          nowMs: at(420),
          view: view(
            [
              wellAgain(400, {
                proofs: { ...relocked.proofs, consoleSignIn: proof(400), readUnlockedAtMs: at(401) },
              }),
            ],
            420,
          ),
        },
      ],
      done().memory,
    );
    expect(again.part('accountUnlocked')).toMatchObject({ state: 'done', atMs: at(400) });
    expect(again.part('signedInAgain').state).toBe('reopened');
    expect(again.checklist.next).toEqual({ step: 'verify', part: 'signedInAgain' });
  });
});

describe('what a hand may say', () => {
  const hand = (input: ChecklistInput, part: ChecklistPartId, done = true, memory = emptyMemory) => {
    const first = follow([input], memory);
    return tickByHand(first.checklist, first.memory, { part, done, who: 'erin', nowMs: input.nowMs });
  };

  it('is shown as such, proves nothing and can be taken back', () => {
    const ticked = hand(situation(10), 'consoleOpened');
    const { part } = follow([situation(11)], ticked?.memory);
    expect(part('consoleOpened')).toMatchObject({
      state: 'done',
      by: 'hand',
      who: 'erin',
      atMs: at(10),
      byHand: true,
    });
    const back = hand(situation(12), 'consoleOpened', false, ticked?.memory);
    expect(back?.change).toMatchObject({ to: 'taken back', by: 'hand' });
    expect(follow([situation(13)], back?.memory).part('consoleOpened').state).toBe('todo');
    const bySelf = hand(last(), 'signedInAgain', true, follow(story.slice(0, 4), facts(probed(110))).memory);
    expect(follow([last()], bySelf?.memory).checklist.proven).toBe(false);
  });
  const last = () => situation(230, { isolation: trusted(), view: view([wellAgain(60)], 230) });

  it('is not asked where evidence alone decides', () => {
    for (const part of [
      'originalsRecorded',
      'isolated',
      'accountUnlocked',
      'trustedRule',
      'rdpAnswers',
      'accountClear',
      'quiet',
    ] as const) {
      expect(hand(situation(10), part), part).toBeNull();
    }
    const done = follow(story.slice(0, 3));
    expect(
      hand(situation(62, { view: view([wellAgain(60)], 62) }), 'consoleSignIn', false, done.memory),
    ).toBeNull();
  });

  it('is all there is where no evidence can come', () => {
    const blind = situation(10, {
      isolation: null,
      provider: null,
      view: view([administrator({ status: 'unknown' })], 0, { connection: 'off', status: 'unknown' }),
    });
    for (const part of [
      'originalsRecorded',
      'isolated',
      'accountUnlocked',
      'trustedRule',
      'accountClear',
      'quiet',
    ] as const) {
      expect(hand(blind, part), part).not.toBeNull();
    }
    expect(hand(blind, 'rdpAnswers')).toBeNull();
  });

  it('gives way to evidence, for it and against it', () => {
    const ticked = hand(situation(10), 'consoleSignIn');
    const proven = follow([situation(62, { view: view([wellAgain(60)], 62) })], ticked?.memory);
    expect(proven.part('consoleSignIn')).toMatchObject({ by: 'evidence', who: null, atMs: at(60) });
    const unlinked = situation(10, { isolation: null, provider: null });
    const closed = hand(unlinked, 'isolated');
    const { part } = follow(
      [situation(40, { isolation: { ...open(), exposure: exposure('open', 35) } })],
      closed?.memory,
    );
    expect(part('isolated')).toMatchObject({
      state: 'reopened',
      evidence: { key: 'checklist.evidence.open' },
    });
  });
});

describe('who it is about', () => {
  const renamed = wellAgain(60, { key: 'root', name: 'root' });

  it('is the same account after it was renamed, with all that was ticked', () => {
    const first = follow(story.slice(0, 3));
    const { checklist, part } = follow(
      [situation(90, { isolation: isolated(), view: view([renamed], 90) })],
      first.memory,
    );
    expect(checklist).toMatchObject({ accountKey: 'root', accountName: 'root' });
    expect(part('consoleSignIn')).toMatchObject({ state: 'done', atMs: at(60) });
    expect(
      follow([situation(91, { isolation: isolated(), view: view([renamed], 91) })], first.memory).changes,
    ).toEqual([]);
  });

  it('is not another account that got its old name', () => {
    const imposter = administrator({ sid: 'S-1-5-21-1-2-3-2000', builtinAdministrator: false });
    const { checklist } = follow(
      [situation(90, { view: view([imposter, renamed], 90) })],
      follow(story.slice(0, 3)).memory,
    );
    expect(checklist.accountKey).toBe('root');
  });

  it('follows the incident when that calls the account by its new name', () => {
    const after = incident({
      accounts: [{ key: 'root', name: 'root', everLocked: true }],
      focusAccountKey: 'root',
    });
    const { checklist, part } = follow(
      [situation(90, { incident: after, view: view([renamed], 90) })],
      follow(story.slice(0, 3)).memory,
    );
    expect(checklist.accountKey).toBe('root');
    expect(part('consoleSignIn').state).toBe('done');
  });

  it('has ticks of its own for each of two incidents on one instance', () => {
    const other = local({ view: view([wellAgain(60), bob()], 65) }, 65);
    const mine = situation(65, { view: view([wellAgain(60), bob()], 65) });
    expect(follow([mine]).part('accountUnlocked').state).toBe('done');
    expect(follow([other]).part('accountUnlocked').state).toBe('todo');
  });

  it('is known although its view is gone', () => {
    const { checklist, part } = follow([situation(90, { view: null })], follow(story.slice(0, 3)).memory);
    expect(checklist.accountName).toBe('Administrator');
    expect(part('accountUnlocked').state).toBe('done');
    expect(part('accountClear').state).toBe('done');
    expect(checklist.proven).toBe(false);
  });
});

describe('when to look again', () => {
  const next = (input: ChecklistInput, memory = emptyMemory) => evaluateChecklist(input, memory).nextLookAtMs;

  it('is when the next thing runs out by itself', () => {
    expect(next(situation(10))).toBe(at(600));
    expect(next(situation(45), facts(opened))).toBe(at(55));
    const waiting = situation(150, { isolation: trusted(), view: view([wellAgain(60)], 150) });
    expect(next(waiting, follow(story.slice(0, 4)).memory)).toBe(at(220));
  });

  it('is when what was read of the rules grows too old, and then never', () => {
    const nothingRuns = { view: null, isolation: isolated(30) };
    expect(next(situation(40, nothingRuns))).toBe(at(30) + 15 * 60_000 + 1);
    expect(next(situation(1000, nothingRuns))).toBeNull();
  });
});
