import type { InstanceView, Phrase } from '../../shared/account-status';
import { appError } from '../../shared/errors';
import { err, ok } from '../../shared/result';
import type { PolicyChoice, TradeOffScope } from '../../shared/trade-off';
import type { FleetService } from '../watch/fleet';
import type { TradeOffQuestion } from '../watch/trade-off';
import type { Handlers } from './dispatch';

/** A policy in force, as far as a replay needs it. */
export interface PolicyInForce {
  readonly threshold: number;
  readonly observationWindowSeconds: number;
  /** Null: until an admin unlocks. */
  readonly lockoutDurationSeconds: number | null;
  readonly lockoutAdmins: boolean | 'unknown';
  readonly source: 'local' | 'domain' | 'pso';
}

/** What a replay needs to know of a directory. */
export interface DirectoryInShort {
  /** As domain accounts are written at instances. */
  readonly netbiosName: string | null;
  readonly policy: PolicyInForce | null;
}

export interface PolicyHandlerOptions {
  readonly fleet: Pick<FleetService, 'views' | 'tradeOff' | 'cancelTradeOff'>;
  readonly directory: (id: string) => DirectoryInShort | undefined;
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
const said = (key: string): Phrase => ({ key: `tradeOff.assumption.${key}`, params: {} });

/** The policy page's questions: whose failures are meant, and under what they are replayed. */
export function createPolicyHandlers({ fleet, directory, now }: PolicyHandlerOptions): Handlers['policy'] {
  return {
    async tradeOff({ scope, days, choices }) {
      const asked = whose(scope, fleet.views(), directory);
      if (!asked) return err(appError('app.notFound'));
      const toMs = now();
      const answer = await fleet.tradeOff({
        instances: asked.instances,
        domain: asked.domain,
        directory: scope.kind === 'directory' ? scope.id : null,
        administrators: asked.administrators,
        fromMs: toMs - days * DAY_MS,
        toMs,
        current: asked.policy && choiceOf(asked.policy),
        inForce: {
          lockoutAdmins: asked.policy?.lockoutAdmins ?? 'unknown',
          source: asked.policy?.source ?? (scope.kind === 'directory' ? 'domain' : 'local'),
        },
        choices,
      });
      if (!answer.ok) return answer;
      const assumptions = [
        said('sameBehaviour'),
        said('whoIsBehind'),
        said('refusedWereWrong'),
        said('upperBound'),
        ...(scope.kind === 'directory' ? [said('directory'), said('pdcCounts')] : [said('instance')]),
        ...(asked.policy?.lockoutAdmins === 'unknown' ? [said('adminsUnknown')] : []),
      ];
      return ok({ ...answer.value, assumptions });
    },
    cancelTradeOff: () => fleet.cancelTradeOff(),
  };
}

type Whose = Pick<TradeOffQuestion, 'instances' | 'domain' | 'administrators'> & {
  readonly policy: PolicyInForce | null;
};

function whose(
  scope: TradeOffScope,
  views: readonly InstanceView[],
  directory: PolicyHandlerOptions['directory'],
): Whose | undefined {
  const administratorsOf = (of: readonly InstanceView[]): string[] =>
    of.flatMap(({ accounts }) =>
      accounts.filter(({ builtinAdministrator }) => builtinAdministrator).map(({ key }) => key),
    );
  if (scope.kind === 'instance') {
    const view = views.find(({ id }) => id === scope.id);
    if (!view) return undefined;
    return {
      instances: [view.id],
      domain: null,
      administrators: administratorsOf([view]),
      policy: view.policy,
    };
  }
  const found = directory(scope.id);
  if (!found) return undefined;
  return {
    instances: views.map(({ id }) => id),
    // A name that no account has, while the domain's is not known: then nothing is replayed.
    domain: found.netbiosName?.toLowerCase() ?? '',
    administrators: administratorsOf(views),
    policy: found.policy,
  };
}

const choiceOf = (policy: PolicyInForce): PolicyChoice => ({
  threshold: policy.threshold,
  windowMinutes: Math.max(1, Math.round(policy.observationWindowSeconds / 60)),
  durationMinutes:
    policy.lockoutDurationSeconds === null ? 0 : Math.max(1, Math.round(policy.lockoutDurationSeconds / 60)),
});
