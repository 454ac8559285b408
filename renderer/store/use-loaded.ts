import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../shared/errors';
import type { Result } from '../../shared/result';

export interface Loaded<T> {
  /** The newest answer; kept while a newer one is fetched. Null before the first. */
  readonly data: T | null;
  readonly error: AppError | null;
  readonly loading: boolean;
  readonly reload: () => void;
}

/**
 * Asks main again whenever `key` changes. An answer to an older question never replaces that to a newer one;
 * when `subject` changes, what was there belongs to something else and is dropped.
 */
export function useLoaded<T>(load: () => Promise<Result<T>>, key: string, subject: string): Loaded<T> {
  const [state, setState] = useState<{ subject: string; data: T | null; error: AppError | null }>({
    subject,
    data: null,
    error: null,
  });
  const [loading, setLoading] = useState(true);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key and the attempt say when to load
  useEffect(() => {
    let current = true;
    setLoading(true);
    void latest.current().then((answer) => {
      if (!current) return;
      setLoading(false);
      setState((before) =>
        answer.ok
          ? { subject, data: answer.value, error: null }
          : { subject, data: before.subject === subject ? before.data : null, error: answer.error },
      );
    });
    return () => {
      current = false;
    };
  }, [key, subject, attempt]);
  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  const mine = state.subject === subject;
  return { data: mine ? state.data : null, error: mine ? state.error : null, loading, reload };
}

/** A value that follows its source at most once in `ms`, and in the end arrives at it. */
export function useThrottled<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + ms - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setShown(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return shown;
}
