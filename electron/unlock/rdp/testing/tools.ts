import { type ProbeLimits, type ProbeTools, probeLimits } from '../probe/tools';

export const realTools: ProbeTools = {
  ticks: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Tools whose timers fire when the test says so: a limit is reached without waiting for it. */
export function handTools(): ProbeTools & { readonly waiting: () => number; fire(): void } {
  const timers = new Set<() => void>();
  return {
    ticks: () => performance.now(),
    after(_ms, run) {
      timers.add(run);
      return () => timers.delete(run);
    },
    waiting: () => timers.size,
    fire() {
      const due = [...timers];
      timers.clear();
      for (const run of due) run();
    },
  };
}

/** Generous limits, for a busy machine. */
export const longLimits: ProbeLimits = {
  ...probeLimits,
  nameMs: 60_000,
  connectMs: 60_000,
  answerMs: 60_000,
  encryptMs: 60_000,
};
