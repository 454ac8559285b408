import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { IncidentSummary } from '../../../shared/incident';
import { api } from '../../api';
import type { StateFilter } from './incident-model';

const PAGE = 50;

interface State {
  readonly rows: readonly IncidentSummary[];
  readonly more: boolean;
  /** False until the first answer. */
  readonly known: boolean;
  readonly loading: boolean;
  readonly error: AppError | null;
}

export interface Incidents extends State {
  readonly reload: () => void;
  readonly loadMore: () => void;
}

/** Pages through the incidents; asked again when `key` changes. An answer to an older question is dropped. */
export function useIncidents(search: string, filter: StateFilter, key: string): Incidents {
  const [state, setState] = useState<State>({
    rows: [],
    more: false,
    known: false,
    loading: true,
    error: null,
  });
  const turn = useRef(0);
  const shown = useRef(PAGE);
  const load = useCallback(
    async (before: readonly IncidentSummary[], limit: number): Promise<void> => {
      turn.current += 1;
      const mine = turn.current;
      setState((current) => ({ ...current, loading: true, error: null }));
      const answer = await api.incidents.list({
        search: search.trim(),
        state: filter === 'all' ? null : filter,
        before: before.at(-1)?.id ?? null,
        limit,
      });
      if (mine !== turn.current) return;
      setState((current) => {
        if (!answer.ok) return { ...current, loading: false, error: answer.error };
        const rows = [...before, ...answer.value.incidents];
        shown.current = Math.max(PAGE, rows.length);
        return { rows, more: answer.value.more, known: true, loading: false, error: null };
      });
    },
    [search, filter],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says that the incidents changed
  useEffect(() => {
    void load([], Math.min(200, shown.current));
    return () => {
      turn.current += 1;
    };
  }, [load, key]);
  return {
    ...state,
    reload: () => void load([], Math.min(200, shown.current)),
    loadMore: () => {
      if (!state.loading && state.more) void load(state.rows, PAGE);
    },
  };
}
