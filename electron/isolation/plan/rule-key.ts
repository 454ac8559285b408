import { normaliseCidr } from '../../../shared/cidr';
import type { IngressRule, PortRange } from '../../../shared/network';

const portsKey = (ports: PortRange | null): string =>
  ports === null || ports === 'all' ? 'all' : `${ports.from}/${ports.to}`;

function sourceKey({ source }: IngressRule): string {
  switch (source.kind) {
    case 'ipv4':
    case 'ipv6':
      return `${source.kind} ${normaliseCidr(source.cidr) ?? source.cidr}`;
    case 'group':
      return `group ${source.groupId} ${source.ownerAccount ?? ''}`;
    case 'prefixList':
      return `list ${source.listId}`;
  }
}

/** Tells rules apart as the provider does: adding a rule whose key is there adds nothing (fact 14). */
export function ruleKey(rule: IngressRule): string {
  let key = keys.get(rule);
  if (key === undefined) {
    key = makeKey(rule);
    keys.set(rule, key);
  }
  return key;
}

/** Rules are data that is never changed, and plans compare the same ones again and again. */
const keys = new WeakMap<IngressRule, string>();

function makeKey(rule: IngressRule): string {
  return [
    rule.policy,
    rule.priority,
    rule.protocol,
    rule.portListId ?? portsKey(rule.ports),
    sourceKey(rule),
    portsKey(rule.sourcePorts),
    rule.destination === null ? '' : (normaliseCidr(rule.destination) ?? rule.destination),
  ].join('|');
}

/** As `ruleKey`, with the description: what a restored rule must be equal in. */
export const exactKey = (rule: IngressRule): string => `${ruleKey(rule)}|${rule.description}`;

/** Whether both name the same rule: by id where both have one, else by what they say. */
export const isSameRule = (a: IngressRule, b: IngressRule): boolean =>
  a.id !== null && b.id !== null ? a.id === b.id : ruleKey(a) === ruleKey(b);
