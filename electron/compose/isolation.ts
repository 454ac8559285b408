import { randomUUID } from 'node:crypto';
import type { Phrase } from '../../shared/account-status';
import { createAuditTrail } from '../audit/trail';
import { accountFor } from '../cloud/account-for';
import { createAddressWatch } from '../cloud/public-address/address-watch';
import { createKnownAddresses } from '../cloud/public-address/known-addresses';
import { choosePlace } from '../desktop/system/choose-place';
import { createAuditHandlers } from '../ipc/audit-handlers';
import { createIsolationHandlers } from '../ipc/isolation-handlers';
import type { Mirror } from '../ipc/mirror';
import type { NoticeBoard } from '../ipc/notice-board';
import type { RdpProbe } from '../isolation/executor/tcp-probe';
import { newStepToken } from '../isolation/executor/tokens';
import { ensureFolder } from '../isolation/journal/folder';
import { createJournal } from '../isolation/journal/journal';
import { createIsolationService } from '../isolation/service/service';
import type { AddressOffer, InstanceIsolation, IsolationTarget } from '../isolation/service/types';
import type { CloudPart } from './cloud';
import type { Foundation } from './parts';
import type { Stores } from './stores';

export interface IsolationPartOptions {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly cloud: CloudPart;
  readonly mirror: Mirror;
  readonly notices: NoticeBoard;
  readonly probe: RdpProbe;
  readonly say: (phrase: Phrase) => string;
  /** Milliseconds between two questions for the public address. */
  readonly askAddressEveryMs: number;
  /** The rules of instances that are isolated or trust somebody are read again so often, milliseconds. */
  readonly readEveryMs: number;
  readonly onChange: (views: readonly InstanceIsolation[], offers: readonly AddressOffer[]) => void;
}

/** Isolation and restore with their journal and audit trail, and the watch on the admin's own address. */
export function composeIsolation(options: IsolationPartOptions) {
  const { foundation, stores, cloud, mirror, notices } = options;
  const { clock, files, inData, log, quit } = foundation;
  const { profiles, settings } = stores;
  const now = (): number => clock.now();
  const trail = createAuditTrail({
    folder: inData('audit'),
    files,
    now,
    onNotices: (raised) => notices.replace('audit', raised),
  });
  const journalFolder = inData('journal');

  const targets = (): readonly IsolationTarget[] =>
    profiles.list().flatMap((profile) => {
      const { id, name, rdpPort, cloud: reference } = profile;
      if (reference === null) return [];
      const account = accountFor(reference, cloud.accounts.list());
      const provider = account ? cloud.providers.of(account) : null;
      return [{ id, name, rdpPort, provider, region: reference.region, instanceId: reference.instanceId }];
    });

  let views = new Map<string, InstanceIsolation>();
  const tell = (): void => {
    mirror.setIsolation([...views.values()]);
    options.onChange([...views.values()], isolation.offers());
    addressWatch.wake();
  };
  const isolation = createIsolationService({
    targets,
    journal: createJournal({ folder: journalFolder, files, ensureFolder, now }),
    journalFolder,
    audit: trail,
    clock,
    newId: randomUUID,
    newToken: newStepToken,
    probe: options.probe,
    admin: stores.admin,
    say: options.say,
    followByItself: () => settings.get().followAddressByItself,
    onViews(changed) {
      for (const view of changed) views.set(view.id, view);
      tell();
    },
    onOffers(offers) {
      mirror.change({ addressOffers: [...offers] });
      options.onChange([...views.values()], offers);
    },
    onNotices: (raised) => notices.replace('isolation', raised),
  });

  const knownAddresses = createKnownAddresses({ path: inData('public-address.json'), files, now });
  const addressWatch = createAddressWatch({
    clock,
    find: cloud.find,
    isNeeded: () => [...views.values()].some(trustsSomebody),
    known: knownAddresses,
    onChanged: isolation.addressChanged,
    everyMs: options.askAddressEveryMs,
  });

  /** Whose place in a cloud, or way to it, was last looked at. */
  let seen = new Map<string, string>();
  function lookAtTargets(): void {
    const all = targets();
    const places = new Map(
      all.map(({ id, region, instanceId, rdpPort, name, provider }) => [
        id,
        JSON.stringify([region, instanceId, rdpPort, name, provider !== null]),
      ]),
    );
    const moved = all.filter(({ id }) => seen.get(id) !== places.get(id));
    const gone = [...views.keys()].filter((id) => !places.has(id));
    seen = places;
    if (moved.length === 0 && gone.length === 0) return;
    views = new Map([...views].filter(([id]) => places.has(id)));
    const reachable = moved.filter(({ provider }) => provider !== null).map(({ id }) => id);
    isolation
      .targetsChanged()
      .then(() => (reachable.length > 0 ? isolation.refresh(reachable) : undefined))
      .catch((cause: unknown) => log.error('isolation.readFailed', {}, cause));
  }

  let cancelRead: (() => void) | undefined;
  function readAgainLater(): void {
    cancelRead = clock.after(options.readEveryMs, () => {
      const ids = [...views.values()].filter((view) => view.state !== 'none').map(({ id }) => id);
      if (ids.length > 0) void isolation.refresh(ids);
      readAgainLater();
    });
  }

  return {
    isolation,
    trail,
    /** How an instance stands, as the window sees it. */
    view: (id: string) => views.get(id),
    /** The admin's public addresses, as far as they are known. */
    ownAddresses: knownAddresses.read,
    handlers: {
      isolation: createIsolationHandlers({
        isolation,
        choosePlace,
        writeFile: files.writeAtomic,
        nameOf: stores.nameOf,
      }),
      audit: createAuditHandlers({ trail, admin: stores.admin, choosePlace }),
    },
    services: [
      {
        name: 'audit',
        // A long trail takes its time to be verified, and whoever appends waits for it; the window need not.
        start: async () => void trail.start(),
        dispose: trail.dispose,
      },
      {
        name: 'isolation',
        async start() {
          notices.replace('publicAddress', await knownAddresses.start());
          await isolation.start();
          lookAtTargets();
          profiles.onChange(lookAtTargets);
          cloud.accounts.onChange(lookAtTargets);
          quit.addEventListener('abort', () => cancelRead?.(), { once: true });
          readAgainLater();
        },
        dispose: isolation.dispose,
      },
      { name: 'addressWatch', dispose: addressWatch.dispose },
    ],
  };
}

const trustsSomebody = (view: InstanceIsolation): boolean =>
  view.state === 'restoredToTrust' && (view.entry?.trusted.length ?? 0) > 0;
