import { useCallback, useEffect, useRef, useState } from 'react';
import type { UnlockOutcome, UnlockPreview } from '../../../shared/account-unlock';
import type { AppError } from '../../../shared/errors';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';

export interface UnlockFlow {
  /** Null while the instance is asked. */
  readonly preview: UnlockPreview | null;
  readonly error: AppError | null;
  readonly running: boolean;
  /** What came of it; null before. */
  readonly outcome: Exclude<UnlockOutcome, { kind: 'replaced' }> | null;
  /** True when what is shown took the place of what was agreed to. */
  readonly replaced: boolean;
  look(): void;
  apply(reason: string): void;
}

/** Looks how an account stands, and unlocks what was shown. */
export function useUnlock(id: InstanceId, accountKey: string): UnlockFlow {
  const [preview, setPreview] = useState<UnlockPreview | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [running, setRunning] = useState(false);
  const [outcome, setOutcome] = useState<UnlockFlow['outcome']>(null);
  const [replaced, setReplaced] = useState(false);
  const turn = useRef(0);

  const look = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    setPreview(null);
    setError(null);
    setOutcome(null);
    setReplaced(false);
    void api.unlock.plan({ id, accountKey }).then((answer) => {
      if (turn.current !== mine) return;
      if (answer.ok) setPreview(answer.value);
      else setError(answer.error);
    });
  }, [id, accountKey]);
  useEffect(() => {
    look();
    return () => {
      turn.current += 1;
    };
  }, [look]);

  const apply = (reason: string): void => {
    if (!preview?.plan || running) return;
    setRunning(true);
    setError(null);
    const mine = turn.current;
    void api.unlock.apply({ previewId: preview.previewId, confirmed: true, reason }).then((answer) => {
      if (turn.current !== mine) return;
      setRunning(false);
      if (!answer.ok) setError(answer.error);
      else if (answer.value.kind === 'replaced') {
        setPreview(answer.value.preview);
        setReplaced(true);
      } else setOutcome(answer.value);
    });
  };
  return { preview, error, running, outcome, replaced, look, apply };
}
