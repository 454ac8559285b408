import { useMemo } from 'react';
import { useSteppedNow } from '../../store/ticker';
import { useMirror, useSettings } from '../../store/window-mirror';
import type { Freshness } from './directory-model';

const STEP_MS = 1000;

/** What freshness is judged by, moving on with the time. */
export function useFreshness(): Freshness {
  const nowMs = useSteppedNow(STEP_MS);
  const { staleAfterSeconds } = useSettings();
  const windowStale = useMirror((state) => state.stale);
  return useMemo(() => ({ nowMs, staleAfterSeconds, windowStale }), [nowMs, staleAfterSeconds, windowStale]);
}
