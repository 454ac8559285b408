import { contextBridge, ipcRenderer } from 'electron';
import { eventChannels, requestChannels } from '../shared/channels';

type Listener = (payload: unknown) => void;

/** One function a request. The page can name no channel, so it can reach no other. */
const groups = Object.entries(requestChannels).map(([group, methods]) => [
  group,
  Object.fromEntries(
    methods.map((method) => [
      method,
      (input: unknown): Promise<unknown> => ipcRenderer.invoke(`request:${group}.${method}`, input),
    ]),
  ),
]);

/** One subscription an event. The listener gets the payload, never Electron's event object. */
const on = Object.fromEntries(
  Object.entries(eventChannels).map(([group, methods]) => [
    group,
    Object.fromEntries(
      methods.map((method) => [
        method,
        (listener: Listener): (() => void) => {
          const deliver = (_event: unknown, payload: unknown): void => listener(payload);
          ipcRenderer.on(`event:${group}.${method}`, deliver);
          return () => {
            ipcRenderer.off(`event:${group}.${method}`, deliver);
          };
        },
      ]),
    ),
  ]),
);

contextBridge.exposeInMainWorld('api', { ...Object.fromEntries(groups), on });
