import type { CloudState } from '../../../electron/isolation/testing/fake-cloud';
import type { IngressRule } from '../../../shared/network';

const number = (address: string): number =>
  address.split('.').reduce((all, part) => all * 256 + Number(part), 0);

function within(address: string, cidr: string): boolean {
  const [base = '', prefix = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(number(address) / size) === Math.floor(number(base) / size);
}

const about = (rule: IngressRule, from: string, to: string, port: number): boolean =>
  (rule.protocol === 'tcp' || rule.protocol === 'all') &&
  (rule.ports === 'all' || (rule.ports.from <= port && port <= rule.ports.to)) &&
  rule.source.kind === 'ipv4' &&
  within(from, rule.source.cidr) &&
  (rule.destination === null || within(to, rule.destination));

/**
 * Whether one TCP packet reaches an instance, by the provider's order and nothing else: all rules of all its groups,
 * priority 1 first, drops before accepts, nothing without an accept. Owes nothing to the app's own evaluation.
 */
export function packetReaches(state: CloudState, instanceId: string, from: string, port: number): boolean {
  return (state.interfaces[instanceId] ?? []).some(({ groupIds, privateAddresses }) => {
    const rules = state.groups
      .filter(({ id }) => groupIds.includes(id))
      .flatMap(({ ingress }) => ingress)
      .filter((rule) => about(rule, from, privateAddresses[0] ?? '', port));
    const first = Math.min(...rules.map(({ priority }) => priority));
    const deciding = rules.filter(({ priority }) => priority === first);
    return deciding.length > 0 && deciding.every(({ policy }) => policy === 'accept');
  });
}
