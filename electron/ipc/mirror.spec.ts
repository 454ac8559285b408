import { describe, expect, it } from 'vitest';
import { emptySnapshot } from '../../shared/empty-snapshot';
import type { StateChange } from '../../shared/snapshot';
import { sampleIsolation } from '../desktop/testing/sample-isolation';
import { sampleAccount, sampleId, sampleView } from '../desktop/testing/sample-view';
import { createMirror } from './mirror';

const initial = emptySnapshot({
  version: '1',
  platform: 'linux',
  officialRuntime: true,
  practice: false,
  systemLocale: 'en',
});

function setUp() {
  const sent: StateChange[] = [];
  const waiting: (() => void)[] = [];
  const mirror = createMirror({
    initial,
    send: (change) => sent.push(change),
    later(run) {
      waiting.push(run);
      return () => {
        waiting.splice(waiting.indexOf(run), 1);
      };
    },
  });
  const tick = () => {
    for (const run of waiting.splice(0)) run();
  };
  return { mirror, sent, waiting, tick };
}

const one = sampleView(1, [sampleAccount('Bob')]);
const two = sampleView(2, []);

describe('what the window mirrors', () => {
  it('sends changes that come together in one event with the next number', () => {
    const { mirror, sent, tick } = setUp();
    mirror.change({ evidenceProcess: 'running' });
    mirror.setFleet([one]);
    mirror.change({ vault: { kind: 'os', backend: 'x' } });
    expect(sent).toEqual([]);
    tick();
    expect(sent).toEqual([
      {
        seq: 1,
        changes: { evidenceProcess: 'running', vault: { kind: 'os', backend: 'x' } },
        fleetChanged: [one],
        fleetRemoved: [],
        isolationChanged: [],
        isolationRemoved: [],
      },
    ]);
    mirror.change({ evidenceProcess: 'failed' });
    tick();
    expect(sent[1]?.seq).toBe(2);
  });

  it('has nothing to send when nothing changed', () => {
    const { mirror, waiting } = setUp();
    mirror.setFleet([one]);
    mirror.flush();
    mirror.setFleet([one]);
    expect(waiting).toHaveLength(0);
  });

  it('sends only the instances concerned', () => {
    const { mirror, sent } = setUp();
    mirror.setFleet([one, two]);
    mirror.flush();
    const changed = { ...two, eventsStored: 5 };
    mirror.setFleet([one, changed]);
    mirror.flush();
    expect(sent[1]).toMatchObject({ fleetChanged: [changed], fleetRemoved: [] });
    mirror.setFleet([changed]);
    mirror.flush();
    expect(sent[2]).toMatchObject({ fleetChanged: [], fleetRemoved: [sampleId(1)] });
  });

  it('sends isolation by instance, beside the fleet', () => {
    const { mirror, sent } = setUp();
    const closed = sampleIsolation(1, { state: 'isolated' });
    mirror.setIsolation([sampleIsolation(1), sampleIsolation(2)]);
    mirror.flush();
    const before = mirror.current().snapshot.isolation;
    mirror.setIsolation([closed, ...before.slice(1)]);
    mirror.flush();
    expect(sent[1]).toMatchObject({ isolationChanged: [closed], isolationRemoved: [], fleetChanged: [] });
    mirror.setIsolation([closed]);
    mirror.flush();
    expect(sent[2]).toMatchObject({ isolationChanged: [], isolationRemoved: [sampleId(2)] });
    expect(mirror.current().snapshot.isolation).toEqual([closed]);
  });

  it('does not send an instance that came and went between two events', () => {
    const { mirror, sent } = setUp();
    mirror.setFleet([one]);
    mirror.setFleet([]);
    mirror.flush();
    expect(sent[0]?.fleetChanged).toEqual([]);
    mirror.setFleet([one]);
    mirror.setFleet([]);
    mirror.setFleet([one]);
    mirror.flush();
    expect(sent[1]).toMatchObject({ fleetChanged: [one], fleetRemoved: [] });
  });

  it('sends what is waiting before it answers a fetch, so that the number covers the snapshot', () => {
    const { mirror, sent, tick } = setUp();
    mirror.setFleet([one]);
    expect(mirror.current()).toMatchObject({ seq: 1, snapshot: { fleet: [one] } });
    expect(sent).toHaveLength(1);
    tick();
    expect(sent).toHaveLength(1);
  });

  it('sends nothing after its end', () => {
    const { mirror, sent, tick } = setUp();
    mirror.change({ evidenceProcess: 'running' });
    mirror.dispose();
    tick();
    expect(sent).toEqual([]);
  });
});
