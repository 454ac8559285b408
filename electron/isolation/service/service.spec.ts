import { describe, expect, it } from 'vitest';
import { appError } from '../../../shared/errors';
import { journalEntrySchema } from '../../../shared/isolation';
import { err } from '../../../shared/result';
import { sampleEstate } from '../testing/estate';
import { createFakeCloud, fingerprint } from '../testing/fake-cloud';
import { type Rig, startRig, web1 } from '../testing/rig';

const WORLD = fingerprint(sampleEstate());
const journalOf = (rig: Rig) => {
  const name = [...rig.files.contents.keys()].find((path) => path.endsWith('.json'));
  return { name, entry: journalEntrySchema.parse(JSON.parse(rig.files.contents.get(name ?? '') ?? '{}')) };
};

describe('from an attack and back', () => {
  it('isolates one instance, lets trust in, and undoes to the very original', async () => {
    const rig = await startRig();
    expect(await rig.service.exposure('p-1')).toMatchObject({ ok: true, value: { verdict: 'open' } });
    expect(await rig.go('isolate')).toEqual({ kind: 'verified', state: 'isolated' });
    expect(rig.view()).toMatchObject({ state: 'isolated', exposure: { verdict: 'closed' }, attention: null });
    expect((await rig.service.exposure('p-2')).ok).toBe(true);
    expect(rig.view('p-2').exposure?.verdict).toBe('open');

    expect(await rig.go('restoreToTrust', { trusted: ['198.51.100.7/32'] })).toEqual({
      kind: 'verified',
      state: 'restoredToTrust',
    });
    expect(rig.view()).toMatchObject({ state: 'restoredToTrust', exposure: { verdict: 'trustedOnly' } });

    const [undo] = await rig.plan('undo');
    expect(undo?.plan?.confirmation).toBe('type');
    expect(await rig.apply([undo ?? never()])).toMatchObject({
      ok: false,
      error: { code: 'app.invalidArgument' },
    });
    expect(await rig.go('undo', {}, 'web-1')).toEqual({ kind: 'verified', state: 'restored' });
    expect(fingerprint(rig.cloud.state)).toBe(WORLD);
    expect(rig.view()).toMatchObject({ state: 'restored', exposure: { verdict: 'open' } });
    expect(rig.states).toEqual([
      'none',
      'recorded',
      'applying',
      'isolated',
      'restoring',
      'restoredToTrust',
      'restoring',
      'restored',
    ]);
    expect(rig.audited.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'isolate begun',
      'isolate succeeded',
      'restoreToTrust begun',
      'restoreToTrust succeeded',
      'undo begun',
      'undo succeeded',
    ]);
    expect(rig.audited[1]?.requestIds.length).toBeGreaterThan(3);
    await rig.service.dispose();
  });

  it('does not forget while verifying who else is in the group', async () => {
    const estate = sampleEstate();
    const groups = estate.groups.map((group) =>
      group.id === 'sg-web' ? { ...group, innerAccess: 'accept' as const } : group,
    );
    const rig = await startRig({ cloud: createFakeCloud({ ...estate, groups }, Date.now) });
    expect(await rig.go('isolate')).toEqual({ kind: 'verified', state: 'isolated' });
    const members = rig
      .view()
      .entry?.verification?.remaining.flatMap((path) => (path.kind === 'sameGroup' ? path.members : []));
    expect(members?.map(({ name }) => name)).toEqual(['web-2']);
    await rig.service.dispose();
  });

  it('writes original, plan and tokens before the first call that changes something', async () => {
    const rig = await startRig();
    let seen: string | undefined;
    rig.cloud.onCall = ({ kind, token }) => {
      if (kind === 'snapshot' || seen !== undefined) return null;
      const { entry } = journalOf(rig);
      seen = entry.runs[0]?.steps.find((step) => step.token === token)?.outcome;
      expect(entry.original.groups.map(({ id }) => id)).toEqual(['sg-web', 'sg-own']);
      expect(new Set(entry.runs[0]?.steps.map((step) => step.token)).size).toBe(entry.runs[0]?.steps.length);
      return null;
    };
    await rig.go('isolate');
    expect(seen).toBe('sent');
    expect([...rig.files.contents.keys()].some((path) => path.endsWith('.rollback.txt'))).toBe(true);
  });

  it('keeps the recorded original through a second isolation', async () => {
    const rig = await startRig();
    await rig.go('isolate');
    const { entry } = journalOf(rig);
    await rig.go('restoreToTrust', { trusted: ['198.51.100.7/32'] });
    await rig.go('isolate');
    const after = journalOf(rig).entry;
    expect(after.original).toEqual(entry.original);
    expect(after.runs).toHaveLength(3);
    expect(new Set(after.runs.flatMap(({ steps }) => steps.map(({ token }) => token))).size).toBe(
      after.runs.flatMap(({ steps }) => steps).length,
    );
    await rig.go('undo', {}, 'web-1');
    expect(fingerprint(rig.cloud.state)).toBe(WORLD);
  });

  it.each(['deleteRules', 'dropRules'] as const)('undoes %s by putting back every rule', async (strategy) => {
    const rig = await startRig();
    const [preview] = await rig.plan('isolate', { strategy });
    expect(preview?.plan?.blastRadius[0]?.instances).toEqual([{ id: 'i-2', name: 'web-2' }]);
    expect(await rig.go('isolate', { strategy })).toMatchObject({ kind: 'verified' });
    expect(await rig.go('undo', {}, 'web-1')).toMatchObject({ kind: 'verified' });
    expect(fingerprint(rig.cloud.state)).toBe(WORLD);
  });

  it('works on several instances at once, each by itself', async () => {
    const rig = await startRig();
    const previews = await rig.plan('isolate', { ids: ['p-1', 'p-2'] });
    rig.cloud.state.instances = rig.cloud.state.instances.filter(({ id }) => id !== 'i-2');
    const applied = await rig.apply(previews);
    if (!applied.ok) throw new Error(applied.error.code);
    expect(applied.value.map(({ kind }) => kind)).toEqual(['started', 'refused']);
    expect(applied.value[0]?.kind === 'started' && (await applied.value[0].done)).toMatchObject({
      kind: 'verified',
    });
  });

  it('isolates forty in one go, a few at a time, and cancels those that wait', async () => {
    const estate = sampleEstate();
    const [like] = estate.instances;
    const [card] = estate.interfaces['i-1'] ?? [];
    if (!like || !card) throw never();
    const numbers = Array.from({ length: 40 }, (_, at) => at);
    estate.instances = numbers.map((at) => ({ ...like, id: `i-b${at}`, name: `b-${at}` }));
    estate.interfaces = Object.fromEntries(
      numbers.map((at) => [`i-b${at}`, [{ ...card, id: `eni-b${at}`, groupIds: ['sg-web'] }]]),
    );
    const cloud = createFakeCloud(estate, () => 0);
    const rig = await startRig({
      cloud,
      targets: numbers.map((at) => ({ ...web1, id: `p-b${at}`, instanceId: `i-b${at}`, name: `b-${at}` })),
    });
    const previews = await rig.plan('isolate', { ids: numbers.map((at) => `p-b${at}`) });
    let most = 0;
    let working = 0;
    let attached = 0;
    cloud.onCall = async ({ kind }) => {
      if (kind === 'snapshot') return null;
      most = Math.max(most, ++working);
      await new Promise((resolve) => setImmediate(resolve));
      working--;
      if (kind === 'changeGroups' && ++attached === 20) rig.service.cancel('p-b39');
      return null;
    };
    const applied = await rig.apply(previews);
    if (!applied.ok) throw never();
    const outcomes = await Promise.all(
      applied.value.map((one) => (one.kind === 'started' ? one.done : Promise.resolve({ kind: one.kind }))),
    );
    expect(outcomes.filter(({ kind }) => kind === 'verified')).toHaveLength(39);
    expect(applied.value[39]).toMatchObject({ kind: 'refused', error: { code: 'app.cancelled' } });
    expect(most).toBe(4);
    expect(rig.view('p-b0').state).toBe('isolated');
    expect(rig.view('p-b39').state).toBe('none');
  });

  it('exports the way back as text at any moment', async () => {
    const rig = await startRig();
    await rig.go('isolate');
    const text = await rig.service.recipeText('p-1');
    expect(text).toMatchObject({ ok: true });
    if (text.ok) {
      expect(text.value).toContain('aliyun ecs changeGroups --RegionId cn-hangzhou --InstanceId i-1');
      expect(text.value).toContain('"remote desktop"');
    }
  });
});

