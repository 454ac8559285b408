import { contextBridge, ipcRenderer } from 'electron';
import type { ConsolePageChannel, ConsoleToHost } from '../shared/console';

/**
 * What the page of the VNC console gets: its few requests by name, and the bytes of one connection at a time. It can
 * name no channel and reach no other request of the app.
 */
const ask = (channel: ConsolePageChannel) => (): Promise<unknown> => ipcRenderer.invoke(`console:${channel}`);

/** A message port as a page has it. */
interface PagePort {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  addEventListener(event: 'close', listener: () => void): void;
  postMessage(message: ConsoleToHost): void;
  close(): void;
}

let port: PagePort | undefined;
let listener: (message: unknown) => void = () => undefined;

ipcRenderer.on('console:port', (event) => {
  port?.close();
  const [next] = event.ports as unknown as readonly PagePort[];
  if (!next) return;
  port = next;
  next.onmessage = ({ data }) => {
    if (port === next) listener(data);
  };
  next.addEventListener('close', () => {
    if (port !== next) return;
    port = undefined;
    listener({ kind: 'gone' });
  });
});

const post = (message: ConsoleToHost): void => port?.postMessage(message);

contextBridge.exposeInMainWorld('lockwatchConsole', {
  info: ask('info'),
  connect: ask('connect'),
  shown: ask('shown'),
  ctrlAltDelSent: ask('ctrlAltDelSent'),
  fullScreen: ask('fullScreen'),
  close: ask('close'),
  /** One listener: the newest. */
  onMessage(next: (message: unknown) => void): void {
    listener = next;
  },
  send(bytes: unknown): void {
    if (bytes instanceof Uint8Array) post({ kind: 'data', bytes });
  },
  taken(bytes: unknown): void {
    if (typeof bytes === 'number') post({ kind: 'taken', bytes });
  },
  disconnect(): void {
    post({ kind: 'close' });
    port?.close();
    port = undefined;
  },
});
