import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The oldest Electron line that gets security fixes at the time of this release. */
const SUPPORTED_ELECTRON = 43;

/** Whether this is an Electron that a release may be built on: a supported line, and no development runtime. */
export function isOfficialRuntime(
  electronVersion: string,
  executable: string,
  exists: (path: string) => boolean = existsSync,
): boolean {
  const [major = '0'] = electronVersion.split('.');
  return Number(major) >= SUPPORTED_ELECTRON && !exists(join(dirname(executable), 'lockwatch-runtime.json'));
}
