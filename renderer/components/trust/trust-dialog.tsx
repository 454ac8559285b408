import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { Result } from '../../../shared/result';
import { Failure } from '../panel';
import { useReturnFocus } from '../use-return-focus';
import { Compared, type Comparison } from './compared';
import styles from './trust.module.css';

export type TrustDecision = 'pin' | 'reject';

interface Props {
  readonly title: string;
  /** The words of the two answers. */
  readonly reject: string;
  readonly accept: string;
  /** Null at first sight. Another one was trusted until now: it is only accepted once both were compared. */
  readonly comparison: Comparison | null;
  readonly decide: (decision: TrustDecision) => Promise<Result<unknown>>;
  readonly onDecided: (decision: TrustDecision) => void;
  readonly children: ReactNode;
}

/** Asks whether a server is trusted; not connecting is what is offered first when it changed. */
export function TrustDialog(props: Props): ReactElement {
  const { title, reject, accept, comparison, decide, onDecided, children } = props;
  const changed = comparison !== null;
  useReturnFocus();
  const [confirmed, setConfirmed] = useState(!changed);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const answer = async (decision: TrustDecision): Promise<void> => {
    setBusy(true);
    const result = await decide(decision);
    setBusy(false);
    if (result.ok) onDecided(decision);
    else setError(result.error);
  };
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            <div className={styles.stack}>
              {children}
              {comparison === null ? null : <Compared {...comparison} onConfirm={setConfirmed} />}
            </div>
            {error === null ? null : <Failure error={error} />}
          </DialogContent>
          <DialogActions>
            <Button
              appearance={changed ? 'primary' : 'secondary'}
              disabled={busy}
              onClick={() => void answer('reject')}
            >
              {reject}
            </Button>
            <Button
              appearance={changed ? 'secondary' : 'primary'}
              disabled={busy || !confirmed}
              onClick={() => void answer('pin')}
            >
              {accept}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
