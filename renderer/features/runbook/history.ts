import { create } from 'zustand';
import type { Destination } from '../../../shared/snapshot';
import { type Route, useUi } from '../../store/ui';

export type RunbookRoute = Extract<Route, { page: 'runbook' }>;

interface HistoryState {
  /** Places read, the oldest first. */
  readonly places: readonly RunbookRoute[];
  readonly at: number;
  /** Where the admin was before the runbook was opened. */
  readonly from: Destination;
}

/** The search field's id: shortcuts of the frame look for it. */
export const RUNBOOK_SEARCH_ID = 'runbook-search';

const LONGEST = 100;

/** What was read in which order, so that back and forward work, and out of the runbook the way one came. */
export const useRunbookHistory = create<HistoryState>(() => ({
  places: [],
  at: -1,
  from: { page: 'fleet' },
}));

const isSame = (a: Route, b: Route): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Told of every change of the route, before a page shows it. */
export function remember(now: Route, before: Route): void {
  if (now.page !== 'runbook') return;
  const { at, places, from } = useRunbookHistory.getState();
  const current = places[at];
  if (before.page !== 'runbook') {
    useRunbookHistory.setState({ places: [now], at: 0, from: before });
  } else if (current === undefined || !isSame(current, now)) {
    const kept = [...places.slice(0, at + 1), now].slice(-LONGEST);
    useRunbookHistory.setState({ places: kept, at: kept.length - 1, from });
  }
}

useUi.subscribe((state, before) => {
  if (state.route !== before.route) remember(state.route, before.route);
});

/** One step; before the first place it leads out of the runbook. */
export function step(by: -1 | 1): void {
  const { at, from, places } = useRunbookHistory.getState();
  const next = places[at + by];
  if (next) {
    useRunbookHistory.setState({ at: at + by });
    useUi.getState().go(next);
  } else if (by === -1) useUi.getState().go(from);
}
