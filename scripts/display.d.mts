export interface Session {
  readonly env: NodeJS.ProcessEnv;
  readonly isVirtual: boolean;
  readonly stop: () => Promise<void>;
}

export function hasDisplay(env: NodeJS.ProcessEnv): boolean;
export function openSession(baseEnv?: NodeJS.ProcessEnv): Promise<Session>;
export function encodeXAuthority(cookie: Buffer): Buffer;
/** Removes the folders of sessions whose process was killed and could not clean up. */
export function removeDeadSessions(parent: string): void;
