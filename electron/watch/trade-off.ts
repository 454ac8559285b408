import { appError } from '../../shared/errors';
import type { InstanceId } from '../../shared/instance';
import type { LockoutPolicy } from '../../shared/policy';
import { err, ok, type Result } from '../../shared/result';
import { filetimeFromMs } from '../../shared/time';
import type { PolicyChoice, TradeOff } from '../../shared/trade-off';
import {
  type AccountKind,
  addressScope,
  PolicyReplay,
  policyOf,
  type SeenAttempt,
  whoIsBehind,
} from '../lockout';
import type { AttemptRow } from '../storage/attempts';
import type { EvidenceStore } from '../storage/evidence-store';

/** What main asks: whose failures, in what time, under which policies. */
export interface TradeOffQuestion {
  readonly instances: readonly InstanceId[];
  /** Only accounts of this domain (as the model's keys name it, lower case); null: every account seen. */
  readonly domain: string | null;
  readonly fromMs: number;
  readonly toMs: number;
  /** The policy in force; null when it is not known. */
  readonly current: PolicyChoice | null;
  readonly inForce: Pick<LockoutPolicy, 'lockoutAdmins' | 'source'>;
  readonly choices: readonly PolicyChoice[];
  /** Keys of accounts that are the built-in Administrator (R4). */
  readonly administrators: readonly string[];
}

const PAGE = 5000;
/** One password is seen by the member and by the controller within this time (R26). */
const SAME_ATTEMPT_MS = 2000;

interface Seen extends AttemptRow {
  readonly behind: SeenAttempt['behind'];
  readonly instance: InstanceId;
}

/**
 * Replays what was seen at the instances under each policy. Reads page by page and lets other work pass between
 * two pages; `signal` ends it.
 */
export async function tradeOff(
  store: Pick<EvidenceStore, 'queries'>,
  question: TradeOffQuestion,
  signal: AbortSignal,
): Promise<Result<Omit<TradeOff, 'assumptions'>>> {
  const administrators = new Set(question.administrators);
  const kindOf = (account: string): AccountKind =>
    administrators.has(account) ? 'builtinAdministrator' : 'user';
  const replayOf = (choice: PolicyChoice) =>
    new PolicyReplay(choice, policyOf(choice, question.inForce), kindOf);
  const current = question.current === null ? null : replayOf(question.current);
  const chosen = question.choices.map(replayOf);
  const attempts = { guessers: 0, users: 0, unknown: 0 };
  const accounts = new Set<string>();

  for await (const page of inOrder(store, question, signal)) {
    if (!page.ok) return page;
    for (const { account, atMs, behind, what } of page.value) {
      accounts.add(account);
      if (what === 'wrong' || what === 'refused')
        attempts[behind === 'guesser' ? 'guessers' : behind === 'user' ? 'users' : 'unknown']++;
      const attempt: SeenAttempt = { account, at: filetimeFromMs(atMs), behind, what };
      current?.add(attempt);
      for (const replay of chosen) replay.add(attempt);
    }
  }
  const span = [filetimeFromMs(question.fromMs), filetimeFromMs(question.toMs)] as const;
  return ok({
    fromMs: question.fromMs,
    toMs: question.toMs,
    attempts,
    accounts: accounts.size,
    current: current?.figures(...span) ?? null,
    chosen: chosen.map((replay) => replay.figures(...span)),
  });
}

/** One replay at a time: a new question calls the one before off. */
export class TradeOffs {
  #running: AbortController | undefined;

  ask(
    store: Pick<EvidenceStore, 'queries'>,
    question: TradeOffQuestion,
  ): Promise<Result<Omit<TradeOff, 'assumptions'>>> {
    this.cancel();
    const running = new AbortController();
    this.#running = running;
    return tradeOff(store, question, running.signal);
  }

  cancel(): void {
    this.#running?.abort();
    this.#running = undefined;
  }
}

/** The attempts of all instances in the order of time, each attempt once. */
async function* inOrder(
  store: Pick<EvidenceStore, 'queries'>,
  question: TradeOffQuestion,
  signal: AbortSignal,
): AsyncGenerator<Result<readonly Seen[]>> {
  const streams = [];
  for (const instance of question.instances) {
    const stream = openStream(store, instance, question);
    if (!stream.ok) return yield stream;
    streams.push(stream.value);
  }
  const lastOf = new Map<string, Seen>();
  for (;;) {
    if (signal.aborted) return yield err(appError('app.cancelled'));
    const batch: Seen[] = [];
    while (batch.length < PAGE) {
      let next: Stream | undefined;
      for (const stream of streams) {
        const filled = stream.fill();
        if (!filled.ok) return yield filled;
        const head = stream.head();
        if (head && (!next || head.atMs < (next.head()?.atMs ?? 0))) next = stream;
      }
      const seen = next?.take();
      if (!seen) break;
      const before = lastOf.get(`${seen.account} ${seen.what}`);
      const again =
        before !== undefined &&
        before.instance !== seen.instance &&
        seen.atMs - before.atMs <= SAME_ATTEMPT_MS;
      if (again) continue;
      lastOf.set(`${seen.account} ${seen.what}`, seen);
      batch.push(seen);
    }
    if (batch.length === 0) return;
    yield ok(batch);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

interface Stream {
  /** Reads the next page where the one before is used up. */
  fill(): Result<null>;
  head(): Seen | undefined;
  take(): Seen | undefined;
}

function openStream(
  store: Pick<EvidenceStore, 'queries'>,
  instance: InstanceId,
  { fromMs, toMs, domain }: TradeOffQuestion,
): Result<Stream> {
  const query = { instanceId: instance, fromMs, toMs };
  const survey = store.queries.addressSurvey(query);
  if (!survey.ok) return survey;
  const behind = new Map(
    survey.value.map(({ address, ...did }) => [
      address,
      whoIsBehind({ ...did, scope: address === null ? 'unknown' : addressScope(address) }),
    ]),
  );
  const ofDomain = (account: string): boolean => domain === null || account.startsWith(`${domain}\\`);
  let rows: readonly Seen[] = [];
  let at = 0;
  let cursor = { atMs: -1, id: -1 };
  let ended = false;
  return ok({
    fill() {
      while (at >= rows.length && !ended) {
        const page = store.queries.attempts(query, cursor, PAGE);
        if (!page.ok) return page;
        const last = page.value.at(-1);
        if (last) cursor = { atMs: last.atMs, id: last.id };
        ended = page.value.length < PAGE;
        at = 0;
        rows = page.value
          .filter(({ account }) => ofDomain(account))
          .map((row) => ({ ...row, instance, behind: behind.get(row.address) ?? 'unknown' }));
      }
      return ok(null);
    },
    head: () => rows[at],
    take: () => rows[at++],
  });
}
