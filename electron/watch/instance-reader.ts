import type { AppError } from '../../shared/errors';
import { ok, type Result } from '../../shared/result';
import type { Filetime } from '../../shared/time';
import type { AccountReading, InstanceFacts, InstanceSession } from '../sources/source';
import type { Clock } from './clock';
import { within } from './deadline';
import { Due } from './due';
import type { InstanceEvidence } from './instance-evidence';
import type { WatchTarget } from './protocol';
import {
  endsSession,
  ReadingDoubts,
  type ReadingName,
  readingTime,
  withAuditing,
  withFacts,
  withPolicy,
} from './readings';
import { accountsEveryMs, type PollSettings } from './schedule';
import { TUNING } from './tuning';

export type DueName = ReadingName | 'channel' | 'hints' | 'lookAhead';

export interface Accounts {
  readonly list: readonly AccountReading[];
  /** On the instance's clock. */
  readonly at: Filetime;
  /** On ours, in milliseconds since 1970. */
  readonly readAtMs: number;
  readonly domain: string | null;
}

const ALL: readonly ReadingName[] = ['policy', 'accounts', 'auditing'];

/** Reads what is not events: clock and name, policy, auditing, accounts; each when it is due. */
export class InstanceReader {
  readonly due = new Due<DueName>();
  readonly doubts = new ReadingDoubts();
  facts: InstanceFacts | null = null;
  accounts: Accounts | null = null;
  #accountsTaken = true;

  constructor(
    private readonly options: {
      readonly target: WatchTarget;
      readonly evidence: InstanceEvidence;
      readonly clock: Clock;
      readonly settings: () => PollSettings;
    },
  ) {}

  /** The newest account reading, once. */
  takeAccounts(): Accounts | null {
    if (this.#accountsTaken) return null;
    this.#accountsTaken = true;
    return this.accounts;
  }

  /**
   * Reads what is due, or what is named whether due or not. Gives the failure that ends the session; others leave a
   * doubt and are tried again in their time.
   */
  async read(
    session: InstanceSession,
    signal: AbortSignal,
    named: readonly ReadingName[] = [],
  ): Promise<AppError | null> {
    const nowMs = this.options.clock.now();
    const wanted = (name: ReadingName): boolean =>
      named.includes(name) || (named.length === 0 && this.due.isDue(name, nowMs));
    // The others need the clock's difference.
    if (wanted('facts')) {
      const failure = await this.#readFacts(session, signal);
      if (failure) return failure;
    }
    const failures = await Promise.all(
      ALL.filter(wanted).map((name) => this.#readOne(name, session, signal)),
    );
    return failures.find((failure) => failure !== null) ?? null;
  }

  async #readFacts(session: InstanceSession, signal: AbortSignal): Promise<AppError | null> {
    const { evidence, target, clock } = this.options;
    const facts = await within(clock, TUNING.readingMs, signal, (inner) => session.readFacts(inner));
    this.due.done('facts', clock.now(), TUNING.factsEveryMs);
    this.doubts.note('facts', facts);
    if (!facts.ok) {
      return endsSession(facts.error) || facts.error.code === 'windows.shellUnknown' ? facts.error : null;
    }
    const { clockOffsetMs } = facts.value;
    const moved =
      this.facts !== null && Math.abs(clockOffsetMs - this.facts.clockOffsetMs) > TUNING.clockStepMs;
    this.doubts.set('clockMoved', moved ? { key: 'watch.doubt.clockMoved', params: {} } : null);
    const off = Math.abs(clockOffsetMs) > TUNING.clockOffMs;
    const minutes = Math.round(clockOffsetMs / 60_000);
    this.doubts.set('clockOff', off ? { key: 'watch.doubt.clockOff', params: { minutes } } : null);
    this.facts = facts.value;
    evidence.learn((model) => withFacts(model, facts.value, target.membership));
    return null;
  }

  async #readOne(name: ReadingName, session: InstanceSession, signal: AbortSignal): Promise<AppError | null> {
    const { clock } = this.options;
    // What is read holds at least as it was when it was asked for.
    const askedAtMs = clock.now();
    const result = await this.#ask(name, session, signal, askedAtMs);
    this.due.done(name, clock.now(), this.#everyMs(name));
    this.doubts.note(name, result);
    return !result.ok && endsSession(result.error) ? result.error : null;
  }

  /** Milliseconds until the accounts have to be read, where nothing in the log calls for it; else infinite. */
  accountsDueInMs(): number {
    return this.#seesAll() ? Number.POSITIVE_INFINITY : this.due.inMs('accounts', this.options.clock.now());
  }

  #everyMs(name: ReadingName): number {
    return name === 'accounts' ? accountsEveryMs(this.#seesAll(), this.options.settings()) : EVERY_MS[name];
  }

  #seesAll(): boolean {
    const { auditing } = this.options.evidence.model;
    if (!auditing) return false;
    const { logonFailure, accountLockoutFailure, userAccountManagementSuccess } = auditing;
    return logonFailure === true && accountLockoutFailure === true && userAccountManagementSuccess === true;
  }

  async #ask(
    name: ReadingName,
    session: InstanceSession,
    signal: AbortSignal,
    askedAtMs: number,
  ): Promise<Result<null>> {
    const { evidence, clock } = this.options;
    const ask = <T>(run: (inner: AbortSignal) => Promise<Result<T>>): Promise<Result<T>> =>
      within(clock, TUNING.readingMs, signal, run);
    const at = readingTime(evidence.model, askedAtMs);
    if (name === 'policy') {
      const policy = await ask((inner) => session.readPolicy(inner));
      if (!policy.ok) return policy;
      evidence.learn((model) => withPolicy(model, policy.value, at));
    } else if (name === 'auditing') {
      const auditing = await ask((inner) => session.readAuditing(inner));
      if (!auditing.ok) return auditing;
      evidence.learn((model) => withAuditing(model, auditing.value, at));
    } else {
      const list = await ask((inner) => session.readAccounts(inner));
      if (!list.ok) return list;
      this.accounts = { list: list.value, at, readAtMs: askedAtMs, domain: this.facts?.domain ?? null };
      this.#accountsTaken = false;
    }
    return ok(null);
  }
}

const EVERY_MS: Record<Exclude<ReadingName, 'accounts'>, number> = {
  facts: TUNING.factsEveryMs,
  policy: TUNING.policyEveryMs,
  auditing: TUNING.auditingEveryMs,
};
