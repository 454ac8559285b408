import type { CheckReport } from '../../../shared/check';
import type { HostKeyQuestion } from '../../../shared/instance';
import { CheckPlan } from './check-plan';
import { checkReadings } from './check-readings';
import { legsOf } from './open-chain';
import { openSshSession, type SshSourceOptions } from './ssh-source';
import type { ConnectProgress } from './types';

export interface ConnectionCheckOptions extends SshSourceOptions {
  readonly checkId: string;
}

/**
 * Goes the way to an instance step by step and says of each step how long it took and what it found: the check of a
 * new profile, and the diagnosis when a watcher fails. It makes the same single authentication attempt as the
 * source; give it the same `passwords`. Aborting ends it with what is known by then. Every change is told to
 * `onProgress` as a whole report; the last one is also returned.
 */
export async function runConnectionCheck(
  options: ConnectionCheckOptions,
  onProgress: (report: CheckReport) => void,
  signal: AbortSignal,
): Promise<CheckReport> {
  const legs = legsOf(options.endpoint, options.jumpHosts);
  const plan = new CheckPlan(options.checkId, legs.ok ? legs.value : [], options.clock, onProgress);
  const firstHop = legs.ok ? legs.value[0]?.hop : undefined;
  let question: HostKeyQuestion | null = null;
  const progress: ConnectProgress = {
    started(hop, stage) {
      // Behind a jump host the name is resolved there, by the forwarded connection.
      if (stage === 'tcp' && hop !== firstHop) plan.skip(hop, 'name', 'check.name.byJumpHost');
      plan.start(hop, stage);
    },
    passed: (hop, stage, params) =>
      plan.found(hop, stage, { state: 'passed', messageKey: `check.${stage}.passed`, params }),
  };
  const opened = await openSshSession(
    {
      ...options,
      verifyHostKey: async (key) => {
        const verdict = await options.verifyHostKey(key);
        if (verdict !== 'accept') question = verdict.question;
        return verdict;
      },
    },
    signal,
    progress,
  );
  if (opened.ok) {
    await checkReadings(opened.value, plan, signal);
    await opened.value.close();
  } else {
    plan.failed(opened.error.hop, opened.error.stage, opened.error.error);
  }
  plan.skipRest();
  const report = plan.report(true, question);
  onProgress(report);
  return report;
}
