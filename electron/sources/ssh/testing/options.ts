import type { SshEndpoint } from '../../../../shared/instance';
import { ok } from '../../../../shared/result';
import type { SshSourceOptions } from '../ssh-source';
import type { SshClock } from '../types';

/** Real time, for connections to real servers. */
const realClock: SshClock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Timers of this length run out only when told to; give a timeout this length to decide when it passes. */
export const HELD_MS = 43_210;

/** Real time, but for timers of `HELD_MS`: `runOut` lets those that still run pass at once. */
export function createHeldClock(): { clock: SshClock; runOut(): void } {
  const held = new Set<() => void>();
  return {
    clock: {
      now: realClock.now,
      after(ms, run) {
        if (ms !== HELD_MS) return realClock.after(ms, run);
        held.add(run);
        return () => held.delete(run);
      },
    },
    runOut() {
      for (const run of [...held]) run();
    },
  };
}

export const endpointOf = (port: number, change: Partial<SshEndpoint> = {}): SshEndpoint => ({
  host: '127.0.0.1',
  port,
  user: 'admin',
  authentication: { kind: 'password' },
  ...change,
});

/** Options with a password, every host key accepted, and nothing shared. */
export const optionsFor = (port: number, change: Partial<SshSourceOptions> = {}): SshSourceOptions => ({
  endpoint: endpointOf(port),
  jumpHosts: [],
  secrets: () => Promise.resolve(ok('correct horse')),
  verifyHostKey: () => Promise.resolve('accept'),
  log: { debug: () => undefined },
  clock: realClock,
  ...change,
});

export const never = (): AbortSignal => new AbortController().signal;
