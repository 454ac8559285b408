import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/** @typedef {keyof typeof FuseV1Options} FuseName */

/**
 * The fuses of the packaged app. Playwright needs the inspector, so the build for end-to-end tests keeps that one.
 *
 * @param {{ forTests: boolean }} options
 * @returns {Record<string, boolean>}
 */
export function wantedFuses({ forTests }) {
  return {
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: forTests,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
    WasmTrapHandlers: true,
  };
}

/**
 * Reads the fuses of an executable, by name; a fuse that this Electron does not have is not in the result.
 *
 * @param {string} executable
 * @returns {Promise<Record<string, boolean>>}
 */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable);
  const states = Object.entries(wire).filter(([index]) => index !== 'version');
  return Object.fromEntries(
    states.map(([index, state]) => [
      FuseV1Options[Number(index)] ?? `fuse ${index}`,
      Number(state) === FuseState.ENABLE,
    ]),
  );
}

/**
 * Sets every fuse that this Electron has, and refuses one with a fuse that has no wanted value.
 *
 * @param {string} executable
 * @param {Record<string, boolean>} wanted
 * @param {{ resetSignature: boolean }} options
 * @returns {Promise<string[]>} the wanted fuses that this Electron is too old for
 */
export async function setFuses(executable, wanted, { resetSignature }) {
  const present = Object.keys(await readFuses(executable));
  const values = Object.entries(wanted)
    .filter(([name]) => present.includes(name))
    .map(([name, value]) => [FuseV1Options[/** @type {FuseName} */ (name)], value]);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: resetSignature,
    ...Object.fromEntries(values),
  });
  return Object.keys(wanted).filter((name) => !present.includes(name));
}
