import { describe, expect, it } from 'vitest';
import { discoverySchema } from '../../shared/cloud';
import type { CloudInstance } from '../../shared/network';
import { sampleProfile } from '../profiles/testing/sample-profile';
import { discover } from './discovery';

const REGION = 'eu-central-1';
const instance = (number: number, changes: Partial<CloudInstance> = {}): CloudInstance => ({
  id: `i-${number}`,
  name: `server-${number}`,
  region: REGION,
  system: 'windows',
  status: 'running',
  lockedForSecurity: false,
  publicAddresses: [`198.51.100.${number}`],
  privateAddresses: [`10.0.0.${number}`],
  vpcId: 'vpc-1',
  ...changes,
});
const profile = (number: number, host: string, changes: Parameters<typeof sampleProfile>[1] = {}) =>
  sampleProfile(number, {
    ssh: { host, port: 22, user: 'u', authentication: { kind: 'agent' } },
    ...changes,
  });
const actions = (...args: Parameters<typeof discover>) =>
  discover(...args).instances.map(({ action, profileId, by }) => [action, profileId?.slice(-1) ?? null, by]);

describe('discovery', () => {
  it('proposes a profile for each Windows instance, running or not', () => {
    const found = discover(
      REGION,
      [
        instance(1),
        instance(2, { status: 'stopped', publicAddresses: [] }),
        instance(3, { lockedForSecurity: true }),
        instance(4, { system: 'linux' }),
        instance(5, { system: 'unknown', publicAddresses: [], privateAddresses: [] }),
      ],
      [],
    );
    expect(discoverySchema.parse(found)).toEqual(found);
    expect(found.otherSystems).toBe(1);
    expect(found.instances.map((one) => [one.instance.id, one.action, one.suggestion.host])).toEqual([
      ['i-1', 'create', '198.51.100.1'],
      ['i-2', 'create', '10.0.0.2'],
      ['i-3', 'create', '198.51.100.3'],
      ['i-5', 'create', null],
    ]);
    expect(found.instances[1]?.instance.status).toBe('stopped');
    expect(found.instances[2]?.instance.lockedForSecurity).toBe(true);
  });

  it('links a profile by its address, else by its name', () => {
    const profiles = [profile(1, '198.51.100.1'), profile(2, '10.0.0.2'), profile(3, 'SERVER-3')];
    expect(actions(REGION, [instance(1), instance(2), instance(3)], profiles)).toEqual([
      ['link', '1', 'address'],
      ['link', '2', 'address'],
      ['link', '3', 'name'],
    ]);
    expect(actions(REGION, [instance(4)], [profile(4, '203.0.113.1', { name: 'Server-4' })])).toEqual([
      ['link', '4', 'name'],
    ]);
  });

  it('finds what it linked, whatever has changed since', () => {
    const cloud = { provider: 'aliyun' as const, region: REGION, instanceId: 'i-1' };
    const linked = profile(1, '203.0.113.1', { cloud, name: 'renamed' });
    expect(actions(REGION, [instance(1)], [linked])).toEqual([['known', '1', 'reference']]);
  });

  it('does not take the same name in another region or cloud for the instance', () => {
    const cloud = { provider: 'aliyun' as const, region: 'eu-west-1', instanceId: 'i-1' };
    const other = profile(1, '198.51.100.1', { cloud });
    const elsewhere = profile(2, '198.51.100.1', { cloud: { ...cloud, region: REGION, provider: 'other' } });
    expect(actions(REGION, [instance(1)], [other, elsewhere])).toEqual([['create', null, null]]);
  });

  it('links nothing by what several have', () => {
    const twins = [
      instance(1, { privateAddresses: ['10.0.0.9'] }),
      instance(2, { privateAddresses: ['10.0.0.9'] }),
    ];
    expect(actions(REGION, twins, [profile(1, '10.0.0.9')]).map(([action]) => action)).toEqual([
      'create',
      'create',
    ]);
    const named = [instance(1, { name: 'web' }), instance(2, { name: 'web' })];
    expect(actions(REGION, named, [profile(1, 'x', { name: 'web' })])[0]?.[0]).toBe('create');
    const two = [profile(1, '198.51.100.1'), profile(2, '198.51.100.1')];
    expect(actions(REGION, [instance(1)], two)[0]?.[0]).toBe('create');
  });

  it('gives a profile to one instance only', () => {
    const both = [instance(1), instance(2, { name: 'x' })];
    const one = profile(1, '198.51.100.1', { name: 'x' });
    expect(actions(REGION, both, [one])).toEqual([
      ['link', '1', 'address'],
      ['create', null, null],
    ]);
  });

  it('proposes nothing on the next run', () => {
    const instances = [instance(1), instance(2)];
    const profiles = discover(REGION, instances, []).instances.map((one, index) =>
      profile(index + 1, one.suggestion.host ?? '', {
        name: one.suggestion.name,
        cloud: { provider: 'aliyun', region: one.instance.region, instanceId: one.instance.id },
      }),
    );
    expect(actions(REGION, instances, profiles).map(([action]) => action)).toEqual(['known', 'known']);
  });
});
