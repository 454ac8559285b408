import type { PolicyView } from '../../../shared/account-status';
import type { Destination } from '../../../shared/snapshot';
import type { TradeOffScope } from '../../../shared/trade-off';
import { useMirror } from '../../store/window-mirror';

/** Whose policy a page is about, with where it leads back to; undefined when that is gone. */
export function usePolicyOf(scope: TradeOffScope):
  | {
      readonly name: string;
      readonly policy: PolicyView | null;
      readonly back: Destination;
    }
  | undefined {
  const name = useMirror((state) => state.base?.profiles.find(({ id }) => id === scope.id)?.name);
  const view = useMirror((state) => state.fleet[scope.id]);
  if (scope.kind !== 'instance' || name === undefined) return undefined;
  return {
    name,
    policy: view?.policy ?? null,
    back: { page: 'instance', instanceId: scope.id, accountKey: null },
  };
}
