import type { IngressRule, NetworkSnapshot } from '../../../shared/network';
import { ruleKey } from './rule-key';
import { type IsolationNote, overlayTags } from './rules-of-ours';
import { rulesAt, type Site } from './sites';
import { addRules, checkedAtEnd, type DraftStep, draft, removeRules } from './steps';

export interface TransitionContext {
  readonly snapshot: NetworkSnapshot;
  readonly rdpPort: number;
  readonly rulesPerCall: number;
  readonly note: IsolationNote;
}

function makeGroup(site: Site, { snapshot, rdpPort, note }: TransitionContext): DraftStep[] {
  if (!site.create) return [];
  const { vpcId, type } = site.create;
  return [
    draft(
      {
        kind: 'createGroup',
        as: site.groupId,
        name: site.groupName,
        vpcId,
        type,
        description: `Made by Lockwatch for ${snapshot.instance.id}`.slice(0, 256),
        tags: overlayTags(snapshot.instance.id, rdpPort, note),
      },
      'createGroup',
      { group: site.groupName },
    ),
  ];
}

/** Members of a basic group reach each other before any rule (fact 8): shut before anybody is in it. */
const shutInside = (site: Site): DraftStep[] =>
  site.kind === 'overlay' && site.innerAccess === 'accept'
    ? [
        draft({ kind: 'setInnerAccess', groupId: site.groupId, innerAccess: 'drop' }, 'innerDrop', {
          group: site.groupName,
        }),
      ]
    : [];

const attach = (site: Site): DraftStep[] =>
  site.attach.map((interfaceId) =>
    draft(
      {
        kind: 'changeGroups',
        interfaceId,
        primary: site.interfaces.find(({ id }) => id === interfaceId)?.primary ?? false,
        add: [site.groupId],
        remove: [],
      },
      'attach',
      { group: site.groupName, interface: interfaceId },
    ),
  );

/** Everything in an overlay that nobody carries yet is ours to clear, so that attaching it opens nothing. */
function foreignIn(site: Site, snapshot: NetworkSnapshot): IngressRule[] {
  const group = snapshot.groups.find(({ id }) => id === site.groupId);
  if (site.kind !== 'overlay' || !group || group.members.length > 0) return [];
  const ours = rulesAt(site, snapshot);
  return group.ingress.filter((rule) => !ours.includes(rule));
}

/**
 * The steps that turn what a site holds into `target`, never opening more than before or after: the new rules, denials
 * first, then the group is attached, all of it found in the cloud, and only then the old rules are removed.
 */
export function transition(
  site: Site,
  target: readonly IngressRule[],
  context: TransitionContext,
): { readonly open: readonly DraftStep[]; readonly lift: readonly DraftStep[] } {
  const { snapshot, rdpPort, rulesPerCall } = context;
  const group = snapshot.groups.find(({ id }) => id === site.groupId);
  const present = new Set((group?.ingress ?? []).map(ruleKey));
  const wanted = new Set(target.map(ruleKey));
  const missing = target.filter((rule) => !present.has(ruleKey(rule)));
  const stale = rulesAt(site, snapshot).filter((rule) => !wanted.has(ruleKey(rule)));
  const params = { group: site.groupName, port: rdpPort };
  const drops = missing.filter(({ policy }) => policy === 'drop');
  const accepts = missing.filter(({ policy }) => policy === 'accept');
  const sources = accepts.map(({ source }) =>
    source.kind === 'ipv4' || source.kind === 'ipv6' ? source.cidr : '',
  );
  return {
    open: checkedAtEnd([
      ...makeGroup(site, context),
      ...shutInside(site),
      ...removeRules(site.groupId, foreignIn(site, snapshot), rulesPerCall, 'clear', params),
      ...checkedAtEnd(
        addRules(site.groupId, [...drops, ...accepts], rulesPerCall, 'deny', params).map((step) =>
          step.change.kind === 'addRules' && step.change.rules.some(({ policy }) => policy === 'accept')
            ? draft(step.change, 'letIn', { ...step.phrase.params, cidrs: [...new Set(sources)].join(', ') })
            : step,
        ),
      ),
      ...attach(site),
    ]),
    lift: removeRules(site.groupId, stale, rulesPerCall, 'lift', params),
  };
}
