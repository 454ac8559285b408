import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { IngressRule, NetworkChange } from '../../../shared/network';
import { rdpRule } from '../../isolation/plan/testing/rdp-rule';
import { createStubCloud, finish, fixedCredentials, type StubHandler } from '../testing/stub-cloud';
import { createAliyunClient } from './client';
import type { EcsProvider } from './ecs-provider';
import { createEcsProvider } from './ecs-provider';

const data = process.env.LOCKWATCH_REFERENCE_DATA;
const captureSchema = z.object({
  action: z.string(),
  method: z.literal('POST'),
  path: z.literal('/'),
  query: z.record(z.string(), z.string()),
  headers: z.record(z.string(), z.string()),
  body: z.literal(''),
  response: z.unknown(),
});
const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(data ?? '', 'ecs-wire', `${name}.json`), 'utf8'));
const capture = (name: string) => captureSchema.parse(read(name));

function rig(handler: StubHandler) {
  const cloud = createStubCloud(handler);
  const client = createAliyunClient({
    fetch: cloud.fetch,
    clock: cloud.clock,
    credentials: fixedCredentials({ accessKeyId: 'k', accessKeySecret: 's', securityToken: null }),
    newNonce: () => 'n',
    jitter: () => 0,
    endpoint: null,
  });
  return { ...cloud, provider: createEcsProvider({ client, clock: cloud.clock }) };
}

const region = 'cn-hangzhou';
const ref = { region, instanceId: 'i-1' };
const { signal } = new AbortController();
const apply =
  (change: NetworkChange, token = 'unused') =>
  (provider: EcsProvider) =>
    provider.apply(change, ref, token, signal);

const rule = (changes: Partial<IngressRule>): IngressRule => rdpRule({ policy: 'drop', ...changes });

/** Each request as the vendor's own client was recorded sending it, and what makes ours send the same. */
const requests: readonly [
  string,
  (provider: EcsProvider) => Promise<unknown>,
  { readonly now?: string[]; readonly lacks?: string[] },
][] = [
  ['DescribeInstances', (provider) => provider.listInstances(region, signal), {}],
  ['DescribeInstances.page2', (provider) => provider.listInstances(region, signal), {}],
  ['DescribeNetworkInterfaces', (provider) => provider.snapshot(ref, signal), {}],
  [
    'AuthorizeSecurityGroup',
    apply(
      {
        kind: 'addRules',
        groupId: 'sg-1',
        rules: [
          rule({ description: "isolation (it's *temp*) ~é" }),
          rule({ source: { kind: 'ipv6', cidr: '::/0' } }),
        ],
      },
      'tok-456',
    ),
    {},
  ],
  [
    'RevokeSecurityGroup.byRuleId',
    apply(
      { kind: 'removeRules', groupId: 'sg-1', rules: [rule({ id: 'sgr-1' }), rule({ id: 'sgr-2' })] },
      'tok-123',
    ),
    {},
  ],
  [
    // Recorded without a client token, which ours adds.
    'ModifySecurityGroupRule',
    apply({
      kind: 'modifyRule',
      groupId: 'sg-1',
      before: rule({ id: 'sgr-1' }),
      policy: 'drop',
      priority: 1,
    }),
    { lacks: ['ClientToken'] },
  ],
  [
    'ModifyInstanceAttribute.securityGroupIds',
    apply({
      kind: 'changeGroups',
      interfaceId: 'eni-1',
      primary: true,
      add: ['sg-q', 'sg-2'],
      remove: ['sg-1'],
    }),
    { now: ['sg-1'] },
  ],
  [
    'ModifyNetworkInterfaceAttribute',
    apply({ kind: 'changeGroups', interfaceId: 'eni-1', primary: false, add: ['sg-q'], remove: ['sg-1'] }),
    { now: ['sg-1'] },
  ],
  [
    'ModifyInstanceAttribute.password',
    (provider) => provider.resetPassword(ref, "P@ss w0rd+/!*'()", signal),
    {},
  ],
  ['RebootInstance', (provider) => provider.reboot(ref, signal), {}],
  ['DescribeSecurityGroups', (provider) => provider.snapshot(ref, signal), { now: ['sg-1', 'sg-2'] }],
  ['DescribeSecurityGroupAttribute', (provider) => provider.snapshot(ref, signal), { now: ['sg-1'] }],
];

