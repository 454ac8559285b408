import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { EvidenceRow } from '../../../shared/evidence-view';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { type EvidenceFilter, queryOf } from './evidence-model';

export interface Evidence {
  readonly rows: readonly EvidenceRow[];
  readonly more: boolean;
  readonly loading: boolean;
  readonly error: AppError | null;
  /** Events were stored since the first page was loaded. The rows stay put until the admin asks. */
  readonly newer: boolean;
  readonly reload: () => void;
  readonly loadMore: () => void;
}

interface State {
  readonly rows: readonly EvidenceRow[];
  readonly more: boolean;
  readonly loading: boolean;
  readonly error: AppError | null;
  readonly storedAtLoad: number;
}

/** Pages through the evidence of one instance. A page that was asked for under another filter is dropped. */
export function useEvidence(id: InstanceId, filter: EvidenceFilter, eventsStored: number): Evidence {
  const [state, setState] = useState<State>({
    rows: [],
    more: false,
    loading: true,
    error: null,
    storedAtLoad: eventsStored,
  });
  const turn = useRef(0);
  const stored = useRef(eventsStored);
  stored.current = eventsStored;
  const { kind, account, text } = filter;

  const load = useCallback(
    async (before: readonly EvidenceRow[]): Promise<void> => {
      turn.current += 1;
      const mine = turn.current;
      const storedNow = stored.current;
      setState((current) => ({ ...current, loading: true, error: null }));
      const answer = await api.instance.evidence(queryOf(id, { kind, account, text }, before.at(-1)));
      if (mine !== turn.current) return;
      setState((current) =>
        answer.ok
          ? {
              rows: [...before, ...answer.value.rows],
              more: answer.value.more,
              loading: false,
              error: null,
              storedAtLoad: before.length === 0 ? storedNow : current.storedAtLoad,
            }
          : { ...current, loading: false, error: answer.error },
      );
    },
    [id, kind, account, text],
  );

  useEffect(() => {
    void load([]);
    return () => {
      turn.current += 1;
    };
  }, [load]);

  return {
    rows: state.rows,
    more: state.more,
    loading: state.loading,
    error: state.error,
    newer: !state.loading && eventsStored > state.storedAtLoad,
    reload: () => void load([]),
    loadMore: () => void load(state.rows),
  };
}
