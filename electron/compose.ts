import { join } from 'node:path';
import { app, session, shell } from 'electron';
import { appError } from '../shared/errors';
import { err, ok } from '../shared/result';
import { defaultSettings } from '../shared/settings';
import type { Arguments } from './desktop/arguments';
import { guardAllContents } from './desktop/guards/contents-guards';
import { externalAddress } from './desktop/guards/external-pages';
import { guardSession } from './desktop/guards/session-guards';
import { pageSource } from './desktop/page/page-source';
import { servePage } from './desktop/page/serve-page';
import { openWindow } from './desktop/window/open-window';
import { createWindowController } from './desktop/window/window-controller';
import { createWindowFactory } from './desktop/window/window-factory';
import { createDispatcher, type Handlers } from './ipc/dispatch';
import { createMirror } from './ipc/mirror';
import { createPublisher } from './ipc/publish';
import { registerRequests } from './ipc/register';
import { createLog } from './log/log';
import { createRotatingFile } from './log/rotating-file';

export interface Lockwatch {
  start(): Promise<void>;
  show(): void;
  beforeQuit(event: { preventDefault(): void }): void;
}

const SOON_MS = 50;
const LOG_BYTES = 2_000_000;

export function compose({ args, appFolder }: { args: Arguments; appFolder: string }): Lockwatch {
  const logFile = createRotatingFile(join(app.getPath('userData'), 'logs', 'main.log'), LOG_BYTES);
  const log = createLog(logFile.write, Date.now);
  guardAllContents(app, log);

  const page = pageSource();
  const factory = createWindowFactory(join(appFolder, 'out/preload/preload.js'));
  let contents: Electron.WebContents | undefined;
  const publisher = createPublisher(() => contents, import.meta.env.DEV);
  const mirror = createMirror({
    initial: {
      app: {
        version: app.getVersion(),
        platform: process.platform,
        officialRuntime: true,
        practice: args.lab,
        systemLocale: app.getLocale(),
      },
      profiles: [],
      fleet: [],
      settings: defaultSettings,
      vault: { kind: 'memory', backend: 'unknown' },
      hostKeyQuestions: [],
      missingSecrets: [],
      notices: [],
      lab: { running: false, phase: null, instanceIds: [] },
      evidenceProcess: 'starting',
    },
    send: (change) => publisher.publish('state', 'changed', change),
    later(run) {
      const timer = setTimeout(run, SOON_MS);
      return () => clearTimeout(timer);
    },
  });
  const windows = createWindowController({
    open: (events, first) =>
      openWindow(
        {
          factory,
          pageUrl: page.url,
          title: 'Lockwatch',
          icon: undefined,
          log,
          sendNavigate: (destination) => publisher.publish('window', 'navigate', destination),
          onContents: (next) => {
            contents = next;
          },
        },
        events,
        first,
      ),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    releaseAfterMinutes: () => mirror.current().snapshot.settings.releaseWindowAfterMinutes,
    closeMeans: () => 'quit',
    ask: async () => 'quit',
    quit: () => app.quit(),
  });
  const later = () => err(appError('app.busy'));
  const handlers: Handlers = {
    app: {
      snapshot: () => ok(mirror.current()),
      async openExternal({ page: id }) {
        const address = externalAddress(id);
        if (address === undefined) return err(appError('app.invalidArgument'));
        await shell.openExternal(address);
        return ok(null);
      },
    },
    profiles: { save: later, delete: later, undoDelete: later, secretStates: later },
    hostKeys: { decide: later, forget: later },
    check: { start: later, cancel: later },
    instance: {
      refresh: later,
      reconnect: later,
      timeline: later,
      sources: later,
      evidence: later,
      brokenRecords: later,
    },
    settings: { save: later },
    notifications: { pause: later },
    savedLog: { open: later, cancel: later },
    lab: { open: later, close: later, trigger: later },
  };

  return {
    async start() {
      guardSession(session.defaultSession, page.mayLoad, log);
      servePage(session.defaultSession, join(appFolder, 'out/renderer'));
      const dispatcher = createDispatcher({ handlers, log, checkOutput: import.meta.env.DEV });
      registerRequests(dispatcher, page.origin, factory.made);
      if (!args.hidden) windows.show();
    },
    show: () => windows.show(),
    beforeQuit() {
      windows.allowClose();
    },
  };
}
