import type { Phrase } from '../../shared/account-status';
import type { AppError } from '../../shared/errors';
import { CHANNELS } from '../../shared/evidence';
import type { InstanceModel } from '../lockout';
import type { InstanceFacts, InstanceSession } from '../sources/source';
import { BrokenTail } from './broken-tail';
import type { Clock } from './clock';
import { within } from './deadline';
import type { InstanceEvidence } from './instance-evidence';
import { InstanceReader } from './instance-reader';
import { type LogPosition, logPosition, sinceMs } from './log-position';
import { LookAhead } from './look-ahead';
import type { WatchTarget } from './protocol';
import { type Round, readRound } from './read-round';
import { withAccounts } from './readings';
import { BUSY_FOR_MS, type PollSettings, pollDelayMs, spread } from './schedule';
import { LARGEST_LIMIT, ROUND_LIMIT, TUNING } from './tuning';
import {
  changesAccounts,
  changesAuditing,
  changesPolicy,
  HINT_CHANNELS,
  isActivity,
  securityEvents,
} from './watched-events';

export interface FollowerOptions {
  readonly target: WatchTarget;
  readonly evidence: InstanceEvidence;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly settings: () => PollSettings;
  readonly onChange: () => void;
  /** Evidence could not be stored, or can again (null). */
  readonly onStore: (error: AppError | null) => void;
  /** Waits, but not beyond the session's end or a wish to read at once. */
  readonly pause: (ms: number) => Promise<void>;
}

export interface FollowerState {
  readonly model: InstanceModel;
  readonly checkedAtMs: number | null;
  /** 0 to 1 while a long log is read. */
  readonly progress: number | null;
  readonly facts: InstanceFacts | null;
  readonly storeFailure: AppError | null;
  readonly doubts: readonly Phrase[];
}

export interface FollowListener {
  /** The first readings are in. */
  begun(): void;
  became(connection: 'catchingUp' | 'following'): void;
}

const SECURITY = CHANNELS.security;

