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
  const name = useMirror(
    ({ base }) =>
      (scope.kind === 'instance' ? base?.profiles : base?.directoryProfiles)?.find(
        ({ id }) => id === scope.id,
      )?.name,
  );
  const view = useMirror((state) => state.fleet[scope.id]);
  const domain = useMirror(({ base }) => base?.directories.find(({ id }) => id === scope.id));
  if (name === undefined) return undefined;
  if (scope.kind === 'directory') {
    return {
      name,
      policy: domain?.policy ?? null,
      back: { page: 'directory', directoryId: scope.id },
    };
  }
  return {
    name,
    policy: view?.policy ?? null,
    back: { page: 'instance', instanceId: scope.id, accountKey: null },
  };
}
