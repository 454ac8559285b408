import { useCallback, useEffect, useRef, useState } from 'react';
import type { DirectoryId, UnlockOutcome, UnlockPreview } from '../../../shared/directory';
import type { AppError } from '../../../shared/errors';
import { api } from '../../api';

export interface DirectoryUnlock {
  /** Null while the PDC emulator is asked. */
  readonly preview: UnlockPreview | null;
  readonly error: AppError | null;
  readonly running: boolean;
  /** What came of it; null before. */
  readonly outcome: UnlockOutcome | null;
  /** The account's name as it was last read; null before. */
  readonly name: string | null;
  look(): void;
  apply(): void;
}

/** Reads how an account stands at the PDC emulator, and does once what was shown. */
export function useDirectoryUnlock(id: DirectoryId, accountKey: string): DirectoryUnlock {
  const [preview, setPreview] = useState<UnlockPreview | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [running, setRunning] = useState(false);
  const [outcome, setOutcome] = useState<UnlockOutcome | null>(null);
  const [name, setName] = useState<string | null>(null);
  const turn = useRef(0);
  const busy = useRef(false);

  const look = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    setPreview(null);
    setError(null);
    setOutcome(null);
    void api.directory.planUnlock({ id, accountKey }).then((answer) => {
      if (turn.current !== mine) return;
      if (!answer.ok) setError(answer.error);
      else {
        setPreview(answer.value);
        setName(answer.value.account.name);
      }
    });
  }, [id, accountKey]);
  useEffect(() => {
    look();
    return () => {
      turn.current += 1;
    };
  }, [look]);

  const apply = (): void => {
    const previewId = preview?.previewId;
    if (!previewId || busy.current) return;
    busy.current = true;
    setRunning(true);
    setError(null);
    const mine = turn.current;
    void api.directory.applyUnlock({ previewId, confirmed: true }).then((answer) => {
      busy.current = false;
      if (turn.current !== mine) return;
      setRunning(false);
      // What was agreed to is used up, whatever came of it.
      setPreview(null);
      if (answer.ok) setOutcome(answer.value);
      else setError(answer.error);
    });
  };
  return { preview, error, running, outcome, name, look, apply };
}
