import { create } from 'zustand';
import type { AppError } from '../../shared/errors';
import type { ReplayReport } from '../../shared/replay';
import { api } from '../api';

interface SavedLogState {
  readonly phase: 'idle' | 'choosing' | 'reading' | 'cancelled';
  readonly progress: {
    readonly file: string;
    readonly bytesRead: number;
    readonly bytesTotal: number;
  } | null;
  readonly reports: readonly ReplayReport[];
  readonly error: AppError | null;
}

/** The saved logs that were opened; kept while the window lives, so that a look elsewhere loses nothing. */
export const useSavedLog = create<SavedLogState>(() => ({
  phase: 'idle',
  progress: null,
  reports: [],
  error: null,
}));

export function startSavedLog(): () => void {
  return api.on.savedLog.progress((progress) => {
    const { phase } = useSavedLog.getState();
    if (phase === 'choosing' || phase === 'reading') useSavedLog.setState({ phase: 'reading', progress });
  });
}

export async function openSavedLog(): Promise<void> {
  useSavedLog.setState({ phase: 'choosing', progress: null, error: null });
  const answer = await api.savedLog.open(null);
  if (answer.ok) {
    // Closing the file dialog leaves what was open.
    useSavedLog.setState({
      phase: 'idle',
      progress: null,
      ...(answer.value ? { reports: answer.value } : {}),
    });
  } else if (answer.error.code === 'app.cancelled')
    useSavedLog.setState({ phase: 'cancelled', progress: null });
  else useSavedLog.setState({ phase: 'idle', progress: null, error: answer.error });
}

export const cancelSavedLog = (): void => {
  void api.savedLog.cancel(null);
};
