import { describe, expect, it } from 'vitest';
import { TICKS_PER_MINUTE } from '../../shared/time';
import { roleFromEvents } from './identity';
import {
  applyAccountReadings,
  applyEvents,
  applyGap,
  applyPolicy,
  emptyModel,
  inReadingOrder,
} from './model';
import { ranked, tallyTotal } from './tally';
import {
  at,
  event,
  failure,
  fold,
  lockEvent,
  MACHINE,
  reading,
  ready,
  recordOf,
  refusal,
  SID,
  sshFailure,
  sshHint,
  success,
  THREE,
  unlockEvent,
  validation,
} from './testing/events';

const count = (events: Parameters<typeof fold>[0], model = ready()) =>
  recordOf(fold(events, model)).state.badPasswordCount;

describe('folding events', () => {
  it('R7 counts failures and R10 clears them on success', () => {
    expect(count([failure(1, 0), failure(2, 9)])).toBe(2);
    expect(count([failure(1, 0), failure(2, 9), success(3, 20)])).toBe(0);
  });

  it('R28 sshd logging a Kerberos logon before the password clears nothing', () => {
    const premature = { LogonType: '3', LogonProcessName: 'sshd', AuthenticationPackageName: 'Kerberos' };
    expect(count([sshFailure(1, 0), success(2, 3, premature), sshFailure(3, 4)])).toBe(2);
  });

  it('R26 counts one attempt once when 4625 and 4776 both saw it, in either order', () => {
    expect(count([validation(1, 0), failure(2, 0.1)])).toBe(1);
    expect(count([failure(1, 0), validation(2, 1.9)])).toBe(1);
    const model = fold([validation(1, 0), failure(2, 0.1)]);
    expect(recordOf(model)).toMatchObject({ failuresCounted: 1, failuresByReason: { wrongPassword: 1 } });
    expect(recordOf(model).trail).toHaveLength(1);
    expect(recordOf(model).trail[0]).toMatchObject({
      eventId: 4625,
      address: '10.1.2.3',
      mergedWith: { eventId: 4776, recordId: 1 },
    });
    expect(tallyTotal(model.addresses)).toBe(1);
  });

  it('R26 pairs storms one to one', () => {
    const events = Array.from({ length: 5 }, (_, i) => [
      validation(2 * i + 1, i * 0.1),
      failure(2 * i + 2, i * 0.1 + 0.02),
    ]).flat();
    expect(recordOf(fold(events)).failuresCounted).toBe(5);
  });

  it('R26 keeps attempts apart that are two seconds away, of one kind, or from another workstation', () => {
    expect(count([validation(1, 0), failure(2, 2.5)])).toBe(2);
    expect(count([failure(1, 0), failure(2, 0.1)])).toBe(2);
    expect(count([validation(1, 0, { Workstation: 'OTHER' }), failure(2, 0.1)])).toBe(2);
  });

  it('R8 refusals while locked change nothing', () => {
    const model = fold([
      failure(1, 0),
      failure(2, 1),
      failure(3, 2),
      lockEvent(4, 2),
      refusal(5, 9),
      refusal(6, 60),
    ]);
    expect(recordOf(model).state).toMatchObject({ badPasswordCount: 3, badPasswordTime: at(2) });
    expect(recordOf(model).state.lock).toMatchObject({ at: at(2), exact: true, lastSeen: at(60) });
    expect(recordOf(model).failuresByReason).toEqual({ wrongPassword: 3, lockedOut: 2 });
  });

  it('R8 a refusal alone shows a lock that began no later, with the last counted failure if there is one', () => {
    expect(recordOf(fold([refusal(1, 30)])).state.lock).toMatchObject({ at: at(30), exact: false });
    const guessed = recordOf(fold([failure(1, 0), failure(2, 1), failure(3, 2), refusal(4, 3)])).state;
    expect(guessed.lock).toMatchObject({ at: at(2), exact: false, proof: 'refusal' });
  });

  it('R29 the locking failure logged after its 4740 does not undo it', () => {
    const model = fold([failure(1, 0), failure(2, 1), lockEvent(3, 2), failure(4, 2.01)]);
    expect(recordOf(model).state.lock).toMatchObject({ at: at(2), exact: true });
    expect(recordOf(model).state.badPasswordCount).toBe(3);
  });

  it('R29 a judged password long after the lock shows that it was lifted', () => {
    const { state } = recordOf(fold([lockEvent(1, 0), failure(2, 60)]));
    expect(state).toMatchObject({ lock: null, badPasswordCount: 1 });
  });

  it('R11 an unlock clears, and a refusal logged in the same moment does not lock again', () => {
    const { state } = recordOf(fold([lockEvent(1, 0), unlockEvent(2, 60), refusal(3, 60.5)]));
    expect(state).toMatchObject({ lock: null, badPasswordCount: 0 });
  });

  it('R12 an admin password reset leaves lock and count', () => {
    const reset = event(4724, 2, 30, { TargetUserName: 'alice', SubjectUserName: 'boss' });
    expect(recordOf(fold([lockEvent(1, 0), reset])).state.lock).not.toBeNull();
  });

  it('R13 a refused password change makes the count uncertain', () => {
    const refused = event(4723, 2, 5, { TargetUserName: 'alice' }, { keywords: 0x8010000000000000n });
    expect(recordOf(fold([failure(1, 0), refused])).state).toMatchObject({
      badPasswordCount: 1,
      uncertainFailures: 1,
    });
  });

  it('R15 disabled is answered to a right password and clears nothing', () => {
    const disabled = failure(2, 5, { SubStatus: '0xC0000072' });
    expect(count([failure(1, 0), disabled])).toBe(1);
  });

  it('R4 R19 counts nothing for an exempt account or with threshold 0', () => {
    const known = success(1, 0, { TargetUserName: 'root', TargetUserSid: `${SID}-500` });
    const tries = [2, 3, 4, 5].map((id) => failure(id, id, { TargetUserName: 'root' }));
    const spared = fold([known, ...tries], ready({ ...THREE, lockoutAdmins: false }));
    expect(recordOf(spared, 'root').state.badPasswordCount).toBe(0);
    expect(recordOf(spared, 'root').failuresCounted).toBe(4);
    expect(count([failure(1, 0)], ready({ ...THREE, threshold: 0 }))).toBe(0);
  });

  it('R16 a raised threshold does not unlock, a lowered one does not lock what it finds', () => {
    const locked = fold([failure(1, 0), failure(2, 1), failure(3, 2), lockEvent(4, 2)]);
    const raised = applyPolicy(locked, { policy: { ...THREE, threshold: 9 }, warnings: [] }, at(5));
    expect(recordOf(raised).state.lock).toMatchObject({ at: at(2) });
    const loose = fold([failure(1, 0), failure(2, 1)], ready({ ...THREE, threshold: 9 }));
    const lowered = applyPolicy(loose, { policy: { ...THREE, threshold: 1 }, warnings: [] }, at(5));
    expect(recordOf(lowered).state.lock).toBeNull();
  });

  it('R5 a policy that comes after the events is used for them', () => {
    const blind = applyEvents(emptyModel('standalone', MACHINE), [
      failure(1, 0),
      failure(2, 700),
      failure(3, 701),
    ]);
    expect(recordOf(blind).state.badPasswordCount).toBe(3);
    const known = applyPolicy(blind, { policy: THREE, warnings: [] }, at(800));
    expect(recordOf(known).state.badPasswordCount).toBe(2);
  });

  it('R18 service and batch logons count as any other', () => {
    expect(count([failure(1, 0, { LogonType: '5' }), failure(2, 1, { LogonType: '4' })])).toBe(2);
  });

  it('R26 domain accounts of a member are judged elsewhere, local ones here', () => {
    const model = fold([failure(1, 0), failure(2, 1, { TargetDomainName: 'CORP' })], ready(THREE, 'member'));
    expect([...model.accounts].map(([key, record]) => [key, record.ref.authority])).toEqual([
      ['alice', 'here'],
      ['corp\\alice', 'elsewhere'],
    ]);
  });

  it('counts guesses at unknown names by name only', () => {
    const unknown = { SubStatus: '0xC0000064' };
    const events = [
      failure(1, 0, { ...unknown, TargetUserName: 'bob' }),
      validation(2, 0.1, { TargetUserName: 'bob', Status: '0xC0000064' }),
      failure(3, 1, { ...unknown, TargetUserName: 'carol' }),
    ];
    const model = fold(events);
    expect(model.accounts.size).toBe(0);
    expect(ranked(model.unknownNames).map(({ key, count: n }) => [key, n])).toEqual([
      ['bob', 1],
      ['carol', 1],
    ]);
  });

  it('stays bounded under many names and addresses, and says what it left out', () => {
    const events = Array.from({ length: 1000 }, (_, i) =>
      failure(i + 1, i, { TargetUserName: `user${i}`, IpAddress: `203.0.${i >> 8}.${i & 255}` }),
    );
    const model = fold(events);
    expect(model.accounts.size).toBe(256);
    expect(model.accountsForgotten).toBe(744);
    expect(model.addresses.entries.size).toBe(256);
    expect(tallyTotal(model.addresses)).toBe(1000);
    expect(model.recentFailures.length).toBeLessThanOrEqual(256);
  });

  it('never forgets a locked account for new names', () => {
    const others = Array.from({ length: 400 }, (_, i) =>
      failure(i + 2, i + 1, { TargetUserName: `user${i}` }),
    );
    expect(recordOf(fold([lockEvent(1, 0), ...others])).state.lock).not.toBeNull();
  });

  it('leaves the model it was given as it was', () => {
    const before = fold([failure(1, 0)]);
    const trail = [...recordOf(before).trail];
    fold([failure(2, 1), lockEvent(3, 2), sshHint(4, 2, 'alice', '10.0.0.1')], before);
    expect(recordOf(before).trail).toEqual(trail);
    expect(before.marks.get(`${MACHINE}|Security`)?.seen).toEqual([1]);
  });

  it('takes in records again only after the log was rebuilt', () => {
    const model = fold([failure(5, 0)]);
    expect(count([failure(1, 9), failure(5, 9)], model)).toBe(2);
    const rebuilt = applyGap(model, { at: at(5), reason: 'logRebuilt', channel: 'Security' });
    expect(count([failure(1, 9), failure(5, 10)], rebuilt)).toBe(3);
  });

  it('puts channels in the order of what happened', () => {
    const [a, b, c] = [failure(7, 3), sshHint(1, 2, 'alice', '10.0.0.1'), failure(6, 3)];
    expect(inReadingOrder([a, b, c])).toEqual([b, c, a]);
  });

  it('knows a domain controller by its Kerberos events', () => {
    expect(roleFromEvents([failure(1, 0)])).toBe('unknown');
    expect(roleFromEvents([event(4771, 1, 0, {})])).toBe('domainController');
  });
});

