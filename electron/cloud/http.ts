import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import type { Clock } from '../watch/clock';

/** The part of `fetch` that is used. The composition passes the one that honours the system's proxy. */
export type HttpFetch = (url: string, init: HttpRequest) => Promise<HttpResponse>;

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
  /** A redirect would carry a signed request, or the question for an address, to somebody else. */
  readonly redirect: 'error';
  readonly cache: 'no-store';
  readonly credentials: 'omit';
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array> | null;
}

export interface HttpLimits {
  /** Milliseconds until the answer's head is there: name resolution, proxy, connection and TLS included. */
  readonly headMs: number;
  /** Milliseconds for the whole exchange. */
  readonly totalMs: number;
  readonly maxBytes: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly text: string;
}

/** What went wrong, told apart without a word of the thrown error: that may quote the whole request URL. */
type Ended = 'cancelled' | 'timeout' | 'tooLarge';

const REASON =
  /^(?:net::)?(ERR_[A-Z_]{2,40}|E[A-Z_]{2,40}|UND_ERR_[A-Z_]{2,40}|CERT_[A-Z_]{2,40}|[A-Z_]*CERT[A-Z_]*)$/;

/** The bare name of a network failure, such as `ECONNREFUSED`; `-` for one that has none. */
function reasonOf(thrown: unknown): string {
  const seen = new Set<unknown>();
  for (let at: unknown = thrown; typeof at === 'object' && at !== null && !seen.has(at); ) {
    seen.add(at);
    const { code, message, cause } = at as { code?: unknown; message?: unknown; cause?: unknown };
    for (const text of [code, message]) {
      const match = typeof text === 'string' ? REASON.exec(text) : null;
      if (match?.[1]) return match[1];
    }
    at = cause;
  }
  return '-';
}

async function readText(
  response: HttpResponse,
  maxBytes: number,
  giveUp: (why: Ended) => void,
): Promise<string> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > maxBytes) giveUp('tooLarge');
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > maxBytes) giveUp('tooLarge');
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    reader.releaseLock();
  }
}

/**
 * One exchange over the injected fetch, limited in time and size.
 * Errors: `app.cancelled`, `cloud.timeout`, `cloud.network`, `cloud.answerTooLarge`; their params are `action` as
 * given and a bare reason, never the URL.
 */
export async function exchange(options: {
  readonly fetch: HttpFetch;
  readonly clock: Clock;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly limits: HttpLimits;
  readonly signal: AbortSignal;
  readonly action: string;
}): Promise<Result<HttpAnswer>> {
  const { limits, signal, action, clock } = options;
  if (signal.aborted) return err(appError('app.cancelled'));
  const controller = new AbortController();
  let ended: Ended | undefined;
  let rejectEnd: (reason: unknown) => void = () => undefined;
  const end = new Promise<never>((_resolve, reject) => {
    rejectEnd = reject;
  });
  end.catch(() => undefined);
  const stop = (why: Ended): void => {
    ended ??= why;
    controller.abort();
    // Not every fetch minds its signal at every moment: the wait ends here in any case.
    rejectEnd(new Error(why));
  };
  const giveUp = (why: Ended): never => {
    stop(why);
    throw new Error(why);
  };
  const cancel = (): void => stop('cancelled');
  signal.addEventListener('abort', cancel, { once: true });
  const total = clock.after(limits.totalMs, () => stop('timeout'));
  const head = clock.after(limits.headMs, () => stop('timeout'));
  try {
    const asked = options.fetch(options.url, {
      method: options.method,
      headers: options.headers,
      signal: controller.signal,
      redirect: 'error',
      cache: 'no-store',
      credentials: 'omit',
    });
    asked.catch(() => undefined);
    const response = await Promise.race([asked, end]);
    head();
    const reading = readText(response, limits.maxBytes, giveUp);
    reading.catch(() => undefined);
    const text = await Promise.race([reading, end]);
    return ok({ status: response.status, header: (name) => response.headers.get(name), text });
  } catch (thrown) {
    if (ended === 'cancelled') return err(appError('app.cancelled'));
    if (ended === 'timeout') return err(appError('cloud.timeout', { action }));
    if (ended === 'tooLarge') return err(appError('cloud.answerTooLarge', { action }));
    return err(appError('cloud.network', { action, reason: reasonOf(thrown) }));
  } finally {
    head();
    total();
    signal.removeEventListener('abort', cancel);
    if (ended === undefined) controller.abort();
  }
}