describe('a plan and the world', () => {
  it('refuses a plan that no longer fits and shows the new one', async () => {
    const rig = await startRig();
    const previews = await rig.plan('isolate', { strategy: 'deleteRules' });
    rig.cloud.state.groups[0]?.ingress.push({
      ...firstRule(rig),
      id: 'sgr-new',
      source: { kind: 'ipv4', cidr: '0.0.0.0/1' },
    });
    const calls = rig.cloud.calls.length;
    const applied = await rig.apply(previews);
    expect(applied).toMatchObject({ ok: true, value: [{ kind: 'replaced', preview: { refusal: null } }] });
    expect(rig.cloud.calls.slice(calls).map(({ kind }) => kind)).toEqual(['snapshot']);
    expect(rig.files.contents.size).toBe(0);
    expect(rig.view().attention?.key).toBe('isolation.run.replaced');
  });

  it('plans an isolation anew by itself when memberships change in between', async () => {
    const rig = await startRig();
    rig.cloud.onDone = ({ kind }) => {
      if (kind !== 'addRules') return;
      rig.cloud.onDone = () => undefined;
      const extra = { ...(rig.cloud.state.groups[1] ?? never()), id: 'sg-late', name: 'late' };
      rig.cloud.state.groups.push(structuredClone(extra));
      rig.cloud.state.interfaces['i-1']?.[0]?.groupIds.push('sg-late');
    };
    expect(await rig.go('isolate')).toEqual({ kind: 'verified', state: 'isolated' });
    expect(rig.cloud.state.interfaces['i-1']?.[0]?.groupIds).toContain('sg-late');
    expect(rig.cloud.calls.filter(({ kind }) => kind === 'createGroup')).toHaveLength(1);
    expect(journalOf(rig).entry.runs).toHaveLength(2);
  });

  it('says of a restore that somebody came between, and leaves the rest undone', async () => {
    const rig = await startRig();
    await rig.go('isolate');
    rig.cloud.onDone = ({ kind }) => {
      if (kind !== 'addRules') return;
      rig.cloud.onDone = () => undefined;
      rig.cloud.state.interfaces['i-1']?.[0]?.groupIds.splice(1, 1);
    };
    expect(await rig.go('restoreToTrust', { trusted: ['198.51.100.7/32'] })).toMatchObject({
      kind: 'changed',
      phrase: { key: 'isolation.run.membershipChanged' },
    });
    expect(rig.view()).toMatchObject({
      state: 'needsAttention',
      exposure: { verdict: expect.not.stringMatching('open') },
    });
  });

  it('leaves it to the admin what becomes of a change by somebody else', async () => {
    const rig = await startRig();
    await rig.go('isolate', { strategy: 'deleteRules' });
    const own = rig.cloud.state.groups.find(({ id }) => id === 'sg-own') ?? never();
    own.ingress.push({ ...firstRule(rig), id: 'sgr-x', ports: { from: 22, to: 22 }, description: 'theirs' });
    const [kept] = await rig.plan('undo');
    expect(kept?.drift).toMatchObject([{ kind: 'ruleAdded', groupId: 'sg-own' }]);
    const decisions = { [kept?.drift[0]?.id ?? '']: 'original' as const };
    await rig.go('undo', { driftDecisions: decisions }, 'web-1');
    expect(fingerprint(rig.cloud.state)).toBe(WORLD);
  });

  it('takes closed back when it no longer is', async () => {
    const rig = await startRig();
    await rig.go('isolate');
    const one = rig.cloud.state.interfaces['i-1']?.[0] ?? never();
    one.groupIds = one.groupIds.filter((id) => !id.startsWith('sg-made'));
    await rig.service.refresh(['p-1']);
    expect(rig.view()).toMatchObject({ state: 'unverified', attention: { key: 'isolation.run.noLonger' } });
  });
});

