import { useCallback, useEffect, useRef, useState } from 'react';
import type { AuditBreak, AuditRow } from '../../../shared/audit';
import type { AppError } from '../../../shared/errors';
import { api } from '../../api';
import { type AuditFilter, queryOf } from './audit-model';

interface State {
  readonly rows: readonly AuditRow[];
  readonly next: number | null;
  readonly total: number;
  readonly breaks: readonly AuditBreak[];
  /** False until the first answer: nothing may be said of the chain before. */
  readonly known: boolean;
  readonly loading: boolean;
  readonly error: AppError | null;
}

export interface Audit extends State {
  readonly reload: () => void;
  readonly loadMore: () => void;
}

const initial: State = {
  rows: [],
  next: null,
  total: 0,
  breaks: [],
  known: false,
  loading: true,
  error: null,
};

/** Pages through the audit trail. A page that was asked for under another filter is dropped. */
export function useAudit(filter: AuditFilter): Audit {
  const [state, setState] = useState(initial);
  const turn = useRef(0);
  const { search, action, instanceId, period } = filter;
  const load = useCallback(
    async (before: readonly AuditRow[], beforeSeq: number | null): Promise<void> => {
      turn.current += 1;
      const mine = turn.current;
      setState((current) => ({ ...current, loading: true, error: null }));
      const query = queryOf({ search, action, instanceId, period }, beforeSeq, Date.now());
      const answer = await api.audit.page(query);
      if (mine !== turn.current) return;
      setState((current) => {
        if (!answer.ok) return { ...current, loading: false, error: answer.error };
        const { rows, nextBeforeSeq, total, breaks } = answer.value;
        return {
          rows: [...before, ...rows],
          next: nextBeforeSeq,
          total,
          breaks,
          known: true,
          loading: false,
          error: null,
        };
      });
    },
    [search, action, instanceId, period],
  );
  useEffect(() => {
    void load([], null);
    return () => {
      turn.current += 1;
    };
  }, [load]);
  return {
    ...state,
    reload: () => void load([], null),
    loadMore: () => {
      if (!state.loading && state.next !== null) void load(state.rows, state.next);
    },
  };
}
