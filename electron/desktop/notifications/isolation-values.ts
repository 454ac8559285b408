import type { Phrase } from '../../../shared/account-status';
import type { Snapshot } from '../../../shared/snapshot';
import type { NotificationValue } from './notification';

type IsolationView = Snapshot['isolation'][number];
type Offer = Snapshot['addressOffers'][number];

export interface IsolationSeen {
  readonly views: readonly IsolationView[];
  readonly offers: readonly Offer[];
}

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({
  key: `notification.${key}`,
  params,
});

/**
 * What the step from one state to the next gives to say: how a run that the admin began ended, what waits for the
 * admin, an isolation that somebody else made, and an address that changed. Pure; nothing is said twice, because the
 * same state gives nothing.
 */
export function isolationValues(
  before: IsolationSeen,
  now: IsolationSeen,
  nameOf: (id: string) => string,
): readonly NotificationValue[] {
  const old = new Map(before.views.map((view) => [view.id, view]));
  const values = now.views.flatMap((view) => {
    const was = old.get(view.id);
    if (was === view || view.progress !== null) return [];
    const ended = was !== undefined && was.progress !== null;
    const turned = was?.state !== view.state;
    return ended || turned ? stateValue(view, nameOf(view.id), ended) : [];
  });
  const fresh = now.offers.filter(
    (offer) => !before.offers.some(({ id, newCidr }) => id === offer.id && newCidr === offer.newCidr),
  );
  return [...values, ...offerValue(fresh)];
}

function stateValue(view: IsolationView, instance: string, ended: boolean): readonly NotificationValue[] {
  const say = (
    kind: string,
    severity: NotificationValue['severity'],
    body: readonly Phrase[],
    params: Phrase['params'] = {},
  ): readonly NotificationValue[] => [
    {
      key: `isolation|${view.id}|${kind}|${view.entry?.id ?? ''}`,
      category: 'isolation',
      severity,
      title: phrase(`isolation.${kind}.title`, { instance, ...params }),
      body,
      groupId: view.id,
      throttleKey: `isolation|${view.id}`,
      destination: { page: 'instance', instanceId: view.id, accountKey: null },
      about: null,
      closes: [],
    },
  ];
  const why = view.attention ? [view.attention] : [];
  switch (view.state) {
    case 'isolated':
      return ended ? say('isolated', 'info', [phrase(`isolation.isolated.${reachOf(view)}`)]) : [];
    case 'restoredToTrust': {
      const trusted = view.entry?.trusted ?? [];
      const cidrs = trusted.slice(0, 3).join(', ');
      return ended
        ? say('trusted', 'info', [phrase('isolation.trusted.body', { count: trusted.length, cidrs })])
        : [];
    }
    case 'restored':
      return ended ? say('restored', 'info', [phrase('isolation.restored.body')]) : [];
    case 'unverified':
      // At the start nothing has been read yet: that is no news.
      return ended || view.readAtMs !== null ? say('unverified', 'warning', why) : [];
    case 'needsAttention':
      return say('attention', 'critical', [...why, phrase('isolation.attention.body')]);
    case 'foreign':
      return say('foreign', 'info', [phrase('isolation.foreign.body')], { by: view.foreign?.by ?? '' });
    default:
      return [];
  }
}

/** Whether a way in is left that no rule stops: then nobody may be told that nobody gets in. */
const reachOf = ({ entry }: IsolationView): 'body' | 'except' =>
  entry?.verification?.remaining.some(({ certain }) => certain) ? 'except' : 'body';

function offerValue(offers: readonly Offer[]): readonly NotificationValue[] {
  const [first] = offers;
  if (!first) return [];
  const { oldCidr, newCidr } = first;
  return [
    {
      key: `address|${oldCidr}|${newCidr}`,
      category: 'address',
      severity: 'warning',
      title: phrase('address.title'),
      body: [phrase('address.body', { count: offers.length, oldCidr, newCidr })],
      groupId: 'address',
      throttleKey: 'address',
      destination:
        offers.length === 1
          ? { page: 'instance', instanceId: first.id, accountKey: null }
          : { page: 'fleet' },
      about: null,
      closes: [],
    },
  ];
}