describe('reading account states', () => {
  it('R29 a reading outranks older events, and newer events the reading', () => {
    const model = fold([lockEvent(1, 0)]);
    const read = applyAccountReadings(model, [reading(10)]);
    expect(recordOf(read).state).toMatchObject({ lock: null, badPasswordCount: 0, countBasis: 'reading' });
    expect(recordOf(fold([lockEvent(2, 20)], read)).state.lock).toMatchObject({ at: at(20) });
    const late = applyAccountReadings(fold([lockEvent(1, 0), lockEvent(2, 20)]), [reading(10)]);
    expect(recordOf(late).state.lock).toMatchObject({ at: at(20) });
  });

  it('R9 an expired lockoutTime that is still stored proves nothing', () => {
    const stored = reading(0, { origin: 'pdc', locked: null, lockoutTime: at(-601), badPasswordCount: 3 });
    expect(recordOf(applyAccountReadings(ready(), [stored])).state.lock).toBeNull();
    const inForce = { ...stored, lockoutTime: at(-599) };
    expect(recordOf(applyAccountReadings(ready(), [inForce])).state.lock).toMatchObject({
      proof: 'attribute',
    });
  });

  it('R14 a badPasswordTime older than a failure shows that it was not counted', () => {
    const model = fold([failure(1, 0), failure(2, 60)], ready(THREE, 'domainController'));
    const read = applyAccountReadings(model, [
      reading(90, { origin: 'pdc', badPasswordCount: 1, badPasswordTime: at(0) }),
    ]);
    expect(
      recordOf(read)
        .trail.filter((row) => row.refuted)
        .map((row) => row.recordId),
    ).toEqual([2]);
    expect(recordOf(read)).toMatchObject({ failuresCounted: 1, state: { badPasswordCount: 1 } });
  });

  it('R20 counts of other domain controllers are neither used nor added, R22 nor anything of an RODC', () => {
    const pdc = reading(10, { origin: 'pdc', badPasswordCount: 2, badPasswordTime: at(5) });
    const dc = reading(20, { origin: 'dc', badPasswordCount: 7, badPasswordTime: at(6), locked: null });
    const rodc = reading(30, { origin: 'rodc', badPasswordCount: 9, locked: true, lockoutTime: at(29) });
    const model = applyAccountReadings(ready(THREE, 'domainController'), [pdc, dc, rodc]);
    expect(recordOf(model).state).toMatchObject({ badPasswordCount: 2, lock: null });
  });

  it('R21 an unlock holds although another domain controller still stores the old count', () => {
    const dc = reading(20, { origin: 'dc', badPasswordCount: 3, badPasswordTime: at(2), lockoutTime: 0n });
    const unlocked = fold([lockEvent(1, 2), unlockEvent(2, 10)], ready(THREE, 'domainController'));
    expect(recordOf(applyAccountReadings(unlocked, [dc])).state).toMatchObject({
      badPasswordCount: 0,
      lock: null,
    });
  });

  it('R6 dates a count without a time by the first reading that showed it, however often it is read', () => {
    let model = ready();
    for (let i = 0; i < 200; i++) model = applyAccountReadings(model, [reading(i, { badPasswordCount: 2 })]);
    expect(recordOf(model).state).toMatchObject({ badPasswordCount: 2, badPasswordTime: at(0) });
    expect(recordOf(model).trail).toHaveLength(2);
  });

  it('R3 an account with its own policy is judged by it', () => {
    const own = reading(0, { origin: 'pdc', policy: { ...THREE, threshold: 7, source: 'pso' } });
    const model = applyAccountReadings(ready(THREE, 'domainController'), [own]);
    const tries = [1, 2, 3, 4, 5].map((id) => failure(id, id));
    expect(recordOf(fold(tries, model)).state.badPasswordCount).toBe(5);
  });

  it('R23 several failures of one mistake each count', () => {
    const burst = [1, 2, 3].map((id) => sshFailure(id, id * 0.3));
    expect(count(burst)).toBe(3);
  });

  it('R2 keeps instants to the tick', () => {
    const exact = { ...failure(1, 0), time: at(0) + 7n };
    const model = fold([exact]);
    expect(recordOf(model).state.badPasswordTime).toBe(at(0) + 7n);
    expect(THREE.observationWindow).toBe(10n * TICKS_PER_MINUTE);
  });
});
