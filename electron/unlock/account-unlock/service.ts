import type { AccountView, InstanceView } from '../../../shared/account-status';
import type {
  AccountInspection,
  AccountUnlockRun,
  UnlockAnswer,
  UnlockOutcome,
  UnlockPlan,
  UnlockPreview,
  UnlockTarget,
} from '../../../shared/account-unlock';
import type { AuditOutcome, AuditRecord } from '../../../shared/audit';
import { type AppError, appError } from '../../../shared/errors';
import type { ConnectionProfile, InstanceId } from '../../../shared/instance';
import { err, ok, type Result } from '../../../shared/result';
import type { AuditTrail } from '../../audit/trail';
import type { Clock } from '../../watch/clock';
import { auditInstance } from '../audit-instance';
import type { UnlockFacts } from '../facts';
import type { DomainUnlocker } from './domain-unlocker';
import { isolationAdvice, judgeAnswer, judgeFailure, judgeInspection } from './judge';
import type { AccountHost } from './ssh-controllers';

export interface AccountUnlockOptions {
  readonly host: AccountHost & { refresh(id: InstanceId): Promise<Result<null>> };
  /** Asked one after the other for a domain's account; the first that knows the domain does it. */
  readonly domainUnlockers: () => readonly DomainUnlocker[];
  readonly viewOf: (id: InstanceId) => InstanceView | undefined;
  readonly profileOf: (id: InstanceId) => ConnectionProfile | undefined;
  readonly isolationOf: (id: InstanceId) => { readonly isolated: boolean; readonly isolatable: boolean };
  readonly audit: Pick<AuditTrail, 'append' | 'appendLater'>;
  readonly facts: UnlockFacts;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly admin: () => string;
  readonly onRuns: (runs: readonly AccountUnlockRun[]) => void;
}

export interface AccountUnlockService {
  /** Looks how the account stands where it is judged. Changes nothing. */
  plan(id: InstanceId, accountKey: string): Promise<UnlockPreview>;
  /** Unlocks what was shown, once; nothing is ever tried again by itself. */
  apply(previewId: string, reason: string): Promise<Result<UnlockOutcome>>;
}

/** Where an account is unlocked. */
interface Place {
  readonly where: string;
  readonly inspection: AccountInspection;
  /** The watched instance to read again afterwards; null when it is none. */
  readonly through: InstanceId | null;
  unlock(target: UnlockTarget): Promise<Result<UnlockAnswer>>;
}

interface Shown {
  readonly id: InstanceId;
  readonly accountKey: string;
  readonly plan: UnlockPlan;
  readonly place: Place;
  readonly atMs: number;
}

/** Plans that were shown and not applied yet; beyond these the oldest are forgotten. */
const MOST_SHOWN = 100;
/** What was shown longer ago than this is looked at anew. */
const SHOWN_FOR_MS = 10 * 60_000;

