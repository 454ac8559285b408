import type { EventPayload, Events, RequestInput, RequestOutput, Requests } from './contract';
import type { Result } from './result';

/** What the preload puts on `window.api`: one function a request, one subscription an event, nothing generic. */
export type WindowApi = {
  readonly [G in keyof Requests]: {
    readonly [M in keyof Requests[G]]: (input: RequestInput<G, M>) => Promise<Result<RequestOutput<G, M>>>;
  };
} & {
  readonly on: {
    readonly [G in keyof Events]: {
      readonly [M in keyof Events[G]]: (listener: (payload: EventPayload<G, M>) => void) => () => void;
    };
  };
};
