import type { InstanceView, Phrase } from '../../../shared/account-status';
import type { LabPhase } from '../../../shared/lab';
import type { Decision } from '../notifications/notification';

export type DrillStep = 'counting' | 'warned' | 'locked' | 'notified' | 'unlocked';

/** Everything that has to be seen of one drill, in its order. */
export const DRILL_STEPS: readonly DrillStep[] = ['counting', 'warned', 'locked', 'notified', 'unlocked'];

export interface DrillNews {
  readonly lines: readonly Phrase[];
  /** Steps seen for the first time: each is worth a picture. */
  readonly steps: readonly DrillStep[];
}

export interface DrillReport {
  fleet(views: readonly InstanceView[]): DrillNews;
  decision(decision: Decision): DrillNews;
  phase(phase: LabPhase | null): DrillNews;
  /** What of the drill the app has seen. */
  seen(): ReadonlySet<DrillStep>;
}

/** Follows a drill as the app sees it, and says what changed. The drill is about the built-in Administrator. */
export function createDrillReport(nameOf: (view: InstanceView) => string): DrillReport {
  const shown = new Map<string, string>();
  const seen = new Set<DrillStep>();
  let lastPhase: LabPhase | null = null;

  const step = (next: DrillStep): readonly DrillStep[] => {
    if (seen.has(next)) return [];
    seen.add(next);
    return [next];
  };
  const changed = (key: string, text: string): boolean => {
    const before = shown.get(key);
    shown.set(key, text);
    return before !== text;
  };

  return {
    fleet(views) {
      const lines: Phrase[] = [];
      const steps: DrillStep[] = [];
      for (const view of views) {
        const instance = nameOf(view);
        if (changed(view.id, view.status)) {
          lines.push({
            key: 'drill.instance',
            params: { instance, status: `status.inSentence.${view.status}` },
          });
        }
        for (const account of view.accounts) {
          const key = `${view.id}/${account.key}`;
          const count = account.badPasswordCount ?? 0;
          const before = shown.get(key);
          const failing = account.status === 'locked' || account.status === 'counting';
          // That an account is well is news only where it was not; what is unknown, the instance's line says.
          const news = failing
            ? changed(key, `${account.status} ${count}`)
            : account.status === 'clear' && shown.delete(key);
          if (news) {
            lines.push({
              key: `drill.account.${account.status}`,
              params: { instance, account: account.name, count, threshold: account.threshold ?? 0 },
            });
          }
          if (!account.builtinAdministrator) continue;
          if (account.status === 'counting') steps.push(...step('counting'));
          if (account.status === 'locked') steps.push(...step('locked'));
          if (account.status === 'clear' && before?.startsWith('locked')) steps.push(...step('unlocked'));
        }
      }
      return { lines, steps };
    },
    decision({ outcome, value }) {
      if (outcome === 'suppressed') return { lines: [], steps: [] };
      const steps =
        value.category === 'imminent' ? step('warned') : value.category === 'lockout' ? step('notified') : [];
      return { lines: [value.title], steps };
    },
    phase(phase) {
      if (phase === lastPhase || phase === null) return { lines: [], steps: [] };
      lastPhase = phase;
      return { lines: [{ key: `lab.phase.${phase}`, params: {} }], steps: [] };
    },
    seen: () => seen,
  };
}