describe('two of them at once', () => {
  it('shows what another one isolated, who and why, and can restore it', async () => {
    const first = await startRig({ admin: 'erin' });
    await first.go('isolate');
    const second = await startRig({ cloud: first.cloud, admin: 'kim' });
    await second.service.refresh(['p-1']);
    expect(second.view()).toMatchObject({
      state: 'foreign',
      foreign: { by: 'erin', reason: 'brute force', incident: 'inc-7' },
    });
    expect(second.audited.map(({ action }) => action)).toEqual(['foreignFound']);
    await second.service.refresh(['p-1']);
    expect(second.audited).toHaveLength(1);
    expect(await second.go('undo', {}, 'web-1')).toEqual({ kind: 'verified', state: 'restored' });
    expect(fingerprint(first.cloud.state)).toBe(WORLD);
    await first.service.refresh(['p-1']);
    expect(first.view().state).toBe('unverified');
    await first.plan('undo');
    expect(first.view().state).toBe('restored');
  });

  it('ends closed and undoable when both isolate in the same moment', async () => {
    const first = await startRig({ admin: 'erin' });
    const second = await startRig({ cloud: first.cloud, admin: 'kim' });
    const outcomes = await Promise.all([first.go('isolate'), second.go('isolate')]);
    expect(outcomes.map(({ kind }) => kind)).toContain('verified');
    await first.service.refresh(['p-1']);
    await second.service.refresh(['p-1']);
    expect(first.view().exposure?.verdict).toBe('closed');
    await first.go('undo', {}, 'web-1');
    const [rest] = await second.plan('undo');
    if (rest?.plan) await second.go('undo', {}, 'web-1');
    expect(fingerprint(first.cloud.state)).toBe(WORLD);
  });

  it('works on one instance once at a time', async () => {
    const rig = await startRig();
    const [one] = await rig.plan('isolate');
    const [other] = await rig.plan('isolate');
    const applied = await rig.apply([one ?? never(), other ?? never()]);
    expect(applied).toMatchObject({
      ok: true,
      value: [{ kind: 'started' }, { kind: 'refused', error: { code: 'app.busy' } }],
    });
  });
});

