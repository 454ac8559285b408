import { planIsolation } from './isolate';
import type { PlanCapabilities } from './options';
import { largeEstate } from './testing/large-estate';

const capabilities: PlanCapabilities = {
  isolation: 'overlayDeny',
  cutsEstablished: 'unknown',
  rulesPerCall: 100,
  groupsPerInterface: 10,
};

/** Milliseconds of each of `rounds` plans for 10 groups of 200 rules. `nowMs` is a clock with fractions. */
export function timePlanner(nowMs: () => number, rounds = 20): number[] {
  const note = { admin: 'bench', reason: '', incident: '', nowMs: 0 };
  return Array.from({ length: rounds }, (_, round) => {
    const snapshot = largeEstate(10, 200);
    const started = nowMs();
    const plan = planIsolation(
      snapshot,
      { planId: `bench-${round}`, rdpPort: 3389, strategy: null, note },
      capabilities,
    );
    const took = nowMs() - started;
    if (!plan.ok) throw new Error(plan.error.code);
    return took;
  });
}
