import { join } from 'node:path';
import { app, dialog, nativeTheme, powerMonitor } from 'electron';
import type { InstanceView } from '../../shared/account-status';
import type { Checklist } from '../../shared/checklist';
import type { InstanceId } from '../../shared/instance';
import { createTranslator } from '../../shared/messages/format';
import type { Settings } from '../../shared/settings';
import type { Destination, Notice, Snapshot } from '../../shared/snapshot';
import type { Log } from '../log/log';
import type { Clock } from '../watch/clock';
import { createElectronToasts, onColdActivation } from './notifications/electron-toasts';
import { type IsolationSeen, isolationValues } from './notifications/isolation-values';
import type { Decision } from './notifications/notification';
import {
  createNotificationCenter,
  type NotificationCenter,
  type NotificationCenterOptions,
} from './notifications/notification-center';
import { PRACTICE_TRAY_GUID, TRAY_GUID } from './system/app-identity';
import { applyAppMenu } from './system/app-menu';
import { type Watching, watchPower } from './system/power';
import { createElectronTray } from './tray/electron-tray';
import { detectTrayHost, type TrayHost } from './tray/tray-host';
import { type PauseUntil, type TrayAction, type TrayView, trayView } from './tray/tray-model';
import { createTrayService, type TrayService } from './tray/tray-service';
import { openWindow } from './window/open-window';
import { createWindowController, type WindowController } from './window/window-controller';
import { windowIcon } from './window/window-options';
import type { WindowFactory } from './window-factory';
import { createWords, type Words } from './words';

export interface DesktopOptions {
  readonly assetFolder: string;
  readonly pageUrl: string;
  readonly factory: WindowFactory;
  readonly clock: Clock;
  readonly log: Log;
  readonly practice: boolean;
  readonly settings: () => Settings;
  readonly nameOf: (id: InstanceId) => string;
  readonly describeSources: NotificationCenterOptions['describeSources'];
  readonly watching: Watching;
  readonly sendNavigate: (to: Destination) => void;
  readonly onContents: (contents: Electron.WebContents | undefined) => void;
  /** What is shown like an instance, and is a directory. */
  readonly isDirectory: (id: string) => boolean;
  readonly pause: (until: PauseUntil) => void;
  readonly onNotice: (notice: Notice) => void;
  readonly onDecision: (decision: Decision) => void;
}

export interface Desktop {
  show(to?: Destination): void;
  /** Brings the tray, and with `notify` the notifications, to this state of the fleet. */
  render(fleet: readonly InstanceView[]): void;
  /** The same for what is isolated and offered. */
  renderIsolation(views: Snapshot['isolation'], offers: Snapshot['addressOffers']): void;
  /** What comes next for each open incident. */
  renderChecklists(checklists: readonly Checklist[]): void;
  applySettings(settings: Settings): void;
  /** What the tray shows and what became of each notification: for tests and diagnosis. */
  readonly tray: () => TrayView | undefined;
  readonly notifications: NotificationCenter;
  readonly windows: WindowController;
  readonly words: Words;
  run(action: TrayAction): void;
  dispose(): void;
}

