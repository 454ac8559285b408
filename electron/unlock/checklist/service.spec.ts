import { describe, expect, it } from 'vitest';
import { sampleId } from '../../desktop/testing/sample-view';
import { createChecklistRig } from './testing/checklist-rig';
import {
  administrator,
  at,
  bob,
  drill,
  incident,
  isolated,
  open,
  rdpProof,
  T0,
  trusted,
  verdict,
  view,
  wellAgain,
} from './testing/situations';

const [first] = [incident().id];
const text = { key: 'unlock.fact', params: {} };
const fact = { instanceId: sampleId(1), who: 'erin', accountKey: null, text };
const other = 'aaaaaaaa-0000-4000-8000-000000000002';

async function locked() {
  const rig = createChecklistRig();
  rig.view(view([administrator()], 0));
  rig.service.isolations([open(0)]);
  await rig.clock.advance(1000);
  return rig;
}

describe('the checklist service', () => {
  it('shows a checklist for each open incident, soon after it is there', async () => {
    const rig = await locked();
    expect(rig.service.list()).toMatchObject([
      { incidentId: first, accountName: 'Administrator', next: { part: 'originalsRecorded' } },
    ]);
    rig.kept.all = [
      incident({
        id: other,
        verdict: verdict('staleCredential'),
        accounts: [{ key: 'bob', name: 'bob', everLocked: true }],
        focusAccountKey: 'bob',
      }),
      ...rig.kept.all,
    ];
    rig.view(view([administrator(), bob()], 1));
    rig.changed();
    await rig.clock.advance(50);
    expect(rig.service.list().map(({ accountName }) => accountName)).toEqual(['bob', 'Administrator']);
  });

  it('ticks within 50 ms of the evidence, keeps it and writes it into the history', async () => {
    const rig = await locked();
    rig.service.isolations([isolated(0)]);
    await rig.clock.advance(50);
    expect(rig.part('isolated')).toMatchObject({ state: 'done', by: 'evidence' });
    expect(rig.lines()).toEqual(['done originalsRecorded', 'done isolated']);
    expect(JSON.stringify(rig.kept.memories.get(first))).toContain('"part":"isolated"');
  });

  it('tells only when something changed, and looks only where something did', async () => {
    const rig = await locked();
    const before = [rig.told.length, rig.kept.saves];
    rig.view(view([administrator()], 0));
    rig.changed();
    await rig.clock.advance(500);
    expect([rig.told.length, rig.kept.saves]).toEqual(before);
  });

  it('takes facts for the incidents of their instance, and for no other', async () => {
    const rig = await locked();
    rig.facts.note({ ...fact, kind: 'consoleOpened', console: 'vnc', atMs: at(2) });
    rig.facts.note({ ...fact, instanceId: sampleId(2), kind: 'ctrlAltDelSent', atMs: at(2) });
    await rig.clock.advance(50);
    expect(rig.part('consoleOpened')).toMatchObject({ state: 'done', who: 'erin', atMs: at(2) });
    expect(rig.part('ctrlAltDel').state).toBe('todo');
  });

  it('goes the whole way from the attack to an incident closed by proof', async () => {
    const rig = createChecklistRig();
    for (const input of drill) {
      await rig.clock.advance(Math.max(0, input.nowMs - rig.clock.now()));
      if (input.view) rig.view(input.view);
      if (input.isolation) rig.service.isolations([{ ...input.isolation, id: sampleId(1) }]);
      await rig.clock.advance(50);
      if (input.nowMs === at(105)) {
        const proof = { ...rdpProof(110), instanceId: sampleId(1) } as never;
        rig.facts.note({ ...fact, kind: 'rdpProbed', atMs: at(110), proof });
      }
    }
    expect(rig.kept.closed).toEqual([`${first} proof`]);
    expect(rig.lines().filter((line) => line.startsWith('reopened'))).toEqual([]);
    expect(rig.service.list()).toEqual([]);
  });

  it('goes on after a restart as if nothing had been', async () => {
    const rig = await locked();
    rig.facts.note({ ...fact, kind: 'consoleOpened', console: 'vnc', atMs: at(2) });
    expect(rig.service.tick(first, 'ctrlAltDel', true)).toMatchObject({ ok: true });
    await rig.clock.advance(50);
    rig.service.dispose();
    const lines = rig.kept.lines.length;
    const next = createChecklistRig({ kept: rig.kept, clock: rig.clock });
    next.view(view([administrator()], 0));
    next.service.isolations([open(0)]);
    await next.clock.advance(50);
    expect(next.service.list()).toEqual(rig.service.list());
    expect(next.kept.lines).toHaveLength(lines);
  });

  it('takes over what the incident that joined it had kept', async () => {
    const rig = await locked();
    rig.service.tick(first, 'ctrlAltDel', true);
    const memory = rig.kept.memories.get(first) ?? null;
    rig.kept.all = [incident({ id: other })];
    rig.changed();
    await rig.clock.advance(50);
    expect(rig.part('ctrlAltDel').state).toBe('todo');
    rig.kept.memories.set(other, structuredClone(memory));
    rig.changed();
    await rig.clock.advance(50);
    expect(rig.part('ctrlAltDel')).toMatchObject({ state: 'done', by: 'hand' });
  });

  it('looks again by itself when a countdown ends', async () => {
    const rig = createChecklistRig();
    rig.facts.note({ ...fact, kind: 'consoleOpened', console: 'cloud', atMs: at(1) });
    rig.view(view([administrator()], 0));
    await rig.clock.advance(2000);
    expect(rig.part('consoleOpened').countdown?.untilMs).toBe(at(16));
    await rig.clock.advance(15_000);
    expect(rig.part('consoleOpened').countdown).toBeNull();
  });

  it('opens again what is contradicted, and says so in the history', async () => {
    const rig = await locked();
    rig.view(view([wellAgain(3)], 5));
    await rig.clock.advance(5000);
    expect(rig.part('accountUnlocked').state).toBe('done');
    rig.view(
      view(
        [administrator({ lockedAtMs: at(8), proofs: { ...wellAgain(3).proofs, lockSeenAtMs: at(8) } })],
        9,
      ),
    );
    await rig.clock.advance(50);
    expect(rig.part('accountUnlocked').state).toBe('reopened');
    expect(rig.lines()).toContain('reopened accountUnlocked');
  });

  it('writes what is stated by hand to history and audit trail, with who said it', async () => {
    const rig = await locked();
    expect(rig.service.tick(first, 'consoleOpened', true)).toEqual({ ok: true, value: null });
    expect(rig.part('consoleOpened')).toMatchObject({ state: 'done', by: 'hand', who: 'erin' });
    expect(rig.service.tick(first, 'consoleOpened', false)).toEqual({ ok: true, value: null });
    expect(rig.part('consoleOpened').state).toBe('todo');
    expect(rig.lines()).toEqual(['ticked consoleOpened', 'takenBack consoleOpened']);
    expect(rig.audited).toMatchObject([
      {
        action: 'checklistStated',
        outcome: 'noted',
        admin: 'erin',
        incident: first,
        reason: 'consoleOpened',
        before: 'todo',
        after: 'done by hand',
      },
      { before: 'done', after: 'taken back' },
    ]);
  });

  it('refuses what is not for a hand to say, an incident that is not open and an account that is not in it', async () => {
    const rig = await locked();
    expect(rig.service.tick(first, 'isolated', true)).toMatchObject({
      ok: false,
      error: { code: 'app.invalidArgument' },
    });
    expect(rig.service.tick(other, 'consoleOpened', true)).toMatchObject({
      ok: false,
      error: { code: 'app.notFound' },
    });
    expect(rig.service.focus(first, 'nobody')).toMatchObject({ ok: false, error: { code: 'app.notFound' } });
    expect(rig.audited).toEqual([]);
  });

  it('is about the account that the admin chooses, with ticks of its own', async () => {
    const rig = await locked();
    const accounts = [...incident().accounts, { key: 'bob', name: 'bob', everLocked: true }];
    rig.kept.all = [incident({ accounts })];
    rig.view(view([wellAgain(1), bob()], 2));
    rig.changed();
    await rig.clock.advance(2000);
    expect(rig.part('accountUnlocked').state).toBe('done');
    expect(rig.service.focus(first, 'bob')).toMatchObject({ ok: true });
    expect(rig.service.of(first)?.accountName).toBe('bob');
    expect(rig.part('accountUnlocked').state).toBe('todo');
    rig.service.focus(first, 'administrator');
    expect(rig.part('accountUnlocked').state).toBe('done');
    expect(rig.lines().filter((line) => line === 'done accountUnlocked')).toHaveLength(1);
  });

  it('does not close twice, and again after the incident was opened again', async () => {
    const rig = createChecklistRig();
    const last = drill.at(-1);
    if (!last?.view || !last.isolation) throw new Error('no end');
    rig.facts.note({ ...fact, kind: 'rdpProbed', atMs: at(110), proof: { ...rdpProof(110) } as never });
    // No pace was seen, so quiet is as long as the observation window.
    rig.clock.jump(730_000);
    rig.view({ ...last.view, checkedAtMs: at(729) });
    rig.service.isolations([{ ...trusted(100), id: sampleId(1) }]);
    await rig.clock.advance(50);
    expect(rig.kept.closed).toHaveLength(1);
    rig.kept.all = [incident()];
    rig.changed();
    await rig.clock.advance(50);
    expect(rig.kept.closed).toHaveLength(2);
    expect(T0).toBeLessThan(rig.clock.now());
  });
});