describe('following an address', () => {
  it('offers the replacement, and puts the new one in before the old one goes', async () => {
    const rig = await startRig();
    await rig.go('isolate');
    await rig.go('restoreToTrust', { trusted: ['198.51.100.7/32', '192.0.2.0/24'] });
    await rig.service.addressChanged('198.51.100.7', '198.51.100.99');
    expect(rig.offers()).toMatchObject([
      { id: 'p-1', oldCidr: '198.51.100.7/32', newCidr: '198.51.100.99/32' },
    ]);
    const preview = await rig.service.answerOffer('p-1', 'plan');
    if (!preview.ok || !preview.value) throw never();
    const applied = await rig.apply([preview.value]);
    if (!applied.ok || applied.value[0]?.kind !== 'started') throw never();
    expect(await applied.value[0].done).toEqual({ kind: 'verified', state: 'restoredToTrust' });
    expect(rig.view().exposure?.reachable.ipv4.sort()).toEqual(['192.0.2.0/24', '198.51.100.99/32']);
    expect(rig.view().entry?.trusted.sort()).toEqual(['192.0.2.0/24', '198.51.100.99/32']);
    expect(rig.offers()).toEqual([]);
  });

  it('follows by itself when that is switched on', async () => {
    const rig = await startRig({ followByItself: true });
    await rig.go('isolate');
    await rig.go('restoreToTrust', { trusted: ['198.51.100.7/32'] });
    await rig.service.addressChanged('198.51.100.7', '198.51.100.99');
    expect(rig.view().exposure?.reachable.ipv4).toEqual(['198.51.100.99/32']);
    expect(rig.offers()).toEqual([]);
  });
});

describe('when it cannot be written down', () => {
  it('touches nothing with a full disk, and says so', async () => {
    const rig = await startRig();
    rig.files.failing.writeAtomic = 'file.diskFull';
    expect(await rig.go('isolate')).toMatchObject({ kind: 'failed', error: { code: 'file.diskFull' } });
    expect(fingerprint(rig.cloud.state)).toBe(WORLD);
    expect(rig.cloud.calls.every(({ kind }) => kind === 'snapshot')).toBe(true);
    expect(rig.view().attention?.key).toBe('error.file.diskFull');
    expect(rig.audited.at(-1)).toMatchObject({ outcome: 'failed', error: 'file.diskFull' });
  });

  it('touches nothing without the audit trail', async () => {
    const rig = await startRig({ auditFails: () => err(appError('file.diskFull')) });
    expect(await rig.go('isolate')).toMatchObject({ kind: 'failed' });
    expect(rig.files.contents.size).toBe(0);
    expect(fingerprint(rig.cloud.state)).toBe(WORLD);
  });

  it('stops between steps when the disk fills up, and finishes later', async () => {
    const rig = await startRig();
    rig.cloud.onDone = ({ kind }) => {
      if (kind === 'setInnerAccess') rig.files.failing.writeAtomic = 'file.diskFull';
    };
    expect(await rig.go('isolate')).toMatchObject({ kind: 'failed', error: { code: 'file.diskFull' } });
    delete rig.files.failing.writeAtomic;
    const again = await rig.restart();
    await again.service.reconcile();
    expect(again.view()).toMatchObject({ state: 'needsAttention' });
    const resumed = await again.service.resume('p-1');
    if (!resumed.ok || resumed.value.kind !== 'started') throw never();
    expect(await resumed.value.done).toEqual({ kind: 'verified', state: 'isolated' });
    await again.go('undo', {}, 'web-1');
    expect(fingerprint(again.cloud.state)).toBe(WORLD);
  });
});

const firstRule = (rig: Rig) => rig.cloud.state.groups[0]?.ingress[0] ?? never();
function never(): never {
  throw new Error('Not to be reached');
}
