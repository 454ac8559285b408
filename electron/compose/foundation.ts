import { createLog } from '../log/log';
import { createRotatingFile } from '../log/rotating-file';
import { createDiskFiles } from '../storage/atomic-file';
import { systemClock } from '../watch/clock';
import type { Foundation, Part } from './parts';

const LOG_BYTES = 2_000_000;

/** Clock, files and log, on which everything else stands. */
export function composeFoundation(
  inData: Foundation['inData'],
  quit: AbortSignal,
): Part & { readonly foundation: Foundation } {
  const logFile = createRotatingFile(inData('logs/main.log'), LOG_BYTES);
  const clock = systemClock;
  const log = createLog(logFile.write, () => clock.now());
  return {
    foundation: { inData, clock, files: createDiskFiles(), log, quit },
    services: [{ name: 'log', dispose: logFile.flush }],
  };
}