type Refusal = Pick<UnlockPreview, 'refusal' | 'error'>;
const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Unlocks accounts without the console: over SSH, or through whatever knows their domain. */
export function createAccountUnlock(options: AccountUnlockOptions): AccountUnlockService {
  const { host, clock, facts, audit } = options;
  const shown = new Map<string, Shown>();
  const runs = new Map<string, AccountUnlockRun>();

  const accountOf = (id: InstanceId, key: string): AccountView | undefined =>
    options.viewOf(id)?.accounts.find((account) => account.key === key);
  const nameOf = (id: InstanceId): string => options.profileOf(id)?.name ?? id;

  async function here(id: InstanceId, account: AccountView): Promise<Result<Place, Refusal>> {
    const where = nameOf(id);
    const found = await host.inspectAccount(id, { name: account.name, sid: account.sid });
    if (found.ok) {
      const unlock = (target: UnlockTarget) => host.unlockAccount(id, target);
      return ok({ where, inspection: found.value, through: id, unlock });
    }
    // Nobody signs in with a locked account, so there may be no session for that very reason.
    const own = sameName(options.profileOf(id)?.ssh.user ?? '', account.name);
    const self = { key: 'unlock.refusal.self', params: { name: account.name, where } };
    const refusal = own && found.error.code === 'account.notConnected' ? self : null;
    return err({ refusal, error: refusal ? null : found.error });
  }

  async function elsewhere(account: AccountView): Promise<Result<Place, Refusal>> {
    let failure: AppError | null = null;
    for (const unlocker of options.domainUnlockers()) {
      const found = await unlocker.inspect({ name: account.name, sid: account.sid, domain: account.domain });
      if (!found.ok) {
        failure ??= found.error;
        continue;
      }
      if (!found.value) continue;
      const { key, where, inspection } = found.value;
      const through = options.profileOf(key) ? key : null;
      return ok({ where, inspection, through, unlock: (target) => unlocker.unlock(key, target) });
    }
    if (failure) return err({ refusal: null, error: failure });
    const params = { name: account.name, domain: account.domain ?? '' };
    return err({ refusal: { key: 'unlock.refusal.noController', params }, error: null });
  }

  function locate(id: InstanceId, account: AccountView): Promise<Result<Place, Refusal>> {
    if (account.authority === 'local') return here(id, account);
    if (account.authority === 'elsewhere') return elsewhere(account);
    const refusal = { key: 'unlock.refusal.authorityUnknown', params: { name: account.name } };
    return Promise.resolve(err({ refusal, error: null }));
  }

  async function plan(id: InstanceId, accountKey: string): Promise<UnlockPreview> {
    const previewId = options.newId();
    const without = (why: Refusal): UnlockPreview => ({ id, accountKey, previewId, plan: null, ...why });
    const account = accountOf(id, accountKey);
    if (!account) return without({ refusal: null, error: appError('app.notFound') });
    const place = await locate(id, account);
    if (!place.ok) return without(place.error);
    const { where, inspection, through } = place.value;
    const user = through === null ? null : (options.profileOf(through)?.ssh.user ?? null);
    const judged = judgeInspection({ account, inspection, where, user, ...options.isolationOf(id) });
    if ('refusal' in judged) return without({ refusal: judged.refusal, error: null });
    shown.set(previewId, { id, accountKey, plan: judged.plan, place: place.value, atMs: clock.now() });
    for (const oldest of shown.keys()) {
      if (shown.size <= MOST_SHOWN) break;
      shown.delete(oldest);
    }
    return { id, accountKey, previewId, plan: judged.plan, refusal: null, error: null };
  }

  /** Whether the admin would be told something else by now. */
  function outrun({ id, accountKey, plan: before, atMs }: Shown): boolean {
    const account = accountOf(id, accountKey);
    if (!account || clock.now() - atMs > SHOWN_FOR_MS) return true;
    const advice = isolationAdvice({ account, ...options.isolationOf(id) });
    return advice !== before.isolation || account.verdict.kind !== before.verdict.kind;
  }

  const replaced = async (id: InstanceId, key: string): Promise<UnlockOutcome> => ({
    kind: 'replaced',
    preview: await plan(id, key),
  });

  const record = ({ id, plan: made }: Shown, reason: string, changes: Partial<AuditRecord>): AuditRecord => ({
    action: 'unlockAccount',
    outcome: 'begun',
    admin: options.admin(),
    instance: auditInstance(id, options.profileOf(id)),
    reason,
    incident: '',
    before: `${made.domain === null ? '' : `${made.domain}\\`}${made.name} (${made.sid}) on ${made.where}: locked`,
    after: '',
    requestIds: [],
    error: null,
    entryId: null,
    ...changes,
  });

  async function run(one: Shown, reason: string): Promise<UnlockOutcome> {
    const { id, accountKey, place, plan: made } = one;
    const { name, sid } = made;
    const answer = await place.unlock({ name, sid });
    const judged = answer.ok
      ? judgeAnswer(answer.value, name, place.where)
      : judgeFailure(answer.error, name, place.where);
    await audit.appendLater(record(one, reason, auditChanges(judged, answer)));
    if (judged.kind === 'changed') return replaced(id, accountKey);
    if (judged.kind === 'done') {
      const { verified } = judged;
      const text = { key: `unlock.fact.${verified ? 'unlocked' : 'unlockedUnverified'}`, params: { name } };
      const note = { instanceId: id, atMs: clock.now(), who: options.admin(), accountKey, text };
      facts.note({ ...note, kind: 'accountUnlocked', verified });
    }
    for (const again of new Set([id, place.through])) if (again !== null) void host.refresh(again);
    return judged;
  }

  return {
    plan,
    async apply(previewId, reason) {
      const one = shown.get(previewId);
      shown.delete(previewId);
      if (!one) return err(appError('app.notFound'));
      const { id, accountKey } = one;
      const key = `${id}/${accountKey}`;
      if (runs.has(key)) return err(appError('app.busy'));
      if (outrun(one)) return ok(await replaced(id, accountKey));
      runs.set(key, { id, accountKey, startedAtMs: clock.now() });
      options.onRuns([...runs.values()]);
      try {
        const begun = await audit.append(record(one, reason, {}));
        return begun.ok ? ok(await run(one, reason)) : begun;
      } finally {
        runs.delete(key);
        options.onRuns([...runs.values()]);
      }
    },
  };
}

function auditChanges(
  judged: ReturnType<typeof judgeAnswer> | ReturnType<typeof judgeFailure>,
  answer: Result<UnlockAnswer>,
): Partial<AuditRecord> {
  const outcomes: Record<typeof judged.kind, AuditOutcome> = {
    done: judged.kind === 'done' && judged.verified ? 'succeeded' : 'unverified',
    refused: 'failed',
    changed: 'cancelled',
    unknown: 'unverified',
  };
  const read = answer.ok ? answer.value.after : null;
  return {
    outcome: outcomes[judged.kind],
    after: read
      ? read.locked
        ? 'locked'
        : 'not locked'
      : judged.kind === 'changed'
        ? 'not as shown, nothing done'
        : 'not read',
    error: answer.ok ? (answer.value.refused ?? null) : answer.error.code,
  };
}
