import type { Phrase } from '../../shared/account-status';
import type { ConsolePageChannel } from '../../shared/console';
import type { Result } from '../../shared/result';
import type { AuditTrail } from '../audit/trail';
import { accountFor } from '../cloud/account-for';
import { createProviderWindow } from '../desktop/console/provider-window';
import { createVncWindows } from '../desktop/console/vnc-window';
import type { ContentsGuards } from '../desktop/guards/contents-guards';
import type { PageSource } from '../desktop/page/page-source';
import { windowIcon } from '../desktop/window/window-options';
import type { WindowFactory } from '../desktop/window-factory';
import { createConsoleHandlers } from '../ipc/console-handlers';
import type { Mirror } from '../ipc/mirror';
import { registerConsolePage } from '../ipc/register';
import { createConsoleService } from '../unlock/console/console-service';
import type { UnlockFacts } from '../unlock/facts';
import type { FleetService } from '../watch/fleet';
import type { CloudPart } from './cloud';
import type { Foundation } from './parts';
import type { Stores } from './stores';

export interface ConsolePartOptions {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly cloud: CloudPart;
  readonly fleet: Pick<FleetService, 'connectConsole'>;
  readonly mirror: Mirror;
  readonly trail: AuditTrail;
  readonly facts: UnlockFacts;
  readonly factory: WindowFactory;
  readonly guards: ContentsGuards;
  readonly page: PageSource;
  readonly assetFolder: string;
  readonly practice: boolean;
  readonly say: (phrase: Phrase) => string;
}

/** Consoles of instances, each in a window of its own. */
export function composeConsole(options: ConsolePartOptions) {
  const { foundation, stores, cloud, fleet, factory, guards, page, practice } = options;
  const { clock, log, quit } = foundation;
  const { profiles, settings } = stores;
  const icon = windowIcon(options.assetFolder, process.platform);
  const vncWindows = createVncWindows({ factory, pageUrl: page.consoleUrl, log, icon });

  const service = createConsoleService({
    profile: (id) => profiles.get(id),
    providerOf(profile) {
      const account = profile.cloud ? accountFor(profile.cloud, cloud.accounts.list()) : undefined;
      return account ? cloud.providers.of(account) : null;
    },
    windows: {
      openProvider: (title, onClosed) =>
        createProviderWindow({ factory, guards, clock, log, practice, icon }, title, onClosed),
      openVnc: (title, info, events) => vncWindows.open(title, info, events),
    },
    connectVnc: (id, vnc, port) => fleet.connectConsole(id, vnc, port),
    facts: options.facts,
    audit: options.trail,
    clock,
    admin: stores.admin,
    title: (name) => options.say({ key: 'console.window.title', params: { name } }),
    practice,
    language: () => settings.get().language,
    quit,
    onChange: (consoles) => options.mirror.change({ consoles: [...consoles] }),
  });
  profiles.onChange(service.profilesChanged);

  const closeChannels = registerConsolePage({
    page: page.origin,
    isConsole: factory.madeForConsole,
    answer: (contents, channel): ReturnType<PageAnswer> => vncWindows.requestsOf(contents)?.[channel](),
    log,
  });
  return {
    handlers: createConsoleHandlers(service),
    services: [
      {
        name: 'console',
        async dispose() {
          closeChannels();
          service.dispose();
        },
      },
    ],
  };
}

type PageAnswer = (channel: ConsolePageChannel) => Promise<Result<unknown>> | Result<unknown> | undefined;
