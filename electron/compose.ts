import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { app, dialog, session, shell } from 'electron';
import { requestChannels } from '../shared/channels';
import { appError } from '../shared/errors';
import type { InstanceId } from '../shared/instance';
import { err, ok } from '../shared/result';
import { defaultSettings } from '../shared/settings';
import type { Arguments } from './desktop/arguments';
import { createDesktop } from './desktop/desktop';
import { guardAllContents } from './desktop/guards/contents-guards';
import { externalAddress } from './desktop/guards/external-pages';
import { guardSession } from './desktop/guards/session-guards';
import { pageSource } from './desktop/page/page-source';
import { servePage } from './desktop/page/serve-page';
import { pauseEnd } from './desktop/pause';
import { createDrillRun, type DrillRun } from './desktop/practice/drill-run';
import { createLabProcess } from './desktop/practice/lab-process';
import { createPracticeLab } from './desktop/practice/practice-lab';
import { practiceInAnotherRun, practiceRequests } from './desktop/practice/practice-requests';
import { sourcesInShort } from './desktop/sources-in-short';
import { loginItemSystem } from './desktop/system/electron-login-item';
import { applyLoginItem } from './desktop/system/login-item';
import { isOfficialRuntime } from './desktop/system/runtime-facts';
import { startUtilityProcess } from './desktop/system/utility-process';
import { installTestHooks } from './desktop/test-hooks';
import { createWindowFactory } from './desktop/window-factory';
import { createDispatcher } from './ipc/dispatch';
import { createHandlers, type IsolationHandlers } from './ipc/handlers';
import { createMirror } from './ipc/mirror';
import { createNoticeBoard } from './ipc/notice-board';
import { createPublisher } from './ipc/publish';
import { registerRequests } from './ipc/register';
import { createLog } from './log/log';
import { createRotatingFile } from './log/rotating-file';
import { createHostKeyStore } from './profiles/host-key-store';
import { createProfileStore } from './profiles/profile-store';
import { createSettingsStore } from './profiles/settings-store';
import { createOsCipher } from './secrets/os-cipher';
import { createVault } from './secrets/vault';
import { disposeAll, type Service, startAll } from './service-list';
import { createDiskFiles } from './storage/atomic-file';
import { systemClock } from './watch/clock';
import type { EvidenceProcess } from './watch/evidence-client';
import { FleetService } from './watch/fleet';

export interface Lockwatch {
  show(): void;
  beforeQuit(event: { preventDefault(): void }): void;
}

export interface ComposeOptions {
  readonly args: Arguments;
  /** Where the app's own files are: the built code in `out`, its images beside it. */
  readonly appFolder: string;
  readonly testHooks: boolean;
}

const SEND_AFTER_MS = 50;
const LOG_BYTES = 2_000_000;
const QUIT_MS = 3000;
/** How fast a single drill is played. */
const ONCE_SPEED = 4;

