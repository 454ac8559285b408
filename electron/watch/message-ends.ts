import type { HandedPort, MessageEnd } from './rpc';

/** A `MessagePort` of Node's `worker_threads`. */
export interface NodePort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** The channel end of a Node message port. Ports are handed over between Electron's processes only. */
export const endOf = (port: NodePort): MessageEnd => ({
  post: (message) => port.postMessage(message),
  listen: (listener) => {
    port.on('message', (message) => listener(message));
  },
});

/** `process.parentPort` inside an Electron utility process: messages come wrapped. */
export interface ParentPort {
  postMessage(message: unknown): void;
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly HandedPort[] }) => void,
  ): unknown;
}

export const endOfParentPort = (port: ParentPort): MessageEnd => ({
  post: (message) => port.postMessage(message),
  listen: (listener) => {
    port.on('message', (event) => listener(event.data, event.ports));
  },
});
