import type { InstanceView, Status } from '../../../shared/account-status';
import type { ConnectionProfile, InstanceId } from '../../../shared/instance';
import type { Exposure } from '../../../shared/isolation';
import { severity } from '../../status/account-order';
import { wordedAs } from './exposure-model';
import type { InstanceIsolation } from './state';
import { isBusy } from './status-model';

export interface ChoosableRow {
  readonly id: InstanceId;
  readonly name: string;
  readonly status: Status;
  readonly verdict: Exposure['verdict'];
  readonly worded: ReturnType<typeof wordedAs>;
  /** False while something is being done to it, or when it is isolated already. */
  readonly free: boolean;
}

const danger: Readonly<Record<Exposure['verdict'], number>> = {
  open: 0,
  unknown: 1,
  trustedOnly: 2,
  closed: 3,
};

/** The instances that can be isolated, the ones in most need first, and how many have no place in the cloud. */
export function choosable(
  profiles: readonly ConnectionProfile[],
  fleet: Readonly<Record<InstanceId, InstanceView>>,
  views: ReadonlyMap<InstanceId, InstanceIsolation>,
  search: string,
): { readonly rows: readonly ChoosableRow[]; readonly unlinked: number } {
  const word = search.trim().toLocaleLowerCase();
  const linked = profiles.filter((profile) => profile.cloud?.provider === 'aliyun');
  const rows = linked
    .filter((profile) =>
      [profile.name, profile.group, ...profile.tags].join('\n').toLocaleLowerCase().includes(word),
    )
    .map((profile): ChoosableRow => {
      const view = views.get(profile.id);
      const verdict = view?.exposure?.verdict ?? 'unknown';
      return {
        id: profile.id,
        name: profile.name,
        status: fleet[profile.id]?.status ?? 'unknown',
        verdict,
        worded: wordedAs(verdict, view?.exposure?.rows ?? []),
        free: view === undefined || (!isBusy(view) && view.state !== 'isolated'),
      };
    })
    .sort(
      (a, b) =>
        Number(b.free) - Number(a.free) ||
        danger[a.verdict] - danger[b.verdict] ||
        severity(a.status) - severity(b.status) ||
        a.name.localeCompare(b.name, undefined, { numeric: true }),
    );
  return { rows, unlinked: profiles.length - linked.length };
}
