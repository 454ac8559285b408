import { describe, expect, it } from 'vitest';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import type { Snapshot, StateChange } from '../../shared/snapshot';
import { idOf, instanceView, profileOf, snapshotOf } from '../testing/fixtures';
import { applyChange, createMirror, emptyMirror, fromSnapshot } from './mirror';

const change = (seq: number, part: Partial<StateChange> = {}): StateChange => ({
  seq,
  changes: {},
  fleetChanged: [],
  fleetRemoved: [],
  isolationChanged: [],
  isolationRemoved: [],
  ...part,
});
const two = snapshotOf({
  profiles: [profileOf(1), profileOf(2)],
  fleet: [instanceView(1), instanceView(2)],
});

describe('applyChange', () => {
  const state = fromSnapshot(10, two);

  it('replaces only the instances concerned', () => {
    const next = applyChange(state, change(11, { fleetChanged: [instanceView(2, { status: 'locked' })] }));
    if (typeof next === 'string') throw new Error(next);
    expect(next.seq).toBe(11);
    expect(next.fleet[idOf(2)]?.status).toBe('locked');
    expect(next.fleet[idOf(1)]).toBe(state.fleet[idOf(1)]);
    expect(next.base).toBe(state.base);
  });

  it('removes instances', () => {
    const next = applyChange(state, change(11, { fleetRemoved: [idOf(1)] }));
    if (typeof next === 'string') throw new Error(next);
    expect(Object.keys(next.fleet)).toEqual([idOf(2)]);
  });

  it('changes isolation by instance and keeps the others', () => {
    const view = (number: number, state: 'none' | 'isolated') => ({ id: idOf(number), state }) as never;
    const before = fromSnapshot(1, snapshotOf({ isolation: [view(1, 'none'), view(2, 'none')] }));
    const next = applyChange(before, change(2, { isolationChanged: [view(2, 'isolated')] }));
    if (typeof next === 'string') throw new Error(next);
    expect(next.base?.isolation).toEqual([view(1, 'none'), view(2, 'isolated')]);
    expect(next.base?.isolation[0]).toBe(before.base?.isolation[0]);
    const last = applyChange(next, change(3, { isolationRemoved: [idOf(1)] }));
    if (typeof last === 'string') throw new Error(last);
    expect(last.base?.isolation).toEqual([view(2, 'isolated')]);
    expect(applyChange(last, change(4))).toMatchObject({ base: { isolation: last.base?.isolation } });
  });

  it('takes whole values by key and leaves the others', () => {
    const next = applyChange(state, change(11, { changes: { profiles: [profileOf(3)] } }));
    if (typeof next === 'string') throw new Error(next);
    expect(Object.keys(next.profiles)).toEqual([idOf(3)]);
    expect(next.base?.settings).toBe(state.base?.settings);
  });

  it('drops what it has and tells a gap', () => {
    expect(applyChange(state, change(10))).toBe('old');
    expect(applyChange(state, change(3))).toBe('old');
    expect(applyChange(state, change(12))).toBe('gap');
    expect(applyChange(emptyMirror, change(1))).toBe('gap');
  });
});

type Answer = Result<{ seq: number; snapshot: Snapshot }>;

/** A main that answers when told to, and timers that run when told to. */
function scripted() {
  const answers: ((answer: Answer) => void)[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  const log: string[] = [];
  let listener: (event: StateChange) => void = () => undefined;
  const mirror = createMirror({
    fetch: () => {
      log.push('fetch');
      return new Promise((resolve) => answers.push(resolve));
    },
    subscribe: (to) => {
      log.push('subscribe');
      listener = to;
      return () => log.push('unsubscribe');
    },
    later: (run, ms) => {
      const timer = { run, ms };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
  });
  const answer = async (value: Answer): Promise<void> => {
    answers.shift()?.(value);
    await Promise.resolve();
    await Promise.resolve();
  };
  return {
    mirror,
    log,
    timers,
    answer,
    send: (event: StateChange) => listener(event),
    state: mirror.store.getState,
  };
}

const fetches = (log: readonly string[]): number => log.filter((entry) => entry === 'fetch').length;

describe('the mirror', () => {
  it('subscribes before it fetches', () => {
    const { mirror, log } = scripted();
    mirror.start();
    expect(log).toEqual(['subscribe', 'fetch']);
  });

  it('applies events that came while it fetched, in their order, and drops those contained', async () => {
    const { mirror, answer, send, state } = scripted();
    mirror.start();
    send(change(12, { fleetChanged: [instanceView(1, { status: 'locked' })] }));
    send(change(11, { fleetChanged: [instanceView(1, { status: 'counting' })] }));
    send(change(10, { fleetChanged: [instanceView(1, { status: 'unknown' })] }));
    expect(state().phase).toBe('loading');
    await answer(ok({ seq: 10, snapshot: two }));
    expect(state()).toMatchObject({ phase: 'ready', seq: 12, stale: false });
    expect(state().fleet[idOf(1)]?.status).toBe('locked');
  });

  it('is stale from a gap until the new snapshot is there', async () => {
    const { mirror, answer, send, state, log } = scripted();
    mirror.start();
    await answer(ok({ seq: 1, snapshot: two }));
    send(change(3, { fleetChanged: [instanceView(1, { status: 'locked' })] }));
    expect(state()).toMatchObject({ stale: true, seq: 1 });
    expect(fetches(log)).toBe(2);
    send(change(4));
    expect(fetches(log)).toBe(2);
    await answer(ok({ seq: 3, snapshot: two }));
    expect(state()).toMatchObject({ stale: false, seq: 4 });
  });

  it('waits before it fetches again when even the snapshot leaves a gap', async () => {
    const { mirror, answer, send, state, log, timers } = scripted();
    mirror.start();
    send(change(9));
    await answer(ok({ seq: 1, snapshot: two }));
    expect(state().stale).toBe(true);
    expect(fetches(log)).toBe(1);
    timers[0]?.run();
    expect(fetches(log)).toBe(2);
    await answer(ok({ seq: 9, snapshot: two }));
    expect(state()).toMatchObject({ stale: false, seq: 9 });
  });

  it('tries again ever more slowly while main fails, and keeps what it had', async () => {
    const { mirror, answer, state, timers } = scripted();
    mirror.start();
    await answer(err(appError('app.internal')));
    expect(state()).toMatchObject({ phase: 'failed', stale: true });
    const waits: number[] = [];
    for (let turn = 0; turn < 7; turn += 1) {
      const timer = timers.shift();
      waits.push(timer?.ms ?? 0);
      timer?.run();
      await answer(err(appError('app.internal')));
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    timers.shift()?.run();
    await answer(ok({ seq: 5, snapshot: two }));
    expect(state()).toMatchObject({ phase: 'ready', stale: false, error: null });
    mirror.resync();
    await answer(err(appError('app.internal')));
    expect(state()).toMatchObject({ phase: 'ready', stale: true, seq: 5 });
    expect(Object.keys(state().fleet)).toHaveLength(2);
  });

  it('ends cleanly', async () => {
    const { mirror, answer, state, log, timers } = scripted();
    mirror.start();
    mirror.dispose();
    await answer(ok({ seq: 5, snapshot: two }));
    expect(state().phase).toBe('loading');
    expect(log.at(-1)).toBe('unsubscribe');
    expect(timers).toHaveLength(0);
  });
});
