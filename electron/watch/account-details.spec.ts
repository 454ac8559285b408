import { describe, expect, it } from 'vitest';
import { ticksFromSeconds } from '../../shared/time';
import { applyEvents, type InstanceModel, instanceStatus } from '../lockout';
import { at, failure, lockEvent, ready, THREE } from '../lockout/testing/events';
import { DetailCache } from './account-details';

const ACCOUNTS = 40;
const name = (account: number) => `user${String(account).padStart(2, '0')}`;
const failing = (from: number, seconds: number) =>
  Array.from({ length: ACCOUNTS }, (_, account) =>
    failure(from + account, seconds, { TargetUserName: name(account), IpAddress: '203.0.113.5' }),
  );
const attacked = (): InstanceModel =>
  applyEvents(ready({ ...THREE, threshold: 10 }), [...failing(1, 0), ...failing(101, 2), ...failing(201, 4)]);

/** One turn over all accounts, as a view makes it. */
function turn(cache: DetailCache, model: InstanceModel, seconds: number, nowMs = seconds * 1000) {
  const freshness = { checkedAt: at(seconds), maxAge: ticksFromSeconds(120) };
  cache.begin(model);
  const found = instanceStatus(model, freshness, at(seconds)).accounts.flatMap((status) => {
    const record = model.accounts.get(status.ref.key);
    return record ? [{ status, ...cache.of(model, record, status, [], at(seconds), nowMs) }] : [];
  });
  const judged = found.filter(({ verdict }) => verdict.kind !== 'none');
  return { found, judged, behind: cache.behind };
}

function turnsUntilDone(cache: DetailCache, model: InstanceModel, seconds: number): number {
  for (let turns = 1; turns <= ACCOUNTS; turns += 1) if (!turn(cache, model, seconds).behind) return turns;
  throw new Error('never done');
}

describe('what is found out about the accounts of an instance', () => {
  it('is made a few verdicts a turn, and claims nothing of those to come', () => {
    const cache = new DetailCache();
    const model = attacked();
    const first = turn(cache, model, 5);
    expect(first.behind).toBe(true);
    expect(first.judged.length).toBeLessThanOrEqual(12);
    expect(turnsUntilDone(cache, model, 5)).toBeGreaterThan(1);
    expect(turn(cache, model, 5)).toMatchObject({ behind: false, judged: { length: ACCOUNTS } });
  });

  it('foretells from the count beside it, whatever else has to wait', () => {
    const cache = new DetailCache();
    const before = attacked();
    turnsUntilDone(cache, before, 5);
    const after = turn(cache, applyEvents(before, failing(301, 6)), 6);
    expect(after.behind).toBe(true);
    for (const { status, forecast } of after.found) {
      expect(status.badPasswordCount).toBe(4);
      expect(forecast.remaining).toBe(6);
      expect(forecast.countResetsAt).toBe(at(6) + THREE.observationWindow + 1n);
    }
  });

  it('says at once why an account has locked', () => {
    const cache = new DetailCache();
    const before = attacked();
    turnsUntilDone(cache, before, 5);
    const last = name(ACCOUNTS - 1);
    const after = turn(
      cache,
      applyEvents(before, [...failing(301, 6), lockEvent(400, 6, { TargetUserName: last })]),
      6,
    );
    const { verdict, forecast, status } = after.found.find(({ status: { ref } }) => ref.name === last) ?? {};
    expect(status?.state).toBe('locked');
    expect(verdict?.kind).toBe('attack');
    expect(forecast?.remaining).toBe(0);
  });

  it('is looked at again when it has aged, a few at a time', () => {
    const cache = new DetailCache();
    const model = attacked();
    turnsUntilDone(cache, model, 5);
    expect(turn(cache, model, 6).behind).toBe(false);
    const aged = turn(cache, model, 30);
    expect(aged.behind).toBe(true);
    expect(aged.judged).toHaveLength(ACCOUNTS);
    turnsUntilDone(cache, model, 30);
    expect(turn(cache, model, 30).found.every(({ forecast }) => forecast.pace?.alive === false)).toBe(true);
  });

  it('forgets accounts that are gone', () => {
    const cache = new DetailCache();
    turnsUntilDone(cache, attacked(), 5);
    turn(cache, ready(), 5);
    expect(turn(cache, attacked(), 5).judged.length).toBeLessThanOrEqual(12);
  });
});
