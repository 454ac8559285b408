import { appError } from '../../shared/errors';
import { err, type Result } from '../../shared/result';

/** The end of another channel, handed over with a message: Electron's `MessagePortMain` is one. */
export interface HandedPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** One end of a channel between two processes, whatever makes it. */
export interface MessageEnd {
  post(message: unknown, ports?: readonly HandedPort[]): void;
  /** Called for every message of the other side, with the ports that came with it. */
  listen(listener: (message: unknown, ports?: readonly HandedPort[]) => void): void;
}

/** Requests by name: what each takes and what it answers with. */
export type RequestMap = Readonly<Record<string, { readonly input: unknown; readonly output: unknown }>>;
/** Events by name: what each carries. */
export type EventMap = Readonly<Record<string, unknown>>;

export type Handlers<R extends RequestMap> = {
  readonly [N in keyof R]: (
    input: R[N]['input'],
    ports: readonly HandedPort[],
  ) => Promise<Result<R[N]['output']>> | Result<R[N]['output']>;
};
export type Listeners<E extends EventMap> = { readonly [N in keyof E]: (payload: E[N]) => void };

export interface Rpc<R extends RequestMap, E extends EventMap> {
  request<N extends keyof R & string>(
    name: N,
    input: R[N]['input'],
    ports?: readonly HandedPort[],
  ): Promise<Result<R[N]['output']>>;
  emit<N extends keyof E & string>(name: N, payload: E[N]): void;
  /** Answers everything that is still open with `store.unavailable` and falls silent. */
  close(): void;
}

type Message =
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly body: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly body: Result<unknown> }
  | { readonly kind: 'event'; readonly name: string; readonly body: unknown };

/** The other side is our own program: the shape is checked, the contents are trusted. */
function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const message = value as Partial<Record<'kind' | 'id' | 'name' | 'body', unknown>>;
  switch (message.kind) {
    case 'request':
      return typeof message.id === 'number' && typeof message.name === 'string';
    case 'reply':
      return typeof message.id === 'number' && typeof message.body === 'object' && message.body !== null;
    case 'event':
      return typeof message.name === 'string';
    default:
      return false;
  }
}

/** Requests, replies and events over a channel, typed on both sides. */
export function createRpc<
  MyRequests extends RequestMap,
  MyEvents extends EventMap,
  TheirRequests extends RequestMap,
  TheirEvents extends EventMap,
>(
  end: MessageEnd,
  handlers: Handlers<TheirRequests>,
  listeners: Listeners<TheirEvents>,
): Rpc<MyRequests, MyEvents> {
  const open = new Map<number, (result: Result<unknown>) => void>();
  let nextId = 1;
  let closed = false;
  const post = (message: Message, ports?: readonly HandedPort[]): void => end.post(message, ports);

  async function answer(
    id: number,
    name: string,
    body: unknown,
    ports: readonly HandedPort[],
  ): Promise<void> {
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    let result: Result<unknown>;
    try {
      result = handler ? await handler(body, ports) : err(appError('app.unknownChannel', { channel: name }));
    } catch {
      // What was thrown may quote what was sent.
      result = err(appError('app.internal'));
    }
    if (!closed) post({ kind: 'reply', id, body: result });
  }

  end.listen((message, ports = []) => {
    if (closed || !isMessage(message)) return;
    if (message.kind === 'request') void answer(message.id, message.name, message.body, ports);
    else if (message.kind === 'reply') {
      const resolve = open.get(message.id);
      open.delete(message.id);
      resolve?.(message.body);
    } else if (Object.hasOwn(listeners, message.name)) {
      listeners[message.name]?.(message.body as TheirEvents[string]);
    }
  });

  return {
    request<N extends keyof MyRequests & string>(
      name: N,
      input: MyRequests[N]['input'],
      ports?: readonly HandedPort[],
    ) {
      if (closed) return Promise.resolve(err(appError('store.unavailable')));
      const id = nextId++;
      return new Promise<Result<MyRequests[N]['output']>>((resolve) => {
        open.set(id, (result) => resolve(result as Result<MyRequests[N]['output']>));
        post({ kind: 'request', id, name, body: input }, ports);
      });
    },
    emit: (name, payload) => {
      if (!closed) post({ kind: 'event', name, body: payload });
    },
    close() {
      closed = true;
      const waiting = [...open.values()];
      open.clear();
      for (const resolve of waiting) resolve(err(appError('store.unavailable')));
    },
  };
}
