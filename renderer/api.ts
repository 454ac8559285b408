import './zod-jitless';
import { z } from 'zod';
import type { WindowApi } from '../shared/api';
import { events, requests } from '../shared/contract';
import { type AppError, appError, errorSchema } from '../shared/errors';
import { err, type Result } from '../shared/result';

declare global {
  interface Window {
    readonly api: WindowApi;
  }
}

type Call = (input: unknown) => Promise<unknown>;
type Subscribe = (listener: (payload: unknown) => void) => () => void;
type Loose<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** Told when main sends an event that the contract does not know in this shape. */
let onMalformedEvent: (channel: string) => void = () => undefined;
export function setMalformedEventListener(listener: (channel: string) => void): void {
  onMalformedEvent = listener;
}

const refused = (channel: string): { readonly ok: false; readonly error: AppError } =>
  err(appError('app.internal', { channel }));

function request(group: string, method: string, output: z.ZodType): Call {
  const envelope = z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value: output }),
    z.object({ ok: z.literal(false), error: errorSchema }),
  ]);
  const channel = `${group}.${method}`;
  return async (input): Promise<Result<unknown>> => {
    try {
      const call = (window.api as unknown as Loose<Call>)[group]?.[method];
      if (!call) return refused(channel);
      const answer = envelope.safeParse(await call(input));
      return answer.success ? (answer.data as Result<unknown>) : refused(channel);
    } catch {
      return refused(channel);
    }
  };
}

function subscription(group: string, method: string, payload: z.ZodType): Subscribe {
  return (listener) => {
    const subscribe = (window.api.on as unknown as Loose<Subscribe>)[group]?.[method];
    if (!subscribe) return () => undefined;
    return subscribe((raw) => {
      const parsed = payload.safeParse(raw);
      if (parsed.success) listener(parsed.data);
      else onMalformedEvent(`${group}.${method}`);
    });
  };
}

function build<S, T>(table: Record<string, Record<string, S>>, make: (g: string, m: string, s: S) => T) {
  return Object.fromEntries(
    Object.entries(table).map(([group, methods]) => [
      group,
      Object.fromEntries(Object.entries(methods).map(([name, schema]) => [name, make(group, name, schema)])),
    ]),
  );
}

/**
 * Main's requests and events as the contract has them, every answer and event validated. A request never
 * rejects: an answer of the wrong shape is `app.internal`.
 */
export const api = {
  ...build(
    requests as unknown as Record<string, Record<string, { output: z.ZodType }>>,
    (group, name, schema) => request(group, name, schema.output),
  ),
  on: build(events as unknown as Record<string, Record<string, z.ZodType>>, subscription),
} as unknown as WindowApi;
