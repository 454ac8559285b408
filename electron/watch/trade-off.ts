import type { DirectoryId } from '../../shared/directory';
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
import type { EvidenceStore } from '../storage/evidence-store';
import { OnceEach, SAME_ATTEMPT_MS, type Seen } from './once-each';

/** What main asks: whose failures, in what time, under which policies. */
export interface TradeOffQuestion {
  readonly instances: readonly InstanceId[];
  /** Only accounts of this domain (as the model's keys name it, lower case); null: every account seen. */
  readonly domain: string | null;
  /** The directory whose PDC emulator's counts are replayed too, under that domain; null: none. */
  readonly directory: DirectoryId | null;
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

/** Rows of one source in the order of `dueMs`. */
interface Stream {
  /** Reads the next page where the one before is used up. */
  fill(): Result<null>;
  head(): Seen | undefined;
  take(): Seen | undefined;
}

/**
 * Replays what was seen at instances and at the PDC emulator under each policy. Reads page by page and lets other work
 * pass between two pages; `signal` ends it.
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
    for (const { account, dueMs, behind, what, pdc } of page.value) {
      accounts.add(account);
      if (pdc?.builtinAdministrator) administrators.add(account);
      if (what === 'wrong' || what === 'refused')
        attempts[behind === 'guesser' ? 'guessers' : behind === 'user' ? 'users' : 'unknown']++;
      // Not at its own time: what happened to an account is replayed in the order in which it is told here.
      const at = filetimeFromMs(Math.min(dueMs, question.toMs));
      const attempt: SeenAttempt = { account, at, behind, what };
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

/** The attempts that all sources saw in the order of time, each attempt once. */
async function* inOrder(
  store: Pick<EvidenceStore, 'queries'>,
  question: TradeOffQuestion,
  signal: AbortSignal,
): AsyncGenerator<Result<readonly Seen[]>> {
  const streams = [];
  for (const instance of question.instances) {
    const stream = instanceStream(store, instance, question);
    if (!stream.ok) return yield stream;
    streams.push(stream.value);
  }
  if (question.directory !== null) streams.push(pdcStream(store, question.directory, question));
  const onceEach = new OnceEach();
  for (;;) {
    if (signal.aborted) return yield err(appError('app.cancelled'));
    const batch: Seen[] = [];
    while (batch.length < PAGE) {
      let next: Stream | undefined;
      for (const stream of streams) {
        const filled = stream.fill();
        if (!filled.ok) return yield filled;
        const head = stream.head();
        if (head && (!next || head.dueMs < (next.head()?.dueMs ?? 0))) next = stream;
      }
      const seen = next?.take();
      if (!seen) break;
      for (let times = onceEach.timesNew(seen); times > 0; times--) batch.push(seen);
    }
    if (batch.length === 0) return;
    yield ok(batch);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

type Cursor = { readonly atMs: number; readonly id: number };

/** Pages through rows from oldest to newest. */
function streamOf<Row extends Cursor>(
  read: (after: Cursor) => Result<readonly Row[]>,
  seen: (row: Row) => readonly Seen[],
): Stream {
  let rows: readonly Seen[] = [];
  let at = 0;
  let cursor: Cursor = { atMs: -1, id: -1 };
  let ended = false;
  return {
    fill() {
      while (at >= rows.length && !ended) {
        const page = read(cursor);
        if (!page.ok) return page;
        cursor = page.value.at(-1) ?? cursor;
        ended = page.value.length < PAGE;
        at = 0;
        rows = page.value.flatMap(seen);
      }
      return ok(null);
    },
    head: () => rows[at],
    take: () => rows[at++],
  };
}

/** What an instance logged of the accounts that are asked about. */
function instanceStream(
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
  return ok(
    streamOf(
      (after) => store.queries.attempts(query, after, PAGE),
      ({ account, address, atMs, what }) =>
        domain === null || account.startsWith(`${domain}\\`)
          ? [
              {
                account,
                atMs,
                dueMs: atMs,
                what,
                behind: behind.get(address) ?? 'unknown',
                source: instance,
                pdc: null,
              },
            ]
          : [],
    ),
  );
}

/** What the PDC emulator counted, from nobody known; each row when all that instances saw of it has passed (R26). */
const pdcStream = (
  store: Pick<EvidenceStore, 'queries'>,
  directoryId: DirectoryId,
  { fromMs, toMs, domain }: TradeOffQuestion,
): Stream =>
  streamOf(
    (after) => store.queries.directoryAttempts({ directoryId, fromMs, toMs }, after, PAGE),
    ({ name, sid, atMs, sinceMs, what, failures }) => [
      {
        account: `${domain ?? ''}\\${name.toLowerCase()}`,
        atMs,
        dueMs: atMs + SAME_ATTEMPT_MS,
        what,
        behind: 'unknown',
        source: directoryId,
        pdc: { sinceMs, failures, builtinAdministrator: /^S-1-5-21-.*-500$/.test(sid) },
      },
    ],
  );
