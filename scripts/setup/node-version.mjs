import { SetupError } from './step.mjs';

const MINIMUM = { major: 20, minor: 19 };

/**
 * Refuses a Node that the build tools do not run on.
 *
 * @param {string} version such as `22.1.0`
 */
export function checkNodeVersion(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > MINIMUM.major || (major === MINIMUM.major && minor >= MINIMUM.minor)) return version;
  throw new SetupError(
    `Node ${version} is too old`,
    `Install Node ${MINIMUM.major}.${MINIMUM.minor} or newer (22 or 24 LTS are fine) and run the command again.`,
  );
}
