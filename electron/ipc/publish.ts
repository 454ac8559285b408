import type { MessagePortMain, WebContents } from 'electron';
import { type EventPayload, type Events, events } from '../../shared/contract';

export interface Publisher {
  publish<G extends keyof Events, M extends keyof Events[G] & string>(
    group: G,
    method: M,
    payload: EventPayload<G, M>,
  ): void;
}

/** Sends the contract's events to the window, if there is one. Nothing else in the app speaks to a page. */
export function createPublisher(target: () => WebContents | undefined, checkPayload: boolean): Publisher {
  return {
    publish(group, method, payload) {
      const contents = target();
      if (!contents || contents.isDestroyed()) return;
      if (checkPayload)
        (events[group] as Record<string, { parse(value: unknown): unknown }>)[method]?.parse(payload);
      contents.send(`event:${group}.${method}`, payload);
    },
  };
}

/** Hands a page of the VNC console the end of the channel that its bytes come by. */
export function handPort(contents: WebContents, port: MessagePortMain): void {
  if (!contents.isDestroyed()) contents.postMessage('console:port', null, [port]);
}
