export interface AppUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

export interface Runtime {
  /** Start Electron with this; under root it changes to the ordinary user. */
  readonly executablePath: string;
  readonly distDir: string;
  readonly binary: string;
  readonly version: string;
  readonly kind: 'override' | 'official' | 'registry';
  readonly notice: string | undefined;
  readonly appUser: AppUser | undefined;
}

export function resolveRuntime(): Runtime;
export interface PackagedApp {
  /** Start the packaged app with this. */
  readonly executablePath: string;
  /** The executable itself, whose fuses can be read. */
  readonly binary: string;
  readonly archive: string;
}

export function resolvePackagedApp(options: { forTests: boolean }): PackagedApp;
export function asAppUser(command: string, args?: readonly string[]): { command: string; args: string[] };
export function makeAppWritable(directory: string): string;
export const rootDir: string;
