import { ok } from '../../../shared/result';
import { createFakeClock, type FakeClock } from '../../watch/testing/fake-clock';
import type { CredentialSource } from '../aliyun/client';
import type { SigningKey } from '../aliyun/sign';
import type { HttpFetch, HttpResponse } from '../http';

/** Parts of these are looked for in everything that comes out. */
export const CANARY_SECRET = 'canarySecret7Qx';
export const CANARY_TOKEN = 'canaryToken9Zk';

export interface SeenCall {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly host: string;
  readonly atMs: number;
}

export type StubAnswer =
  | { readonly status?: number; readonly json: unknown; readonly headers?: Record<string, string> }
  | { readonly status?: number; readonly text: string; readonly headers?: Record<string, string> }
  /** Never answers, whatever its signal says. */
  | 'hang'
  /** The connection breaks; the error quotes the whole URL, as some clients do. */
  | 'drop';

export type StubHandler = (call: SeenCall, count: number) => StubAnswer;

export interface StubCloud {
  readonly fetch: HttpFetch;
  readonly calls: SeenCall[];
  readonly clock: FakeClock;
  readonly actions: () => string[];
}

/** A cloud in memory that answers as told and remembers what it was asked. Time is a fake clock's. */
export function createStubCloud(handler: StubHandler, clock: FakeClock = createFakeClock()): StubCloud {
  const calls: SeenCall[] = [];
  const fetch: HttpFetch = async (url, init) => {
    const at = new URL(url);
    const call: SeenCall = {
      action: init.headers['x-acs-action'] ?? '',
      parameters: Object.fromEntries(at.searchParams),
      headers: init.headers,
      host: at.host,
      atMs: clock.now(),
    };
    calls.push(call);
    const answer = handler(call, calls.filter((other) => other.action === call.action).length);
    if (answer === 'hang') return new Promise<HttpResponse>(() => undefined);
    if (answer === 'drop') {
      throw Object.assign(new Error(`request to ${url} failed`), { cause: { code: 'ECONNRESET' } });
    }
    const text = 'json' in answer ? JSON.stringify(answer.json) : answer.text;
    return new Response(text, { status: answer.status ?? 200, headers: answer.headers ?? {} });
  };
  return { fetch, calls, clock, actions: () => calls.map((call) => call.action) };
}

/** Lets time pass until the work is done; fails when nothing is due any more and it still is not. */
export async function finish<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let done = false;
  const mark = (): void => {
    done = true;
  };
  work.then(mark, mark);
  for (let turn = 0; turn < 10_000; turn += 1) {
    await clock.advance(0);
    if (done) return work;
    const due = clock.nextDue();
    if (due === undefined) throw new Error('nothing is due and the work is not done');
    await clock.advance(due - clock.now());
  }
  throw new Error('the work does not end');
}

export const testKey: SigningKey = {
  accessKeyId: 'testKeyId',
  accessKeySecret: CANARY_SECRET,
  securityToken: CANARY_TOKEN,
};

/** Credentials that never change; `renewals` counts how often others were asked for. */
export function fixedCredentials(key: SigningKey = testKey): CredentialSource & { renewals: number } {
  const source = {
    renewals: 0,
    current: async () => ok(key),
    renew: () => {
      source.renewals += 1;
      return false;
    },
  };
  return source;
}