/** The app on the desktop: its icon in the tray, its notifications and its window. */
export function createDesktop(options: DesktopOptions): Desktop {
  const { clock, log } = options;
  let words = wordsFor(options.settings().language);
  let shown: TrayView | undefined;
  let latest: readonly InstanceView[] = [];
  let isolation: IsolationSeen = { views: [], offers: [] };
  let checklists: readonly Checklist[] = [];
  let trayHost: TrayHost = process.platform === 'linux' ? 'unknown' : 'present';
  let cancelPauseEnd: (() => void) | undefined;
  const say: Words = (phrase) => words(phrase);

  const tray: TrayService = createTrayService({
    icon: createElectronTray({
      imageFolder: join(options.assetFolder, 'tray'),
      platform: process.platform,
      guid: options.practice ? PRACTICE_TRAY_GUID : TRAY_GUID,
      onClick: () => windows.show(),
    }),
    words: () => words,
    run,
  });
  const windows = createWindowController({
    open: (events, first) =>
      openWindow(
        {
          factory: options.factory,
          pageUrl: options.pageUrl,
          title: options.practice
            ? `${say(plain('app.name'))} – ${say(plain('common.practice'))}`
            : say(plain('app.name')),
          icon: windowIcon(options.assetFolder, process.platform),
          log,
          sendNavigate: options.sendNavigate,
          onContents: options.onContents,
        },
        events,
        first,
      ),
    after: (ms, callback) => clock.after(ms, callback),
    releaseAfterMinutes: () => options.settings().releaseWindowAfterMinutes,
    closeMeans: () => (trayHost === 'absent' ? 'ask' : 'hide'),
    ask: askWithoutTray,
    quit: () => app.quit(),
  });
  const notifications = createNotificationCenter({
    toasts: createElectronToasts(log),
    clock,
    words: () => words,
    settings: options.settings,
    nameOf: ({ id }) => options.nameOf(id),
    describeSources: options.describeSources,
    navigate: (to) => windows.show(placeOf(to)),
    practice: options.practice,
    onDecision(decision) {
      const { outcome, value } = decision;
      const reason = outcome === 'suppressed' ? decision.reason : null;
      log.info('notification.decided', { outcome, category: value.category, reason });
      options.onDecision(decision);
    },
  });
  const stopPower = watchPower(
    {
      onSuspend: (listener) => listen('suspend', listener),
      onResume: (listener) => listen('resume', listener),
    },
    options.watching,
  );
  applyAppMenu(process.platform);
  onColdActivation(() => windows.show());
  void detectTrayHost(process.platform, process.env).then((host) => {
    trayHost = host;
    log.info('tray.host', { state: host });
    if (host !== 'absent') return;
    const message = { key: 'notice.tray.absent', params: { app: say(plain('app.name')) } };
    options.onNotice({ id: 'tray.absent', severity: 'warning', message, atMs: clock.now() });
  });

  const placeOf = (to: Destination): Destination =>
    to.page === 'instance' && options.isDirectory(to.instanceId)
      ? { page: 'directory', directoryId: to.instanceId, accountKey: to.accountKey }
      : to;

  function run(action: TrayAction): void {
    switch (action.do) {
      case 'open':
        windows.show();
        break;
      case 'navigate':
        windows.show(placeOf(action.to));
        break;
      case 'pause':
        options.pause(action.until);
        break;
      case 'quit':
        app.quit();
    }
  }

  function renderTray(): void {
    const until = options.settings().notificationsPausedUntilMs;
    shown = trayView({
      fleet: latest,
      isolation: [...isolation.views],
      checklists: [...checklists],
      nameOf: options.nameOf,
      notificationsPausedUntilMs: until,
      nowMs: clock.now(),
      practice: options.practice,
    });
    tray.render(shown);
    cancelPauseEnd?.();
    cancelPauseEnd = undefined;
    if (until !== null && until > clock.now()) {
      cancelPauseEnd = clock.after(until - clock.now() + 1, renderTray);
    }
  }

  async function askWithoutTray(): Promise<'hide' | 'quit'> {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: say(plain('tray.closeWithout.title')),
      detail: say(plain('tray.closeWithout.detail')),
      buttons: [say(plain('tray.closeWithout.keep')), say(plain('tray.closeWithout.quit'))],
      defaultId: 0,
      cancelId: 0,
    });
    return response === 0 ? 'hide' : 'quit';
  }

  return {
    show: (to) => windows.show(to),
    render(fleet) {
      latest = fleet;
      renderTray();
      notifications.update(fleet);
    },
    renderIsolation(views, offers) {
      const before = isolation;
      isolation = { views, offers };
      for (const value of isolationValues(before, isolation, options.nameOf)) notifications.announce(value);
      renderTray();
    },
    renderChecklists(all) {
      checklists = all;
      renderTray();
    },
    applySettings(settings) {
      words = wordsFor(settings.language);
      // High contrast is the system's and passes through, whatever the theme.
      nativeTheme.themeSource = settings.theme;
      renderTray();
    },
    tray: () => shown,
    notifications,
    windows,
    words: say,
    run,
    dispose() {
      stopPower();
      cancelPauseEnd?.();
      notifications.dispose();
      windows.dispose();
      tray.dispose();
    },
  };
}

const plain = (key: string) => ({ key, params: {} });

const wordsFor = (language: string): Words =>
  createWords(createTranslator(language === 'system' ? app.getLocale() || 'en' : language));

function listen(event: 'suspend' | 'resume', listener: () => void): () => void {
  const monitor: NodeJS.EventEmitter = powerMonitor;
  monitor.on(event, listener);
  return () => {
    monitor.removeListener(event, listener);
  };
}
