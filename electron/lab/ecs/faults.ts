import { EcsError, notAuthorized, throttled } from './error';

/** What goes wrong with a call. `done`: its effect happens all the same, and only the answer is not what it should be. */
export type FaultKind =
  /** 403 with the missing permission in `AccessDeniedDetail`. */
  | { readonly kind: 'denied' }
  | { readonly kind: 'throttled'; readonly retryAfterMs?: number }
  | { readonly kind: 'internalError'; readonly done?: boolean }
  | { readonly kind: 'unavailable'; readonly done?: boolean }
  /** A gateway's page instead of an answer. */
  | { readonly kind: 'html502'; readonly done?: boolean }
  /** The connection ends without an answer. */
  | { readonly kind: 'lost'; readonly done: boolean }
  /** The connection stays open and no answer comes. */
  | { readonly kind: 'silent'; readonly done: boolean }
  /** The answer comes late, by this lab's clock. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'error'; readonly status: number; readonly code: string; readonly done?: boolean };

export interface Fault {
  /** The action it is for; `*` for every one. */
  readonly on: string;
  readonly fault: FaultKind;
  /** How many calls it is for; every one unless said. */
  readonly times?: number;
  /** How many calls of this action it lets pass first. */
  readonly skip?: number;
}

interface Armed {
  readonly fault: Fault;
  skip: number;
  left: number;
}

/** The faults that wait for their calls. The first one that fits is taken; those after it wait on. */
export class Faults {
  #armed: Armed[] = [];

  /** Returns a function that takes it back. */
  add(fault: Fault): () => void {
    const armed = { fault, skip: fault.skip ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  clear(): void {
    this.#armed = [];
  }

  take(action: string): FaultKind | null {
    for (const armed of this.#armed) {
      if (armed.fault.on !== '*' && armed.fault.on !== action) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      armed.left -= 1;
      if (armed.left <= 0) this.#armed = this.#armed.filter((other) => other !== armed);
      return armed.fault.fault;
    }
    return null;
  }
}

/** The error that a fault answers with; null for those that answer otherwise. */
export function errorOf(fault: FaultKind, action: string): EcsError | null {
  switch (fault.kind) {
    case 'denied':
      return notAuthorized(`ecs:${action}`);
    case 'throttled':
      return throttled(fault.retryAfterMs ?? 1_000);
    case 'internalError':
      return new EcsError(
        500,
        'InternalError',
        'The request could not be processed due to an internal error.',
      );
    case 'unavailable':
      return new EcsError(503, 'ServiceUnavailable', 'The request failed due to a temporary failure.');
    case 'error':
      return new EcsError(fault.status, fault.code, 'This was made to happen.');
    case 'html502':
    case 'lost':
    case 'silent':
    case 'slow':
      return null;
  }
}

/** Whether the call's effect happens under this fault. */
export const takesEffect = (fault: FaultKind): boolean =>
  fault.kind === 'slow' || ('done' in fault && fault.done === true);
