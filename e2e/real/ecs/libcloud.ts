import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Endpoint } from './endpoint';

/** The system's own Python, which Debian's packages belong to; another one may come first in the path. */
const PYTHON = '/usr/bin/python3';

/** Whether Debian's python3-libcloud is there; the set-up of these tests installs it. */
export const hasLibcloud = spawnSync(PYTHON, ['-c', 'import libcloud.compute.drivers.ecs']).status === 0;

type Answer = { readonly value: unknown } | { readonly error: string };

/** Runs commands in one Python process; each gives its value or what the library said. */
export function libcloud(endpoint: Endpoint, commands: readonly (readonly unknown[])[]): Promise<Answer[]> {
  const { port, key, region } = endpoint;
  const script = join(__dirname, 'libcloud-client.py');
  const args = ['-W', 'ignore', script, String(port), key.id, key.secret, region];
  return new Promise((resolve, reject) => {
    const child = execFile(PYTHON, args, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr));
      else
        resolve(
          stdout
            .trim()
            .split('\n')
            .map((line): Answer => JSON.parse(line)),
        );
    });
    child.stdin?.end(commands.map((command) => JSON.stringify(command)).join('\n'));
  });
}

/** The value of one command; throws what the library said. */
export async function libcloudValue(endpoint: Endpoint, ...command: readonly unknown[]): Promise<unknown> {
  const [answer] = await libcloud(endpoint, [command]);
  if (answer && 'value' in answer) return answer.value;
  throw new Error(answer?.error ?? 'no answer');
}
