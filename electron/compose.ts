import { join } from 'node:path';
import { app, dialog, shell } from 'electron';
import type { InstanceView, Phrase } from '../shared/account-status';
import { appError } from '../shared/errors';
import { createTranslator } from '../shared/messages/format';
import { err, ok } from '../shared/result';
import { composeChecklist } from './compose/checklist';
import { composeCloud } from './compose/cloud';
import { composeConsole } from './compose/console';
import { composeDirectory } from './compose/directory';
import { composeFleet } from './compose/fleet';
import { composeFoundation } from './compose/foundation';
import { composeIncidents } from './compose/incidents';
import { initialSnapshot } from './compose/initial-snapshot';
import { composeIsolation } from './compose/isolation';
import { composePage } from './compose/page';
import { composePractice, composePracticeCloud } from './compose/practice';
import { createPracticeDirectory } from './compose/practice-directory';
import { composeRdp } from './compose/rdp';
import { composeRunbook } from './compose/runbook';
import { composeStores } from './compose/stores';
import { composeUnlock } from './compose/unlock';
import type { Arguments } from './desktop/arguments';
import { createDesktop } from './desktop/desktop';
import { externalAddress } from './desktop/guards/external-pages';
import { pauseEnd } from './desktop/pause';
import { createPrinter } from './desktop/print/printer';
import { sourcesInShort } from './desktop/sources-in-short';
import { loginItemSystem } from './desktop/system/electron-login-item';
import { applyLoginItem } from './desktop/system/login-item';
import { installTestHooks } from './desktop/test-hooks';
import { createDispatcher } from './ipc/dispatch';
import { createHandlers } from './ipc/handlers';
import { createNoticeBoard } from './ipc/notice-board';
import { createPolicyHandlers } from './ipc/policy-handlers';
import { registerRequests } from './ipc/register';
import { createTcpProbe } from './isolation/executor/tcp-probe';
import { disposeAll, type Service, startAll } from './service-list';
import { createUnlockFacts } from './unlock/facts';

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

const QUIT_MS = 3000;
const MINUTE_MS = 60_000;
/** How often the public address is asked for, and rules are read again; a practice run shows it while one looks. */
const ADDRESS_MS = { real: 10 * MINUTE_MS, practice: 15_000 };
const READ_MS = { real: 10 * MINUTE_MS, practice: MINUTE_MS };