/** Reads one connected instance for as long as the connection lasts, and knows what the last one left. */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #reader: InstanceReader;
  readonly #brokenTails = new Map(
    [SECURITY, ...HINT_CHANNELS.map((hint) => hint.channel)].map((name) => [name, new BrokenTail()]),
  );
  readonly #ahead: LookAhead;
  #checkedAtMs: number | null = null;
  #position: LogPosition | null = null;
  #catchUpFrom: number | null = null;
  #storeFailure: AppError | null = null;
  #lastActivityMs: number | null = null;
  #followingSinceMs = 0;
  #limit = ROUND_LIMIT;
  #hintChannels = new Set<string>();

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#reader = new InstanceReader(options);
    this.#ahead = new LookAhead(options, this.#reader);
  }

  state(): FollowerState {
    return {
      model: this.#ahead.model ?? this.#options.evidence.model,
      checkedAtMs: this.#checkedAtMs,
      progress: this.#progress(),
      facts: this.#reader.facts,
      storeFailure: this.#storeFailure,
      doubts: this.#reader.doubts.list(),
    };
  }

  readAllNow(): void {
    this.#reader.due.reset();
  }

  /** Reads until the signal (null) or a failure that ends the session. */
  async follow(
    session: InstanceSession,
    signal: AbortSignal,
    listener: FollowListener,
  ): Promise<AppError | null> {
    const { clock, pause } = this.#options;
    this.#reader.due.reset();
    this.#hintChannels = new Set(HINT_CHANNELS.map((hint) => hint.channel));
    this.#followingSinceMs = clock.now();
    const first = await this.#reader.read(session, signal);
    if (first) return first;
    if (this.#ahead.begin()) this.#showAhead();
    listener.begun();
    let behind = false;
    while (!signal.aborted) {
      const failure = await this.#readAgain(session, signal, behind);
      if (failure) return failure;
      const startedAtMs = clock.now();
      const round = await this.#round(session, signal);
      if (!this.#take(round)) {
        await pause(TUNING.storeAgainMs);
        continue;
      }
      if (round.failure) return round.failure;
      if (round.complete) {
        const left = behind ? await this.#reader.read(session, signal, ['accounts']) : null;
        if (left) return left;
        behind = false;
        this.#settle(startedAtMs);
        listener.became('following');
        await pause(Math.min(this.#delayMs(), this.#reader.accountsDueInMs()));
      } else {
        if (!behind) listener.became('catchingUp');
        behind = true;
        this.#passBroken(round);
        const ended = await this.#ahead.read(session, signal);
        if (ended) return ended;
        this.#showAhead();
      }
    }
    return null;
  }

  /** What is due to be read beside the events; `behind`: the accounts wait until the log has been read. */
  async #readAgain(session: InstanceSession, signal: AbortSignal, behind: boolean): Promise<AppError | null> {
    const failure = behind ? null : await this.#reader.read(session, signal);
    return failure ?? (await this.#locate(session, signal));
  }

  /** Whether records are missing, and whether it is still the same log. */
  async #locate(session: InstanceSession, signal: AbortSignal): Promise<AppError | null> {
    const { clock, evidence } = this.#options;
    const { due } = this.#reader;
    if (!due.isDue('channel', clock.now())) return null;
    const state = await within(clock, TUNING.readingMs, signal, (inner) =>
      session.readChannelState(SECURITY, inner),
    );
    if (!state.ok) return state.error;
    const position = logPosition(state.value, evidence.bookmark(SECURITY));
    if (position.gap) {
      const noted = evidence.noteGap(position.gap, SECURITY);
      if (!noted.ok) {
        this.#storeTrouble(noted.error);
        return null;
      }
    }
    this.#position = position;
    due.done('channel', clock.now(), TUNING.channelEveryMs);
    return null;
  }

  #round(session: InstanceSession, signal: AbortSignal): Promise<Round> {
    const { evidence, clock } = this.#options;
    return readRound({
      clock,
      session,
      signal,
      securityEvents: securityEvents(evidence.model.role),
      hintChannels: this.#hintChannels,
      withHints: this.#reader.due.isDue('hints', clock.now()),
      bookmark: (channel) => evidence.bookmark(channel),
      sinceMs: (channel) => sinceMs(evidence.bookmark(channel), evidence.instanceNow(), TUNING.firstReadMs),
      limit: this.#limit,
      brokenTails: this.#brokenTails,
    });
  }

  /** Stores a round; false when it could not be stored: the bookmarks have not moved and it is read again. */
  #take(round: Round): boolean {
    const { evidence, clock } = this.#options;
    const stored = evidence.take(round);
    for (const tail of this.#brokenTails.values()) {
      if (stored.ok) tail.counted();
      else tail.dropped();
    }
    this.#storeTrouble(stored.ok ? null : stored.error);
    if (!stored.ok) return false;
    const { due } = this.#reader;
    for (const channel of round.missing) this.#hintChannels.delete(channel);
    if (round.hintsRead) due.done('hints', clock.now(), TUNING.hintsEveryMs);
    if (round.bookmarks.has(SECURITY)) this.#limit = ROUND_LIMIT;
    this.#notice(round);
    return true;
  }

  /** What the events of a round call for. */
  #notice(round: Round): void {
    const { clock, evidence } = this.#options;
    const { due } = this.#reader;
    const nowMs = clock.now();
    let before: bigint | undefined;
    for (const event of round.events) {
      if (isActivity(event)) {
        const atMs = Math.min(nowMs, evidence.ourMs(event));
        this.#lastActivityMs = Math.max(this.#lastActivityMs ?? 0, atMs);
      }
      if (changesAccounts(event)) due.now('accounts');
      if (changesPolicy(event)) due.now('policy');
      if (changesAuditing(event)) due.now('auditing');
      if (event.channel !== SECURITY) continue;
      // Ids ascend; when time does not, somebody has set the clock.
      if (before !== undefined && before - event.time > BigInt(TUNING.clockStepMs) * 10_000n)
        due.now('facts');
      before = event.time;
    }
    if (this.#isBusy(nowMs)) due.by('accounts', nowMs + TUNING.accountsEveryBusyMs);
  }

  /** Everything there was is stored: the evidence is the present. */
  #settle(startedAtMs: number): void {
    const { evidence } = this.#options;
    const accounts = this.#reader.takeAccounts();
    if (accounts) {
      evidence.learn((model) => withAccounts(model, accounts.list, accounts.at, accounts.domain));
    }
    this.#ahead.end();
    this.#catchUpFrom = null;
    this.#checkedAtMs = startedAtMs;
    const newest = this.#position?.newest ?? null;
    this.#position = null;
    const computer = this.#reader.facts?.computer ?? evidence.model.computer;
    const reached = evidence.bookmark(SECURITY)?.recordId ?? 0;
    if (newest === null || newest <= reached || computer === null) return;
    // Records of no interest need not be passed over again and again.
    const bookmark = { computer, channel: SECURITY, recordId: newest, time: evidence.instanceNow() };
    evidence.take({ events: [], bookmarks: new Map([[SECURITY, bookmark]]), broken: [], brokenCount: 0 });
  }

  /** A look that brought broken records only must not be repeated for ever. */
  #passBroken(round: Round): void {
    const { evidence } = this.#options;
    if (this.#catchUpFrom === null) this.#catchUpFrom = evidence.bookmark(SECURITY)?.recordId ?? 0;
    if (round.bookmarks.has(SECURITY)) return;
    if (this.#limit < LARGEST_LIMIT) {
      this.#limit = Math.min(this.#limit * 4, LARGEST_LIMIT);
      return;
    }
    const newest = this.#position?.newest ?? null;
    const old = evidence.bookmark(SECURITY);
    const computer = old?.computer ?? evidence.model.computer;
    if (newest === null || computer === null || !evidence.noteGap('broken', SECURITY).ok) return;
    const bookmark = { computer, channel: SECURITY, recordId: newest, time: evidence.instanceNow() };
    evidence.take({ events: [], bookmarks: new Map([[SECURITY, bookmark]]), broken: [], brokenCount: 0 });
    this.#limit = ROUND_LIMIT;
  }

  #showAhead(): void {
    const readAtMs = this.#ahead.readAtMs;
    if (readAtMs !== null) this.#checkedAtMs = Math.max(readAtMs, this.#checkedAtMs ?? readAtMs);
    this.#options.onChange();
  }

  #storeTrouble(error: AppError | null): void {
    if (error === null && this.#storeFailure === null) return;
    this.#storeFailure = error;
    this.#options.onStore(error);
    this.#options.onChange();
  }

  #isBusy(nowMs: number): boolean {
    return this.#lastActivityMs !== null && nowMs - this.#lastActivityMs < BUSY_FOR_MS;
  }

  #delayMs(): number {
    const { target, settings, clock, random } = this.#options;
    const level = target.level === 'off' ? 'relaxed' : target.level;
    // A new connection is followed at its level's pace before it can become quiet.
    const calm = this.#lastActivityMs ?? this.#followingSinceMs - BUSY_FOR_MS;
    return spread(pollDelayMs(level, settings(), calm, clock.now()), random());
  }

  #progress(): number | null {
    const from = this.#catchUpFrom;
    const to = this.#position?.newest ?? null;
    if (from === null || to === null) return null;
    const at = this.#options.evidence.bookmark(SECURITY)?.recordId ?? from;
    return Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from)));
  }
}
