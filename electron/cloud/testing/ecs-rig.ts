import type { NetworkChange } from '../../../shared/network';
import { createAliyunClient } from '../aliyun/client';
import { createEcsProvider } from '../aliyun/ecs-provider';
import { createStubCloud, finish, fixedCredentials } from './stub-cloud';
import { createTinyEcs, tinyGroup, tinyRule } from './tiny-ecs';

export const ref = { region: 'eu-central-1', instanceId: 'i-1' };

/** A provider on a small cloud in memory: instance i-1 with a second interface, i-2 beside it in a shared group. */
export function createEcsRig() {
  const ecs = createTinyEcs();
  ecs.groups.set('sg-shared', tinyGroup({ name: 'shared', rules: [tinyRule('sgr-1')] }));
  ecs.groups.set('sg-own', tinyGroup({ name: 'own', inner: 'Drop', tags: { owner: 'web' } }));
  ecs.interfaces.set('eni-1', {
    instanceId: 'i-1',
    primary: true,
    address: '10.0.0.5',
    groups: ['sg-shared', 'sg-own'],
  });
  ecs.interfaces.set('eni-2', { instanceId: 'i-1', primary: false, address: '10.0.1.5', groups: ['sg-own'] });
  ecs.interfaces.set('eni-3', {
    instanceId: 'i-2',
    primary: true,
    address: '10.0.0.6',
    groups: ['sg-shared'],
  });
  const cloud = createStubCloud((call, count) => ecs.handler(call, count));
  let nonce = 0;
  const client = createAliyunClient({
    fetch: cloud.fetch,
    clock: cloud.clock,
    credentials: fixedCredentials(),
    newNonce: () => `nonce-${nonce++}`,
    jitter: () => 0,
    endpoint: null,
  });
  const provider = createEcsProvider({ client, clock: cloud.clock });
  const { signal } = new AbortController();
  const run = <T>(work: Promise<T>): Promise<T> => finish(cloud.clock, work);
  return {
    ecs,
    ...cloud,
    client,
    provider,
    signal,
    run,
    snapshot: (members = true) => run(provider.snapshot(ref, signal, { members })),
    apply: (change: NetworkChange, token = 'token-1') => run(provider.apply(change, ref, token, signal)),
  };
}
