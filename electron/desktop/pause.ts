import type { PauseUntil } from './tray/tray-model';

const HOUR_MS = 3_600_000;
const MORNING_HOUR = 8;

/** When a pause that begins now ends, in milliseconds since 1970; null resumes. Tomorrow is 8 in the morning, local time. */
export function pauseEnd(until: PauseUntil, nowMs: number): number | null {
  switch (until) {
    case 'oneHour':
      return nowMs + HOUR_MS;
    case 'tomorrow': {
      const now = new Date(nowMs);
      return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, MORNING_HOUR).getTime();
    }
    case 'resume':
      return null;
  }
}
