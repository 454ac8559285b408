import { setMaxListeners } from 'node:events';
import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { Clock } from '../../watch/clock';
import { exchange, type HttpFetch, type HttpLimits } from '../http';
import { pause } from '../pause';
import type { Parameters } from './encode';
import { originOf, type Service, versions } from './endpoints';
import { type CallFailure, judgeAnswer, judgeExchange, type RetryKind } from './failures';
import { createRateBudget, type Rate } from './rate-budget';
import { nextAttemptIn } from './retry';
import { type SigningKey, signatureDate, signRequest } from './sign';

/** Where the key comes from at the moment of each attempt; it is never kept here. */
export interface CredentialSource {
  current(signal: AbortSignal): Promise<Result<SigningKey>>;
  /** The cloud called this key expired. True when another one can be had. */
  renew(rejected: SigningKey): boolean;
}

export interface CallRequest {
  readonly service: Service;
  readonly region: string;
  readonly action: string;
  readonly parameters: Parameters;
  /** `read`; `tokened` for a change that carries a client token; `once` for one that must not be sent blindly again. */
  readonly kind: 'read' | 'repeatable' | 'once';
}

export interface CallAnswer {
  readonly requestId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One attempt, for the log and for counting: names and numbers only. */
export interface CallReport {
  readonly action: string;
  readonly region: string;
  readonly outcome: string;
  readonly requestId: string;
  readonly ms: number;
}

export interface AliyunClient {
  call(request: CallRequest, signal: AbortSignal): Promise<Result<CallAnswer>>;
}

export interface AliyunClientOptions {
  readonly fetch: HttpFetch;
  readonly clock: Clock;
  readonly credentials: CredentialSource;
  /** A text that was never used before. */
  readonly newNonce: () => string;
  /** 0 up to 1. */
  readonly jitter: () => number;
  /** An endpoint of one's own instead of the regions'; null for the cloud. */
  readonly endpoint: string | null;
  readonly limits?: HttpLimits;
  readonly rates?: Readonly<Record<'read' | 'write', Rate>>;
  readonly onCall?: (report: CallReport) => void;
}

const LIMITS: HttpLimits = { headMs: 15_000, totalMs: 30_000, maxBytes: 8 * 1024 * 1024 };
/** Chosen here, below every limit that is published; the cloud does not publish all of them. */
const RATES = { read: { burst: 40, perSecond: 6 }, write: { burst: 30, perSecond: 2 } };

/** What a call that failed may have done all the same: param `effect` is `none` of a read, else `unknown`. */
const withEffect = (error: AppError, kind: CallRequest['kind']): AppError => ({
  ...error,
  params: { ...error.params, effect: kind === 'read' ? 'none' : 'unknown' },
});

/**
 * Calls the API: signs, sends over the injected fetch, sorts failures, repeats what may be repeated.
 * Errors are `cloud.*`, `app.cancelled` and those of the credentials; none holds a URL, a parameter or a secret.
 */
export function createAliyunClient(options: AliyunClientOptions): AliyunClient {
  const { clock, credentials } = options;
  const rates = options.rates ?? RATES;
  const budget = createRateBudget(clock);
  /** What the cloud's clock is ahead of ours, milliseconds; learned when a date was refused. */
  let skewMs = 0;

  interface Attempt {
    readonly result: Result<CallAnswer, CallFailure>;
    readonly key: SigningKey | null;
    /** The cloud's clock by its answer; null without one. */
    readonly cloudNowMs: number | null;
  }

  async function attempt(request: CallRequest, origin: string, signal: AbortSignal): Promise<Attempt> {
    const key = await credentials.current(signal);
    if (!key.ok) {
      const failure = { error: key.error, retry: null, retryAfterMs: 0 };
      return { result: err(failure), key: null, cloudNowMs: null };
    }
    const startedAt = clock.now();
    const signed = signRequest(
      {
        host: new URL(origin).host,
        action: request.action,
        version: versions[request.service],
        parameters: request.parameters,
        date: signatureDate(startedAt + skewMs),
        nonce: options.newNonce(),
      },
      key.value,
    );
    const answer = await exchange({
      fetch: options.fetch,
      clock,
      url: `${origin}/?${signed.query}`,
      method: 'POST',
      headers: { ...signed.headers, accept: 'application/json' },
      limits: options.limits ?? LIMITS,
      signal,
      action: request.action,
    });
    const report = (outcome: string, requestId: string): void =>
      options.onCall?.({
        action: request.action,
        region: request.region,
        outcome,
        requestId,
        ms: clock.now() - startedAt,
      });
    if (!answer.ok) {
      report(answer.error.code, '-');
      return { result: err(judgeExchange(answer.error)), key: key.value, cloudNowMs: null };
    }
    const date = Date.parse(answer.value.header('date') ?? '');
    const cloudNowMs = Number.isNaN(date) ? null : date;
    const judged = judgeAnswer(request.service, request.action, answer.value);
    if (judged.ok) {
      report('ok', judged.requestId);
      return { result: ok({ requestId: judged.requestId, body: judged.body }), key: key.value, cloudNowMs };
    }
    report(judged.failure.error.code, String(judged.failure.error.params.requestId ?? '-'));
    return { result: err(judged.failure), key: key.value, cloudNowMs };
  }

  /** Whether the one thing that a repetition needs beside time could be put right. */
  function prepare(kind: RetryKind, last: Attempt): boolean {
    if (kind === 'skew') {
      if (last.cloudNowMs === null) return false;
      skewMs = last.cloudNowMs - clock.now();
    }
    return kind !== 'expired' || (last.key !== null && credentials.renew(last.key));
  }

  return {
    async call(request, signal) {
      const origin = originOf(request.service, request.region, options.endpoint);
      if (!origin.ok) return origin;
      // Many calls share one signal, and each listens while it waits.
      setMaxListeners(0, signal);
      const bucket = `${request.service}/${request.region}/${request.action}`;
      const rate = request.kind === 'read' ? rates.read : rates.write;
      const before = new Map<RetryKind, number>();
      for (;;) {
        if (!(await budget.take(bucket, rate, signal))) return err(appError('app.cancelled'));
        const last = await attempt(request, origin.value, signal);
        if (last.result.ok) return last.result;
        const { error, retry, retryAfterMs } = last.result.error;
        const count = before.get(retry) ?? 0;
        const wait = nextAttemptIn({
          kind: retry,
          before: count,
          repeatable: request.kind !== 'once',
          jitter: options.jitter(),
          retryAfterMs,
          cloudNowMs: last.cloudNowMs ?? clock.now() + skewMs,
        });
        if (retry === 'throttled') budget.close(bucket, wait ?? 60_000);
        if (wait === null || !prepare(retry, last)) return err(withEffect(error, request.kind));
        before.set(retry, count + 1);
        if (!(await pause(clock, wait, signal))) return err(appError('app.cancelled'));
      }
    },
  };
}
