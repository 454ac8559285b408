import { existsSync } from 'node:fs';

const WINDOWS_PIPE = '\\\\.\\pipe\\openssh-ssh-agent';

/**
 * Where the SSH agent listens: `SSH_AUTH_SOCK`; on Windows else OpenSSH's pipe, else Pageant. Undefined when there is
 * nowhere to ask.
 */
export function findAgent(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  exists: (path: string) => boolean = existsSync,
): string | undefined {
  const named = env.SSH_AUTH_SOCK;
  if (named) return named;
  if (platform !== 'win32') return undefined;
  return exists(WINDOWS_PIPE) ? WINDOWS_PIPE : 'pageant';
}