const why = data ? '' : ' (skipped: LOCKWATCH_REFERENCE_DATA is not set)';
describe.skipIf(!data)(`requests are those of the vendor’s own client${why}`, () => {
  it.each(requests)('%s', async (name, work, { now = ['sg-1'], lacks = [] }) => {
    const expected = capture(name);
    const answers: StubHandler = (call) => {
      if (call.action === 'DescribeInstances' && name.startsWith('DescribeInstances')) {
        return {
          json: capture(call.parameters.NextToken ? 'DescribeInstances.page2' : 'DescribeInstances').response,
        };
      }
      const one = { InstanceId: 'i-1', SecurityGroupIds: { SecurityGroupId: now } };
      const card = { ...one, NetworkInterfaceId: 'eni-1', Type: 'Primary' };
      return {
        json: {
          RequestId: 'R',
          Instances: { Instance: [one] },
          NetworkInterfaceSets: { NetworkInterfaceSet: [card] },
        },
      };
    };
    const { provider, calls, clock } = rig(answers);
    await finish(clock, work(provider));
    const sent = calls
      .filter((call) => call.action === expected.action)
      .map((call) => {
        const parameters = Object.entries(call.parameters).filter(([key]) => !lacks.includes(key));
        return Object.fromEntries(parameters);
      });
    expect(sent).toContainEqual(expected.query);
    const headers = calls[0]?.headers ?? {};
    const theirs = Object.keys(expected.headers).filter((header) => header.startsWith('x-acs-'));
    const added = Object.keys(headers).filter(
      (header) => header.startsWith('x-acs-') && !theirs.includes(header),
    );
    expect(added).toEqual([]);
    expect(headers['x-acs-version']).toBe(expected.headers['x-acs-version']);
    expect(headers['x-acs-content-sha256']).toBe(expected.headers['x-acs-content-sha256']);
    expect(headers.accept).toBe(expected.headers.accept);
  });

  it('reads the recorded answers', async () => {
    const { provider, clock } = rig((call) => ({
      json: capture(
        call.action === 'DescribeInstances' && call.parameters.NextToken
          ? 'DescribeInstances.page2'
          : call.action,
      ).response,
    }));
    const instances = await finish(clock, provider.listInstances(region, signal));
    expect(instances).toMatchObject({
      ok: true,
      value: [
        { id: 'i-1', name: 'web', system: 'windows', status: 'running', privateAddresses: ['10.0.0.5'] },
      ],
    });
    const snapshot = await finish(clock, provider.snapshot(ref, signal, { members: false }));
    expect(snapshot).toMatchObject({
      ok: true,
      value: {
        groups: [{ id: 'sg-1', ingress: [{ id: 'sgr-1', priority: 1, ports: { from: 3389, to: 3389 } }] }],
      },
    });
  });

  it.each([
    ['error-notfound', 'cloud.notFound', {}],
    ['error-ram', 'cloud.denied', { action: 'ecs:RevokeSecurityGroup' }],
    ['error-throttle', 'cloud.throttled', {}],
    ['error-unavailable', 'cloud.server', {}],
  ])('sorts the recorded failure %s', async (name, code, params) => {
    const { server } = z
      .object({
        server: z.object({
          status: z.number(),
          json: z.unknown(),
          headers: z.record(z.string(), z.string()).default({}),
        }),
      })
      .parse(read(name));
    const { provider, clock } = rig(() => server);
    const answer = await finish(clock, provider.listInstances(region, signal));
    expect(answer).toMatchObject({ error: { code, params: { requestId: 'RQ', ...params } } });
  });
});