/** Builds every part, hands each what it needs, starts their services in order and ends them in reverse. */
export function compose({ args, appFolder, testHooks }: ComposeOptions): Lockwatch {
  const built = (path: string): string => join(appFolder, 'out', path);
  const quitting = new AbortController();
  const base = composeFoundation((name) => join(app.getPath('userData'), name), quitting.signal);
  const { foundation } = base;
  const { clock, log } = foundation;
  const now = (): number => clock.now();

  // A bug in one part must not end the watching of all instances.
  process.on('uncaughtException', (cause) => log.error('app.uncaught', {}, cause));
  process.on('unhandledRejection', (cause) => log.error('app.unhandled', {}, cause));

  const checkMessages = import.meta.env.DEV || testHooks;
  const window = composePage({
    foundation,
    pageFolder: built('renderer'),
    preload: built('preload/preload.js'),
    consolePreload: built('preload/console-preload.js'),
    checkMessages,
    initial: initialSnapshot(args.lab),
  });
  const { mirror, publisher, page, factory } = window;
  const notices = createNoticeBoard((all) => mirror.change({ notices: all }));
  const stores = composeStores(foundation, notices, () => fleet);
  const { settings, vault, profiles } = stores;
  const facts = createUnlockFacts();
  const directory = composeDirectory({
    foundation,
    stores,
    mirror,
    notices,
    publisher,
    facts,
    trail: () => isolation.trail,
    onTruth: () => fleet.domainsChanged(),
    onChange: () => renderViews(fleet.views()),
  });
  const nameOf = (id: string): string => directory.service.nameOf(id) ?? stores.nameOf(id);
  /** A lock in a domain is told by its directory, once, and not by every instance where it was seen. */
  const renderViews = (views: readonly InstanceView[]): void =>
    desktop.render([...directory.service.withoutOurs(views), ...directory.service.asInstances()]);
  const fleet = composeFleet({
    foundation,
    stores,
    mirror,
    notices,
    publisher,
    evidenceScript: built('main/evidence-host.js'),
    directories: directory.service.link,
    onViews(views) {
      renderViews(views);
      directory.service.seen(views);
      incidents.incidents.views(views);
      checklist.checklists.views(views);
      practice.drill?.fleet(views);
    },
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
    watching: {
      suspend: () => fleet.suspend(),
      resume() {
        fleet.resume();
        directory.service.resume();
        void isolation.isolation.reconcile();
      },
    },
    sendNavigate: (to) => publisher.publish('window', 'navigate', to),
    isDirectory: (id) => directory.service.nameOf(id) !== undefined,
    onContents: window.setContents,
    pause: (until) => void settings.save({ notificationsPausedUntilMs: pauseEnd(until, now()) }),
    onNotice: (notice) => notices.replace('desktop', [notice]),
    onDecision: (decision) => practice.drill?.decision(decision),
  });
  performance.mark('tray-ready');

  const locale = (): string => {
    const { language } = settings.get();
    return language === 'system' ? app.getLocale() || 'en' : language;
  };
  const say = (key: string): string => desktop.words({ key, params: {} });
  const tcpProbe = createTcpProbe();
  const practiceCloud = composePracticeCloud(
    args,
    () => cloud.accounts,
    tcpProbe,
    () => say('lab.cloudAccount'),
  );
  const cloud = composeCloud({
    foundation,
    stores,
    mirror,
    notices,
    practiceServices: practiceCloud ? practiceCloud.services : null,
    environmentName: () => say('cloud.origin.environment'),
  });
  const isolation = composeIsolation({
    foundation,
    stores,
    cloud,
    mirror,
    notices,
    probe: practiceCloud?.probe ?? tcpProbe,
    say: (phrase: Phrase) => desktop.words(phrase),
    askAddressEveryMs: args.lab ? ADDRESS_MS.practice : ADDRESS_MS.real,
    readEveryMs: args.lab ? READ_MS.practice : READ_MS.real,
    onChange(views, offers) {
      desktop.renderIsolation([...views], [...offers]);
      incidents.incidents.isolations(views);
      checklist.checklists.isolations(views);
    },
  });

  const printer = createPrinter({
    factory,
    clock,
    log,
    locale,
    pageOf: (page, pages) => createTranslator(locale())('print.pageOf', { page, pages }),
  });
  const runbook = composeRunbook({ foundation, appFolder, printer, locale });
  const incidents = composeIncidents({
    foundation,
    stores,
    fleet,
    mirror,
    notices,
    trail: isolation.trail,
    facts,
    say: (phrase: Phrase) => desktop.words(phrase),
    locale,
    printToPdf: printer.printToPdf,
  });
  const checklist = composeChecklist({
    foundation,
    stores,
    cloud,
    mirror,
    incidents: incidents.incidents,
    facts,
    trail: isolation.trail,
    practice: args.lab,
    say: (phrase: Phrase) => desktop.words(phrase),
    locale,
    printMarkdown: printer.printMarkdown,
    onChecklists: desktop.renderChecklists,
  });
  const consoles = composeConsole({
    foundation,
    stores,
    cloud,
    fleet,
    mirror,
    trail: isolation.trail,
    facts,
    factory,
    guards: window.guards,
    page,
    assetFolder: join(appFolder, 'electron/desktop/assets'),
    practice: args.lab,
    say: (phrase: Phrase) => desktop.words(phrase),
  });

  const rdp = composeRdp({
    foundation,
    stores,
    fleet,
    mirror,
    facts,
    isolation: isolation.view,
    ownAddresses: isolation.ownAddresses,
    practiceDoor: (profile) => practiceCloud?.doorOf(profile),
  });

  const unlock = composeUnlock({
    foundation,
    stores,
    cloud,
    fleet,
    mirror,
    notices,
    trail: isolation.trail,
    facts,
    isolation: () => isolation.isolation.views(),
    domainUnlockers: () => [directory.service.unlocker()],
  });

  let exitCode = 0;
  const practice = composePractice({
    foundation,
    stores,
    mirror,
    args,
    appFolder,
    labScript: built('main/lab-host.js'),
    desktop,
    practiceCloud,
    contents: window.contents,
    onDirectory: createPracticeDirectory(directory),
    onExitCode: (code) => {
      exitCode = code;
    },
  });

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
    renderViews(fleet.views());
  };

  /** What the window's first snapshot rests on. */
  const first: readonly Service[] = [...base.services, ...stores.services, ...directory.services];
  const rest: readonly Service[] = [
    ...cloud.services,
    practice.journalService,
    ...isolation.services,
    ...incidents.services,
    ...checklist.services,
    { name: 'fleet', start: async () => fleet.start(), dispose: () => fleet.dispose() },
    ...practice.services,
    ...consoles.services,
    ...unlock.services,
    ...rdp.services,
    ...window.services,
    { name: 'desktop', dispose: desktop.dispose },
  ];
  /** Every service with something to start or to end, in the order of starting. */
  const services: readonly Service[] = [...first, ...rest];
  settings.onChange(applySettings);
  vault.onChange(showVault);
  profiles.onChange(showProfiles);

  let storesReady: Promise<void> = Promise.resolve();
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
        await storesReady;
        return ok(mirror.current());
      },
      async openExternal({ page: id }) {
        const address = externalAddress(id);
        if (address === undefined) return err(appError('app.invalidArgument'));
        await shell.openExternal(address);
        return ok(null);
      },
    },
    lab: practice.handlers,
    isolation: { ...isolation.handlers, ...cloud.handlers },
    console: consoles.handlers,
    unlock: unlock.handlers,
    directory: directory.handlers,
    incidents: incidents.handlers.incidents,
    checklist: checklist.handlers,
    runbook: runbook.handlers.runbook,
    rdp: rdp.handlers,
    policy: createPolicyHandlers({
      fleet,
      directory: (id) => directory.service.state().directories.find((view) => view.id === id),
      now,
    }),
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
      lab: practice.lab.look,
      triggerLab: practice.lab.send,
      windowState: () =>
        desktop.windows.isVisible() ? 'visible' : desktop.windows.exists() ? 'hidden' : 'none',
    });
  }
  if (!args.hidden) desktop.show();
  storesReady = startAll(first).then(() => {
    applySettings();
    showVault();
    showProfiles();
  });
  const ready = storesReady.then(() => startAll(rest));
  ready.then(
    () => {
      log.info('app.started', { version: app.getVersion(), platform: process.platform });
      practice.begin();
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
      quitting.abort();
      ending = disposeAll(
        services,
        log,
        () => new Promise((resolve) => clock.after(QUIT_MS, () => resolve(undefined))),
      );
      void ending.then(() => app.exit(exitCode));
    },
  };
}
