import { describe, expect, it } from 'vitest';
import type { HostKey, InstanceId, ProfileFields } from '../../../shared/instance';
import { LAB_GROUP, type LabCommand, type LabReport, type LabState } from '../../../shared/lab';
import { ok } from '../../../shared/result';
import type { LabSummary } from '../../../shared/snapshot';
import { sampleId } from '../testing/sample-view';
import { createPracticeLab } from './practice-lab';

const state: LabState = {
  running: true,
  paused: false,
  speed: 4,
  phase: 'attack',
  startedAtMs: 0,
  instances: [
    {
      name: 'web-01',
      computer: 'LAB-WEB-01',
      port: 2201,
      storyKey: 'lab.story.web-01',
      underAttack: true,
      accounts: [
        { name: 'Administrator', state: 'locked', badPasswordCount: 10, threshold: 10, unlocksAtMs: null },
        { name: 'bob', state: 'clear', badPasswordCount: 0, threshold: 10, unlocksAtMs: null },
      ],
    },
  ],
};
const started: LabReport = {
  kind: 'started',
  endpoints: [
    {
      name: 'web-01',
      host: '127.0.0.1',
      port: 2201,
      user: 'labadmin',
      password: 'x',
      privateKeyPath: '/lab/key',
      rdpPort: 3389,
      group: LAB_GROUP,
      hostKeyFingerprint: `SHA256:${'A'.repeat(43)}`,
      vnc: { host: '127.0.0.1', port: 5977, password: null },
    },
  ],
  directory: {
    domain: 'lab.practice',
    bindUser: 'reader@lab.practice',
    password: 'x',
    controllers: [],
    accounts: [],
  },
  state,
};

function setUp(existing: readonly { id: InstanceId; fields: ProfileFields }[] = []) {
  const order: string[] = [];
  const sent: LabCommand[] = [];
  const summaries: LabSummary[] = [];
  const profiles = new Map(
    existing.map(({ id, fields }) => [id, { ...fields, id, createdAtMs: 0, updatedAtMs: 0 }]),
  );
  let next = 10;
  const save = (id: InstanceId, fields: ProfileFields) => {
    const profile = { ...fields, id, createdAtMs: 0, updatedAtMs: 0 };
    profiles.set(id, profile);
    order.push(`${fields.watch} ${fields.name}`);
    return Promise.resolve(ok({ profile, warnings: [] }));
  };
  let report: (report: LabReport) => void = () => undefined;
  const exits: (() => void)[] = [];
  const lab = createPracticeLab({
    spawn: () => ({
      send: (command) => sent.push(command),
      onReport: (listener) => {
        report = listener;
      },
      onExit: (listener) => exits.push(listener),
      kill: () => undefined,
    }),
    dataDir: '/lab',
    drill: 'once',
    speed: 4,
    onDirectory: async ({ domain }, through) => {
      order.push(`directory ${domain} through ${profiles.get(through)?.name}`);
      return ok(null);
    },
    onCloud: async ({ cloud }) => ok(cloud ? 'account-1' : null),
    profiles: {
      list: () => [...profiles.values()],
      add: (fields) => save(sampleId(next++), fields),
      update: save,
      delete: async (ids) => {
        for (const id of ids) profiles.delete(id);
        return ok({ undoToken: '', undoUntilMs: 0 });
      },
    },
    hostKeys: {
      pin: async (instanceId, key: HostKey) => {
        order.push(`pin ${key.fingerprint.slice(0, 7)}`);
        return ok({ instanceId, key, acceptedAtMs: 0, acceptedBy: 'a' });
      },
    },
    onSummary: (summary) => summaries.push(summary),
  });
  return { lab, sent, order, summaries, profiles, report: (value: LabReport) => report(value), exits };
}

describe('the practice lab', () => {
  it('makes a profile for each instance, its host key pinned before it is watched', async () => {
    const { lab, order, profiles, report, sent, summaries } = setUp();
    const start = lab.start();
    expect(sent).toEqual([{ kind: 'start', dataDir: '/lab', seed: 'practice', speed: 4, drill: 'once' }]);
    report(started);
    expect(await start).toEqual({ ok: true, value: null });
    expect(order).toEqual([
      'off web-01',
      'pin SHA256:',
      'close web-01',
      'directory lab.practice through web-01',
    ]);
    expect([...profiles.values()]).toMatchObject([
      {
        group: LAB_GROUP,
        ssh: { port: 2201 },
        vnc: { host: '127.0.0.1', port: 5977, via: 'direct' },
        watch: 'close',
      },
    ]);
    expect(summaries.at(-1)).toMatchObject({ running: true, phase: { key: 'lab.phase.attack' } });
  });

  it('begins anew: instances of an earlier start go, those of the admin stay', async () => {
    const first = setUp();
    const start = first.lab.start();
    first.report(started);
    await start;
    const [made] = [...first.profiles.values()];
    if (!made) throw new Error('no profile was made');
    const second = setUp([
      { id: sampleId(5), fields: made },
      { id: sampleId(1), fields: { ...made, group: '', name: 'own' } },
    ]);
    const again = second.lab.start();
    second.report(started);
    await again;
    expect([...second.profiles.values()].map(({ name }) => name).sort()).toEqual(['own', 'web-01']);
    expect(second.profiles.has(sampleId(5))).toBe(false);
  });

  it('plays what it is asked to', async () => {
    const { lab, sent, report } = setUp();
    expect(lab.trigger('attack').ok).toBe(false);
    const start = lab.start();
    report(started);
    await start;
    for (const action of ['attack', 'calm', 'unlock'] as const) lab.trigger(action);
    expect(sent.slice(1)).toEqual([
      { kind: 'trigger', trigger: { kind: 'attack', instance: 'web-01' } },
      { kind: 'trigger', trigger: { kind: 'stopAttack', instance: 'web-01' } },
      { kind: 'trigger', trigger: { kind: 'adminUnlock', instance: 'web-01', account: 'Administrator' } },
    ]);
  });

  it('says when it could not start, and when it is gone', async () => {
    const failing = setUp();
    const start = failing.lab.start();
    failing.report({ kind: 'failed', detail: 'no port' });
    expect((await start).ok).toBe(false);

    const stopping = setUp();
    const running = stopping.lab.start();
    stopping.report(started);
    await running;
    const stopped = stopping.lab.stop();
    expect(stopping.sent.at(-1)).toEqual({ kind: 'stop' });
    for (const exit of stopping.exits) exit();
    await stopped;
    expect(stopping.summaries.at(-1)).toEqual({ running: false, phase: null, instanceIds: [] });
  });
});
