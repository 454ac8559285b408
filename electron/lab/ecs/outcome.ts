import { EcsError } from './error';
import type { FaultKind } from './faults';
import type { JsonObject } from './types';

export interface Answer {
  readonly status: number;
  readonly requestId: string;
  readonly root: string;
  readonly body: JsonObject;
  readonly retryAfterMs: number | null;
}

/** What becomes of a request: an answer, a page of a gateway, a connection that ends, or nothing at all. */
export type Outcome = Answer | 'html502' | 'lost' | 'silent';

/** How a fault breaks the answer itself; null when it does not, or the call never got that far. */
export function broken(fault: FaultKind | null, reached: boolean): 'html502' | 'lost' | 'silent' | null {
  if (!fault || !reached) return null;
  return fault.kind === 'html502' || fault.kind === 'lost' || fault.kind === 'silent' ? fault.kind : null;
}

/** The answer to a call that came to a body or to a documented error. */
export function answerOf(action: string, requestId: string, result: JsonObject | EcsError): Answer {
  if (!(result instanceof EcsError)) {
    const body = { RequestId: requestId, ...result };
    return { status: 200, requestId, root: `${action}Response`, body, retryAfterMs: null };
  }
  const { retryAfterMs, ...extra } = result.extra;
  const body = {
    RequestId: requestId,
    HostId: 'ecs.stand-in.invalid',
    Code: result.code,
    Message: result.message,
    ...extra,
  };
  return {
    status: result.status,
    requestId,
    root: 'Error',
    body,
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : null,
  };
}
