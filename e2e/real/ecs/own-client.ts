import { randomUUID } from 'node:crypto';
import { createAliyunClient } from '../../../electron/cloud/aliyun/client';
import { createEcsProvider } from '../../../electron/cloud/aliyun/ecs-provider';
import type { CloudProvider } from '../../../electron/cloud/provider';
import { systemClock } from '../../../electron/watch/clock';
import type { IngressRule, PortRange } from '../../../shared/network';
import { ok } from '../../../shared/result';
import type { Endpoint } from './endpoint';

/** The app's own client on an endpoint, without anything between it and the wire. */
export function ownClient({ port, key }: Endpoint): CloudProvider {
  const credentials = { accessKeyId: key.id, accessKeySecret: key.secret, securityToken: null };
  const client = createAliyunClient({
    fetch,
    clock: systemClock,
    newNonce: randomUUID,
    jitter: Math.random,
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { current: () => Promise.resolve(ok(credentials)), renew: () => false },
  });
  return createEcsProvider({ client, clock: systemClock });
}

const portText = (ports: PortRange): string => (ports === 'all' ? '-1/-1' : `${ports.from}/${ports.to}`);

const sourceField = { ipv4: 'SourceCidrIp', ipv6: 'Ipv6SourceCidrIp' } as const;

/** A rule as the app holds it, in the words of the interface, empty fields left out. */
export function inWireWords(rule: IngressRule): Record<string, string> {
  const { source } = rule;
  return {
    SecurityGroupRuleId: rule.id ?? '',
    IpProtocol: rule.protocol.toUpperCase(),
    ...(rule.portListId === null
      ? { PortRange: portText(rule.ports) }
      : { PortRangeListId: rule.portListId }),
    Policy: rule.policy === 'accept' ? 'Accept' : 'Drop',
    Priority: String(rule.priority),
    ...(source.kind === 'group' ? { SourceGroupId: source.groupId } : {}),
    ...(source.kind === 'prefixList' ? { SourcePrefixListId: source.listId } : {}),
    ...('cidr' in source ? { [sourceField[source.kind]]: source.cidr } : {}),
    ...(rule.description === '' ? {} : { Description: rule.description }),
  };
}
