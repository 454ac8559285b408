// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { appError } from '../shared/errors';
import { err, ok } from '../shared/result';
import { api, setMalformedEventListener } from './api';
import { type FakeApi, installFakeApi } from './testing/fake-api';
import { idOf, instanceView, snapshotOf } from './testing/fixtures';

let main: FakeApi;
beforeEach(() => {
  main = installFakeApi();
});

describe('requests', () => {
  it('pass answers of the right shape through', async () => {
    main.answer('app.snapshot', () => ok({ seq: 3, snapshot: snapshotOf() }));
    expect(await api.app.snapshot(null)).toMatchObject({ ok: true, value: { seq: 3 } });
    main.answer('instance.refresh', () => err(appError('app.notFound')));
    expect(await api.instance.refresh({ id: idOf(1) })).toMatchObject({
      ok: false,
      error: { code: 'app.notFound' },
    });
  });

  it.each([
    ['of another shape', () => ok({ seq: 'three' })],
    ['that is no result', () => 42],
    ['with an unknown error', () => ({ ok: false, error: { code: 'made.up' } })],
  ])('turn an answer %s into a failure', async (_, handler) => {
    main.answer('app.snapshot', handler);
    expect(await api.app.snapshot(null)).toMatchObject({ ok: false, error: { code: 'app.internal' } });
  });

  it('never reject', async () => {
    main.answer('app.snapshot', () => {
      throw new Error('gone');
    });
    expect(await api.app.snapshot(null)).toMatchObject({ ok: false, error: { code: 'app.internal' } });
  });
});

describe('events', () => {
  it('reach the listener when they fit and are told apart when they do not', () => {
    const seen: number[] = [];
    const malformed: string[] = [];
    setMalformedEventListener((channel) => malformed.push(channel));
    const stop = api.on.state.changed((change) => seen.push(change.seq));
    const change = {
      seq: 1,
      changes: {},
      fleetChanged: [instanceView(1)],
      fleetRemoved: [],
      isolationChanged: [],
      isolationRemoved: [],
    };
    main.emit('state.changed', change);
    main.emit('state.changed', { ...change, seq: 2, fleetChanged: [{ id: idOf(1) }] });
    expect(seen).toEqual([1]);
    expect(malformed).toEqual(['state.changed']);
    stop();
    main.emit('state.changed', { ...change, seq: 3 });
    expect(seen).toEqual([1]);
    setMalformedEventListener(() => undefined);
  });
});