/** Builds every service, hands each what it needs, starts them in order and ends them in reverse. */
export function compose({ args, appFolder, testHooks }: ComposeOptions): Lockwatch {
  const dataFolder = app.getPath('userData');
  const inData = (name: string): string => join(dataFolder, name);
  const built = (path: string): string => join(appFolder, 'out', path);
  const clock = systemClock;
  const now = (): number => clock.now();
  const logFile = createRotatingFile(inData('logs/main.log'), LOG_BYTES);
  const log = createLog(logFile.write, now);

  // A bug in one part must not end the watching of all instances.
  process.on('uncaughtException', (cause) => log.error('app.uncaught', {}, cause));
  process.on('unhandledRejection', (cause) => log.error('app.unhandled', {}, cause));

  const page = pageSource();
  guardAllContents(app, page.mayNavigate, log);
  guardSession(session.defaultSession, page.mayLoad, log);
  app.on('session-created', (created) => guardSession(created, page.mayLoad, log));
  servePage(session.defaultSession, built('renderer'));

  const factory = createWindowFactory(built('preload/preload.js'));
  const checkMessages = import.meta.env.DEV || testHooks;
  let contents: Electron.WebContents | undefined;
  const publisher = createPublisher(() => contents, checkMessages);
  const mirror = createMirror({
    initial: {
      app: {
        version: app.getVersion(),
        platform: process.platform,
        officialRuntime: isOfficialRuntime(process.versions.electron, process.execPath),
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
      isolation: [],
      cloudAccounts: [],
      addressOffers: [],
    },
    send: (change) => publisher.publish('state', 'changed', change),
    later: (run) => clock.after(SEND_AFTER_MS, run),
  });
  const notices = createNoticeBoard((all) => mirror.change({ notices: all }));

  const files = createDiskFiles();
  const settings = createSettingsStore({
    path: inData('settings.json'),
    files,
    now,
    defaults: { ...defaultSettings, adminName: userInfo().username },
  });
  const hostKeys = createHostKeyStore({
    path: inData('host-keys.json'),
    files,
    now,
    userName: userInfo().username,
  });
  const vault = createVault({ path: inData('secrets.json'), files, cipher: createOsCipher(), now });
  const profiles = createProfileStore({
    path: inData('profiles.json'),
    files,
    clock,
    newId: randomUUID,
    async forget(ids) {
      for (const keeper of [fleet, vault, hostKeys]) {
        const done = await keeper.forget(ids);
        if (!done.ok) return done;
      }
      return ok(null);
    },
  });
  const nameOf = (id: InstanceId): string => profiles.get(id)?.name ?? id;
  const fleet = new FleetService({
    spawn: () => startEvidenceProcess(built('main/evidence-host.js')),
    databasePath: inData('evidence.db'),
    clock,
    newId: randomUUID,
    profiles,
    settings,
    hostKeys,
    vault,
    onViews: (views) => {
      mirror.setFleet(views);
      desktop.render(views);
      drill?.fleet(views);
    },
    onState: ({ notices: raised, ...state }) => {
      mirror.change(state);
      notices.replace('fleet', raised);
    },
    onCheck: (report) => publisher.publish('check', 'progress', report),
    onSavedLog: (progress) => publisher.publish('savedLog', 'progress', progress),
  });

  const desktop = createDesktop({
    assetFolder: join(appFolder, 'electron/desktop/assets'),
    pageUrl: page.url,
    factory,
    clock,
    log,
    practice: args.lab,
    settings: settings.get,
    nameOf,
    describeSources: async ({ instanceId, accountKey, sinceMs }) => {
      const rows = await fleet.sources({ id: instanceId, sinceMs, account: accountKey });
      return rows.ok ? sourcesInShort(rows.value) : undefined;
    },
    watching: fleet,
    sendNavigate: (to) => publisher.publish('window', 'navigate', to),
    onContents: (next) => {
      contents = next;
    },
    pause: (until) => void settings.save({ notificationsPausedUntilMs: pauseEnd(until, now()) }),
    onNotice: (notice) => notices.replace('desktop', [notice]),
    onDecision: (decision) => drill?.decision(decision),
  });
  performance.mark('tray-ready');

  const lab = createPracticeLab({
    spawn: () => createLabProcess(startUtilityProcess(built('main/lab-host.js'), 'Lockwatch practice lab')),
    dataDir: inData('lab'),
    drill: args.once ? 'once' : 'live',
    speed: args.once ? ONCE_SPEED : 1,
    profiles,
    hostKeys,
    onSummary: (summary) => mirror.change({ lab: summary }),
    onState: (state) => drill?.lab(state),
  });

  let exitCode = 0;
  const drill: DrillRun | undefined = args.lab
    ? createDrillRun({
        once: args.once,
        folder: process.env.LOCKWATCH_ARTIFACTS ?? inData('screenshots'),
        clock,
        words: desktop.words,
        write: (line) => process.stdout.write(line),
        capture: async () => (await contents?.capturePage())?.toPNG(),
        show: (to) => desktop.show(to),
        nameOf: ({ id }) => nameOf(id),
        end(code) {
          exitCode = code;
          app.quit();
        },
      })
    : undefined;

  const loginItems = loginItemSystem(appFolder);
  const applySettings = (): void => {
    const value = settings.get();
    mirror.change({ settings: value });
    desktop.applySettings(value);
    if (args.lab) return;
    applyLoginItem(loginItems, value.startAtLogin).catch((cause: unknown) =>
      log.error('loginItem.failed', {}, cause),
    );
  };
  const showVault = (): void => mirror.change({ vault: vault.state() });
  const showProfiles = (): void => {
    mirror.change({ profiles: [...profiles.list()] });
    desktop.render(fleet.views());
  };

  /** Every service with something to start or to end, in the order of starting. */
  const services: readonly Service[] = [
    { name: 'log', dispose: logFile.flush },
    {
      name: 'settings',
      start: async () => notices.replace('settings', await settings.start()),
      dispose: settings.dispose,
    },
    {
      name: 'vault',
      async start() {
        const raised = await vault.start();
        // That there is no vault is in the snapshot, and the window has a banner for it.
        notices.replace(
          'vault',
          raised.filter(({ id }) => id !== 'vault.memory'),
        );
        showVault();
      },
      dispose: vault.dispose,
    },
    {
      name: 'hostKeys',
      start: async () => notices.replace('hostKeys', await hostKeys.start()),
      dispose: hostKeys.dispose,
    },
    {
      name: 'profiles',
      start: async () => notices.replace('profiles', await profiles.start()),
      dispose: profiles.dispose,
    },
    { name: 'fleet', start: async () => fleet.start(), dispose: () => fleet.dispose() },
    { name: 'lab', dispose: lab.stop },
    { name: 'mirror', dispose: mirror.dispose },
    { name: 'desktop', dispose: desktop.dispose },
  ];
  settings.onChange(applySettings);
  vault.onChange(showVault);
  profiles.onChange(showProfiles);

  let ready: Promise<void> = Promise.resolve();
  const handlers = createHandlers({
    profiles,
    vault,
    settings,
    fleet,
    pauseEnd: (until) => pauseEnd(until, now()),
    async chooseLogs() {
      const chosen = await dialog.showOpenDialog({ properties: ['openFile', 'multiSelections'] });
      return chosen.canceled ? null : chosen.filePaths;
    },
    app: {
      async snapshot() {
        await ready;
        return ok(mirror.current());
      },
      async openExternal({ page: id }) {
        const address = externalAddress(id);
        if (address === undefined) return err(appError('app.invalidArgument'));
        await shell.openExternal(address);
        return ok(null);
      },
    },
    lab: args.lab ? practiceRequests(lab) : practiceInAnotherRun(appFolder),
    isolation: notYetWired(),
  });
  const closeChannels = registerRequests(
    createDispatcher({ handlers, log, checkOutput: checkMessages }),
    page.origin,
    factory.made,
  );

  if (testHooks) {
    installTestHooks({
      tray: desktop.tray,
      pressTray: desktop.run,
      notifications: desktop.notifications.recent,
      windowState: () =>
        desktop.windows.isVisible() ? 'visible' : desktop.windows.exists() ? 'hidden' : 'none',
    });
  }
  if (!args.hidden) desktop.show();
  ready = startAll(services);
  ready.then(
    () => {
      applySettings();
      showProfiles();
      log.info('app.started', { version: app.getVersion(), platform: process.platform });
      if (args.lab) void lab.start().then((started) => started.ok || drill?.failed());
    },
    (cause: unknown) => log.error('app.startFailed', {}, cause),
  );

  let ending: Promise<void> | undefined;
  return {
    show: () => desktop.show(),
    beforeQuit(event) {
      desktop.windows.allowClose();
      if (ending) return;
      event.preventDefault();
      closeChannels();
      ending = disposeAll(
        services,
        log,
        () => new Promise((resolve) => clock.after(QUIT_MS, () => resolve(undefined))),
      );
      void ending.then(() => app.exit(exitCode));
    },
  };
}

function startEvidenceProcess(script: string): EvidenceProcess {
  const child = startUtilityProcess(script, 'Lockwatch evidence');
  return { end: child, onExit: (listener) => child.onExit(listener), kill: () => child.kill() };
}

/** Refuses every request of isolation. */
function notYetWired(): IsolationHandlers {
  const refuse = () => err(appError('app.notFound'));
  const { isolation, publicAddress, cloud, audit } = requestChannels;
  return Object.fromEntries(
    Object.entries({ isolation, publicAddress, cloud, audit }).map(([group, methods]) => [
      group,
      Object.fromEntries(methods.map((method) => [method, refuse])),
    ]),
  ) as unknown as IsolationHandlers;
}
