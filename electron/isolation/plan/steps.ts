import type { Phrase } from '../../../shared/account-status';
import type { PlanStep } from '../../../shared/isolation';
import type { IngressRule, NetworkChange, PortRange } from '../../../shared/network';

/** A step before the plan numbers it. */
export interface DraftStep {
  readonly change: NetworkChange;
  readonly phrase: Phrase;
  readonly checkpoint: boolean;
}

export const draft = (
  change: NetworkChange,
  key: string,
  params: Phrase['params'],
  checkpoint = false,
): DraftStep => ({ change, phrase: { key: `isolation.step.${key}`, params }, checkpoint });

const portsText = (ports: PortRange): string =>
  ports === 'all' ? '*' : ports.from === ports.to ? String(ports.from) : `${ports.from}-${ports.to}`;

const sourceText = ({ source }: IngressRule): string => {
  switch (source.kind) {
    case 'ipv4':
    case 'ipv6':
      return source.cidr;
    case 'group':
      return source.groupId;
    case 'prefixList':
      return source.listId;
  }
};

/** The values by which sentences name a rule. */
export const ruleParams = (rule: IngressRule): Phrase['params'] => ({
  protocol: rule.protocol.toUpperCase(),
  ports: rule.protocol === 'all' ? '*' : (rule.portListId ?? portsText(rule.ports)),
  source: sourceText(rule),
  priority: rule.priority,
});

function chunks<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size));
  return parts;
}

/** Adds or removes rules in as few calls as the provider takes. */
const ruleSteps =
  (kind: 'addRules' | 'removeRules') =>
  (
    groupId: string,
    rules: readonly IngressRule[],
    perCall: number,
    key: string,
    params: Phrase['params'],
  ): DraftStep[] =>
    chunks(rules, perCall).map((part) =>
      draft({ kind, groupId, rules: part }, key, { ...params, count: part.length }),
    );
export const addRules = ruleSteps('addRules');
export const removeRules = ruleSteps('removeRules');

/** The same steps with the last one to be found in the cloud before what follows. */
export const checkedAtEnd = (steps: readonly DraftStep[]): DraftStep[] =>
  steps.map((step, at) => (at === steps.length - 1 ? { ...step, checkpoint: true } : step));

/** Numbers the steps: the same input gives the same ids. The last one is always found before the plan counts as done. */
export const numbered = (steps: readonly DraftStep[]): PlanStep[] =>
  checkedAtEnd(steps).map((step, at) => ({
    id: `${String(at + 1).padStart(2, '0')}-${step.change.kind}`,
    change: step.change,
    phrase: step.phrase,
    calls: [],
    checkpoint: step.checkpoint,
  }));

/** Changing calls of these steps: one each, since rules are cut to what one call takes. */
export const minimumCalls = (plan: { readonly steps: readonly PlanStep[] }, rulesPerCall: number): number =>
  plan.steps.reduce((calls, { change }) => {
    const rules = change.kind === 'addRules' || change.kind === 'removeRules' ? change.rules.length : 1;
    return calls + Math.ceil(rules / rulesPerCall);
  }, 0);
