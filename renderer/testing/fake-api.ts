import type { WindowApi } from '../../shared/api';
import { eventChannels, requestChannels } from '../../shared/channels';
import { ok } from '../../shared/result';

type Handler = (input: unknown) => unknown;

export interface FakeApi {
  /** Every request with its input, in order. */
  readonly calls: { readonly channel: string; readonly input: unknown }[];
  /** Sets the answer to a request; without one it is an ok with null. */
  answer(channel: string, handler: Handler): void;
  emit(channel: string, payload: unknown): void;
  inputsOf(channel: string): unknown[];
}

/** Puts a main behind the window that answers what the test tells it to. */
export function installFakeApi(): FakeApi {
  const calls: { channel: string; input: unknown }[] = [];
  const handlers = new Map<string, Handler>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const requests = Object.fromEntries(
    Object.entries(requestChannels).map(([group, methods]) => [
      group,
      Object.fromEntries(
        methods.map((method) => {
          const channel = `${group}.${method}`;
          return [
            method,
            async (input: unknown) => {
              calls.push({ channel, input });
              return handlers.get(channel)?.(input) ?? ok(null);
            },
          ];
        }),
      ),
    ]),
  );
  const on = Object.fromEntries(
    Object.entries(eventChannels).map(([group, methods]) => [
      group,
      Object.fromEntries(
        methods.map((method) => [
          method,
          (listener: (payload: unknown) => void) => {
            const channel = `${group}.${method}`;
            const set = listeners.get(channel) ?? new Set();
            listeners.set(channel, set.add(listener));
            return () => set.delete(listener);
          },
        ]),
      ),
    ]),
  );
  const api = { ...requests, on } as unknown as WindowApi;
  Object.defineProperty(window, 'api', { value: api, configurable: true });
  return {
    calls,
    answer: (channel, handler) => handlers.set(channel, handler),
    emit: (channel, payload) => {
      for (const listener of listeners.get(channel) ?? []) listener(payload);
    },
    inputsOf: (channel) => calls.filter((call) => call.channel === channel).map((call) => call.input),
  };
}
