import type { InstanceView } from '../../../shared/account-status';
import type { Settings } from '../../../shared/settings';
import type { Category, Decision } from './notification';
import { observeAccount, suppressed } from './observe-account';
import { observeOutage } from './observe-outage';
import {
  type Candidate,
  type InstanceMemory,
  newAccount,
  newInstance,
  type PolicyMemory,
} from './policy-memory';
import { gather } from './storms';
import { lockoutValue } from './values';

const BURST_SIZE = 3;

export interface PolicyInput {
  readonly memory: PolicyMemory;
  readonly fleet: readonly InstanceView[];
  readonly nowMs: number;
  readonly settings: Pick<Settings, 'notify' | 'notificationsPausedUntilMs'>;
  /** The instance's name in its profile. */
  readonly nameOf: (view: InstanceView) => string;
}

export interface PolicyOutput {
  readonly decisions: readonly Decision[];
  readonly memory: PolicyMemory;
  /** When to decide again though nothing has changed, in milliseconds since 1970; null for no need. */
  readonly nextMs: number | null;
}

/**
 * Compares the fleet with what was noticed before and decides what is said and what is not, each with its
 * reason. A lock is said once; those found at the start together; many at once, or one attack on many
 * accounts, in one notification. Nothing is said of an instance that is still catching up, because what it
 * shows may be over.
 */
export function decideNotifications(input: PolicyInput): PolicyOutput {
  const { nowMs } = input;
  const candidates: Candidate[] = [];
  const silent: Decision[] = [];
  const instances = new Map<string, InstanceMemory>();
  let nextMs: number | null = null;

  for (const view of input.fleet) {
    const memory = input.memory.instances.get(view.id) ?? newInstance;
    const seen = observe(view, memory, input);
    candidates.push(...seen.candidates);
    silent.push(...seen.silent);
    instances.set(view.id, seen.memory);
    if (seen.nextMs !== null) nextMs = Math.min(nextMs ?? seen.nextMs, seen.nextMs);
  }

  const allowed = candidates.filter((candidate) => {
    const reason = silenceOf(candidate, input);
    if (reason !== null) silent.push({ outcome: 'suppressed', value: candidate.member.value, reason });
    return reason === null;
  });
  const gathered = gather(
    allowed.map((candidate) => withBurst(candidate, allowed)),
    input.memory.storms,
    nowMs,
  );
  const soonest = [nextMs, gathered.nextMs].filter((atMs) => atMs !== null);
  return {
    decisions: [...silent, ...gathered.decisions],
    memory: { instances: remember(instances, allowed, nowMs), storms: gathered.storms },
    nextMs: soonest.length === 0 ? null : Math.min(...soonest),
  };
}

function silenceOf({ member, throttled }: Candidate, input: PolicyInput) {
  const { notify, notificationsPausedUntilMs } = input.settings;
  const { category } = member.value;
  if (category !== 'isolation' && category !== 'address' && !notify[category]) return 'switchedOff';
  if (notificationsPausedUntilMs !== null && input.nowMs < notificationsPausedUntilMs) return 'paused';
  return throttled ? 'throttled' : null;
}

/** Several of a kind at the same moment are a storm, whatever else they have in common. */
function withBurst({ member, stormKey }: Candidate, all: readonly Candidate[]) {
  const { category } = member.value;
  const alike = all.filter((other) => other.stormKey === null && other.member.value.category === category);
  return { member, stormKey: stormKey ?? (alike.length >= BURST_SIZE ? `burst|${category}` : null) };
}

function observe(view: InstanceView, memory: InstanceMemory, input: PolicyInput) {
  const { nowMs } = input;
  const instance = input.nameOf(view);
  const candidates: Candidate[] = [];
  const silent: Decision[] = [];
  const accounts = new Map(memory.accounts);
  const catchingUp = view.connection === 'catchingUp';

  for (const account of view.accounts) {
    const before = accounts.get(account.key) ?? newAccount;
    if (catchingUp) {
      if (account.status === 'locked' && before.lock === null && !before.held) {
        silent.push(suppressed(lockoutValue(view, account, instance, nowMs), 'catchingUp'));
        accounts.set(account.key, { ...before, held: true });
      }
      continue;
    }
    const step = observeAccount(view, account, before, memory.known, instance, nowMs);
    if (step.candidate) candidates.push(step.candidate);
    if (step.silent) silent.push(step.silent);
    accounts.set(account.key, step.memory);
  }

  const outage = observeOutage(view, memory, instance, nowMs);
  if (outage.candidate) candidates.push(outage.candidate);
  const known = memory.known || (!catchingUp && view.status !== 'unknown');
  return {
    candidates,
    silent,
    memory: { ...memory, ...outage.memory, known, accounts },
    nextMs: outage.nextMs,
  };
}

/** Notes what was said, grouped or alone, so that it is not said again too soon. */
function remember(
  instances: ReadonlyMap<string, InstanceMemory>,
  said: readonly Candidate[],
  nowMs: number,
): ReadonlyMap<string, InstanceMemory> {
  const byThrottleKey = new Map(said.map(({ member }) => [member.value.throttleKey, member.value.category]));
  if (byThrottleKey.size === 0) return instances;
  const key = (category: Category, id: string, account: string) => [category, id, account].join('|');
  return new Map(
    [...instances].map(([id, memory]) => {
      const accounts = new Map(
        [...memory.accounts].map(([accountKey, account]) => {
          const category = (['lockout', 'imminent', 'unlock'] as const).find((each) =>
            byThrottleKey.has(key(each, id, accountKey)),
          );
          if (!category) return [accountKey, account];
          const saidAtMs = { ...account.saidAtMs, [category]: nowMs };
          return [accountKey, { ...account, said: { category, atMs: nowMs }, saidAtMs }];
        }),
      );
      const saidAtMs = byThrottleKey.has(key('unreachable', id, '')) ? nowMs : memory.saidAtMs;
      return [id, { ...memory, accounts, saidAtMs }];
    }),
  );
}
