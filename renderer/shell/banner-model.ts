import type { Phrase } from '../../shared/account-status';
import type { ConnectionProfile } from '../../shared/instance';
import type { Destination } from '../../shared/snapshot';
import type { MirrorState } from '../store/mirror';
import type { DialogState } from '../store/ui';
import { directoryBanners } from './directory-banners';

export type BannerKind = 'info' | 'warning' | 'error' | 'practice';
export interface BannerView {
  readonly id: string;
  readonly kind: BannerKind;
  readonly message: Phrase;
  readonly dismissible: boolean;
  readonly action:
    | { readonly kind: 'resync'; readonly label: string }
    | { readonly kind: 'dialog'; readonly label: string; readonly dialog: DialogState }
    | { readonly kind: 'page'; readonly label: string; readonly to: Destination }
    | null;
}

type Base = NonNullable<MirrorState['base']>;

const plain = (id: string, kind: BannerKind, key: string, dismissible = false): BannerView => ({
  id,
  kind,
  message: { key, params: {} },
  dismissible,
  action: null,
});

/** The banners of the moment, the gravest first. Only what is merely good to know can be dismissed. */
export function bannersOf(
  base: Base,
  profiles: Readonly<Record<string, ConnectionProfile>>,
  stale: boolean,
): BannerView[] {
  const banners: BannerView[] = [];
  const nameOf = (id: string | null): string => (id === null ? '' : (profiles[id]?.name ?? ''));
  if (base.evidenceProcess === 'failed') banners.push(plain('evidence', 'error', 'banner.evidence.failed'));
  if (base.evidenceProcess === 'restarting') {
    banners.push(plain('evidence', 'warning', 'banner.evidence.restarting'));
  }
  if (stale) {
    banners.push({
      ...plain('stale', 'warning', 'banner.stale'),
      action: { kind: 'resync', label: 'common.retry' },
    });
  }
  const questions = base.hostKeyQuestions.filter((question) => question.instanceId !== null);
  const question = questions[0];
  if (question?.instanceId) {
    const dialog = { kind: 'hostKey', instanceId: question.instanceId, hop: question.key.hop } as const;
    const changed = questions.some((one) => one.pinned !== null);
    banners.push({
      id: 'hostKeys',
      kind: changed ? 'error' : 'warning',
      message: {
        key: 'banner.hostKeys',
        params: { count: questions.length, name: nameOf(question.instanceId) },
      },
      dismissible: false,
      action: { kind: 'dialog', label: 'banner.hostKeys.review', dialog },
    });
  }
  const without = [...new Set(base.missingSecrets.map((missing) => missing.instanceId))];
  const first = without[0];
  if (first !== undefined) {
    banners.push({
      id: 'missingSecrets',
      kind: 'warning',
      message: { key: 'banner.missingSecrets', params: { count: without.length, name: nameOf(first) } },
      dismissible: false,
      action: {
        kind: 'dialog',
        label: 'banner.missingSecrets.enter',
        dialog: { kind: 'profile', id: first, copyOf: null },
      },
    });
  }
  banners.push(...directoryBanners(base));
  for (const notice of base.notices) {
    banners.push({
      id: notice.id,
      kind: notice.severity,
      message: notice.message,
      dismissible: notice.severity !== 'error',
      action: null,
    });
  }
  if (base.vault.kind === 'memory') banners.push(plain('vault', 'info', 'banner.vaultMemory', true));
  if (base.app.practice) banners.push(plain('practice', 'practice', 'banner.practice'));
  return banners;
}
