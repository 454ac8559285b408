import { type ReactElement, useState } from 'react';
import { useUi } from '../../store/ui';
import { DiscardDialog } from './discard-dialog';

interface Leaving {
  /** Closes the form, or asks first. */
  leave(): void;
  /** The question, to be shown beside the form. */
  readonly question: ReactElement | null;
}

/** Asks before changes are lost, whether the form is closed or the admin is about to go elsewhere. */
export function useLeaving(changed: boolean, close: () => void): Leaving {
  const pending = useUi((state) => state.pending);
  const resolvePending = useUi((state) => state.resolvePending);
  const [asking, setAsking] = useState(false);
  const stay = (): void => {
    setAsking(false);
    resolvePending('stay');
  };
  return {
    leave: () => {
      if (changed) setAsking(true);
      else close();
    },
    question:
      asking || pending !== null ? (
        <DiscardDialog onStay={stay} onDiscard={() => resolvePending('discard')} />
      ) : null,
  };
}
