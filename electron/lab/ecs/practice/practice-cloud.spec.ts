import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cloudReferenceSchema } from '../../../../shared/instance';
import { labReportSchema } from '../../../../shared/lab';
import { SimulatedClock } from '../../clock';
import { type Estate, type EstateOptions, startEstate } from '../../estate';
import { ask } from '../../testing/client';
import { call } from '../testing/client';
import { probeRdp } from '../testing/rdp-client';
import { ADMIN_ADDRESS, instanceIdOf, MOVED_ADMIN_ADDRESS, practiceNetworks } from './practice-estate';

const NOW = Date.UTC(2026, 4, 4, 12);
let dataDir = '';
const open: Estate[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lockwatch-cloud-'));
});
afterEach(async () => {
  for (const estate of open.splice(0)) await estate.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function estateAt(options: Partial<EstateOptions> = {}) {
  const clock = new SimulatedClock(NOW);
  const estate = await startEstate({ dataDir, clock, history: false, ...options });
  open.push(estate);
  const { cloud } = estate;
  const failures = (name: string) =>
    estate
      .instance(name)
      .windows.log('Security')
      ?.events()
      .filter(({ eventId }) => eventId === 4625).length ?? 0;
  const attackOn = (name: string) => estate.state().instances.find((one) => one.name === name)?.attack;
  const probe = async (name: string) => {
    await cloud.settled();
    return probeRdp('127.0.0.1', cloud.rdpPort(name));
  };
  const isolate = (name: string) => {
    const { SecurityGroupId } = cloud.ecs.act('CreateSecurityGroup', { VpcId: 'vpc-practice' });
    const group = String(SecurityGroupId);
    cloud.ecs.act('ModifySecurityGroupPolicy', { SecurityGroupId: group, InnerAccessPolicy: 'Drop' });
    cloud.ecs.act('AuthorizeSecurityGroup', {
      SecurityGroupId: group,
      'Permissions.1.IpProtocol': 'TCP',
      'Permissions.1.PortRange': '3389/3389',
      'Permissions.1.SourceCidrIp': '0.0.0.0/0',
      'Permissions.1.Policy': 'Drop',
    });
    const groups = [...cloud.ecs.groupsOf(instanceIdOf(name)), group];
    cloud.ecs.act('ModifyInstanceAttribute', {
      InstanceId: instanceIdOf(name),
      ...Object.fromEntries(groups.map((id, index) => [`SecurityGroupIds.${index + 1}`, id])),
    });
    return group;
  };
  return { estate, cloud, clock, failures, attackOn, probe, isolate };
}

const CONFIRMED = { answer: '030000130ed00000123400021f080002000000' };

describe('the cloud around the practice instances', () => {
  it('lets an attack in until its instance is isolated, and nobody else is cut off', async () => {
    const { estate, clock, failures, attackOn, isolate, cloud } = await estateAt();
    await estate.trigger({ kind: 'attack', instance: 'web-01' });
    await estate.trigger({ kind: 'attack', instance: 'db-03' });
    clock.advance(30_000);
    const before = failures('web-01');
    expect(before).toBeGreaterThan(5);
    expect(attackOn('web-01')).toMatchObject({ allowed: before, blocked: 0, blockedPerSecond: 0 });
    expect(attackOn('web-01')?.allowedPerSecond).toBeGreaterThan(0);
    isolate('web-01');
    const others = failures('db-03');
    clock.advance(30_000);
    expect(failures('web-01')).toBe(before);
    expect(failures('db-03')).toBeGreaterThan(others);
    expect(attackOn('web-01')).toMatchObject({ allowed: before, allowedPerSecond: 0 });
    expect(attackOn('web-01')?.blockedPerSecond).toBeGreaterThan(0);
    expect(cloud.reaches('app-02', '198.51.100.7')).toBe(true);
  });

  it('opens and closes the Remote Desktop port to the admin, and lets a trusted admin back in', async () => {
    const { probe, isolate, cloud, estate } = await estateAt();
    expect(await probe('web-01')).toEqual(CONFIRMED);
    const group = isolate('web-01');
    expect(await probe('web-01')).toBe('refused');
    expect(await probe('app-02')).toEqual(CONFIRMED);
    const [endpoint] = estate.endpoints();
    if (!endpoint) throw new Error('no endpoint');
    expect((await ask(endpoint, 'hostname')).stdout.toString()).toContain('LAB-WEB-01');
    trust(cloud, group, `${ADMIN_ADDRESS}/32`);
    expect(await probe('web-01')).toEqual(CONFIRMED);
    expect(cloud.reaches('web-01', '198.51.100.7')).toBe(false);
    await estate.trigger({ kind: 'moveAdmin', address: MOVED_ADMIN_ADDRESS });
    expect(await probe('web-01')).toBe('refused');
    expect(estate.state().adminAddress).toBe(MOVED_ADMIN_ADDRESS);
  });

  it.skipIf(process.platform === 'darwin')(
    'knows who comes by the loopback address they bind to',
    async () => {
      const { cloud, isolate } = await estateAt();
      const attacker = cloud.loopbackFor('198.51.100.7');
      const admin = cloud.loopbackFor(ADMIN_ADDRESS);
      if (attacker === null || admin === null) throw new Error('no second loopback address');
      expect(cloud.loopbackFor('198.51.100.7')).toBe(attacker);
      const from = (source: string) => probeRdp('127.0.0.2', cloud.rdpPort('web-01'), source);
      expect([await from(attacker), await from(admin)]).toEqual([CONFIRMED, CONFIRMED]);
      trust(cloud, isolate('web-01'), `${ADMIN_ADDRESS}/32`);
      expect([await from(attacker), await from(admin)]).toEqual(['reset', CONFIRMED]);
    },
  );

  it('lets nobody reach an instance that does not run', async () => {
    const { cloud, clock, probe } = await estateAt();
    cloud.ecs.act('StopInstance', { InstanceId: instanceIdOf('web-01') });
    expect(await probe('web-01')).toBe('refused');
    clock.advance(3_000);
    cloud.ecs.act('StartInstance', { InstanceId: instanceIdOf('web-01') });
    expect(await probe('web-01')).toBe('refused');
    clock.advance(5_000);
    expect(await probe('web-01')).toEqual(CONFIRMED);
    cloud.ecs.release(instanceIdOf('web-01'));
    expect(await probe('web-01')).toBe('refused');
  });

  it('tells the admin’s address as text and as JSON, also after a move', async () => {
    const { cloud, estate } = await estateAt({ only: ['db-03'] });
    const { publicAddressUrl } = cloud.describe();
    const text = async (path = '') => (await fetch(publicAddressUrl + path)).text();
    expect(await text()).toBe(`${ADMIN_ADDRESS}\n`);
    await estate.trigger({ kind: 'moveAdmin', address: MOVED_ADMIN_ADDRESS });
    expect(JSON.parse(await text('json'))).toEqual({ ip: MOVED_ADMIN_ADDRESS });
  });

  it('tells how to reach it in the shape that the app expects, and keeps its ports', async () => {
    const { estate, cloud } = await estateAt();
    const report = {
      kind: 'started',
      endpoints: estate.endpoints(),
      state: estate.state(),
      cloud: estate.describeCloud(),
    };
    expect(labReportSchema.parse(report)).toEqual(report);
    for (const { name, cloud: reference, rdpDoor } of report.endpoints) {
      expect(cloudReferenceSchema.parse(reference).instanceId).toBe(instanceIdOf(name));
      expect(rdpDoor?.port).toBe(cloud.rdpPort(name));
    }
    const { endpoint, region } = report.cloud.ecs;
    const listed = await call({ endpoint, now: NOW }, 'DescribeInstances', {
      RegionId: region,
      MaxResults: '100',
    });
    expect(JSON.stringify(listed.body)).toContain(instanceIdOf('web-01'));
    await estate.stop();
    const again = await estateAt();
    expect(again.estate.endpoints()).toEqual(report.endpoints);
    expect(again.estate.describeCloud()).toEqual(report.cloud);
  });

  it('has what the practice is there to show', async () => {
    const { cloud } = await estateAt();
    const { state } = cloud.ecs;
    const groupTypes = practiceNetworks.groups.map(({ type = 'normal' }) => type);
    expect(new Set(groupTypes)).toEqual(new Set(['normal', 'enterprise']));
    expect(cloud.ecs.groupsOf(instanceIdOf('db-03'))).toHaveLength(10);
    expect(state.instances.get(instanceIdOf('app-02'))?.interfaceIds).toHaveLength(2);
    expect(state.groups.get('sg-practice-managed')?.managed).toBe(true);
    const sharing = [...state.interfaces.values()].filter((nic) => nic.groupIds.includes('sg-practice-web'));
    expect(sharing).toHaveLength(3);
    for (const { name } of practiceNetworks.instances.slice(0, 5)) {
      expect([name, cloud.reaches(name ?? '', '198.51.100.7')]).toEqual([name, true]);
    }
  });
});

/** What a restore to trust comes to: everything but one block is dropped. */
function trust(cloud: Estate['cloud'], group: string, block: string): void {
  const [address = ''] = block.split('/');
  const bits = address
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('');
  const complement = Array.from(bits, (bit, index) => {
    const flipped = `${bits.slice(0, index)}${bit === '0' ? '1' : '0'}`.padEnd(32, '0');
    const octets = [0, 8, 16, 24].map((at) => Number.parseInt(flipped.slice(at, at + 8), 2));
    return `${octets.join('.')}/${index + 1}`;
  });
  const rule = { IpProtocol: 'TCP', PortRange: '3389/3389', Policy: 'Drop' };
  const entries = complement.flatMap((cidr, index) =>
    Object.entries({ ...rule, SourceCidrIp: cidr }).map(([name, value]) => [
      `Permissions.${index + 1}.${name}`,
      value,
    ]),
  );
  cloud.ecs.act('AuthorizeSecurityGroup', { SecurityGroupId: group, ...Object.fromEntries(entries) });
  cloud.ecs.act('RevokeSecurityGroup', { SecurityGroupId: group, ...rule, SourceCidrIp: '0.0.0.0/0' });
}
