import { randomUUID } from 'node:crypto';
import { appError } from '../../shared/errors';
import type { InstanceId } from '../../shared/instance';
import { err, type Result } from '../../shared/result';
import type { Snapshot } from '../../shared/snapshot';
import type { AuditTrail } from '../audit/trail';
import { accountFor } from '../cloud/account-for';
import { systemClipboard } from '../desktop/system/system-clipboard';
import type { Mirror } from '../ipc/mirror';
import type { NoticeBoard } from '../ipc/notice-board';
import { createUnlockHandlers } from '../ipc/unlock-handlers';
import { slotsOf } from '../secrets/secret-slot';
import type { DomainUnlocker } from '../unlock/account-unlock/domain-unlocker';
import { createAccountUnlock } from '../unlock/account-unlock/service';
import { createSshControllers } from '../unlock/account-unlock/ssh-controllers';
import type { UnlockFacts } from '../unlock/facts';
import { createResetFile } from '../unlock/password-reset/reset-file';
import { createSecretClipboard } from '../unlock/password-reset/secret-clipboard';
import { createPasswordResets, type ResetTarget } from '../unlock/password-reset/service';
import type { FleetService } from '../watch/fleet';
import type { CloudPart } from './cloud';
import type { Foundation } from './parts';
import type { Stores } from './stores';

export interface UnlockPartOptions {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly cloud: CloudPart;
  readonly fleet: FleetService;
  readonly mirror: Mirror;
  readonly notices: NoticeBoard;
  readonly trail: AuditTrail;
  readonly facts: UnlockFacts;
  readonly isolation: () => readonly Snapshot['isolation'][number][];
  /** Other ways to a domain's accounts, asked after the watched domain controllers. */
  readonly domainUnlockers?: () => readonly DomainUnlocker[];
}

/** States in which guesses from outside no longer arrive, as far as is known. */
const CLOSED: readonly Snapshot['isolation'][number]['state'][] = ['isolated', 'restoredToTrust'];

/** Unlocking accounts without the console, and resetting passwords through the cloud. */
export function composeUnlock(options: UnlockPartOptions) {
  const { foundation, stores, cloud, fleet, mirror, notices, trail: audit, facts } = options;
  const { clock, files, inData } = foundation;
  const { profiles, vault, admin, nameOf } = stores;
  const viewOf = (id: InstanceId) => fleet.views().find((view) => view.id === id);
  const profileOf = (id: InstanceId) => profiles.get(id);

  function targetOf(id: InstanceId): ResetTarget | null {
    const reference = profiles.get(id)?.cloud;
    const account = reference ? accountFor(reference, cloud.accounts.list()) : undefined;
    if (!reference || !account) return null;
    const provider = cloud.providers.of(account);
    if (provider.capabilities.passwordReset === 'none') return null;
    const { region, instanceId } = reference;
    return { ref: { region, instanceId }, provider };
  }

  const controllers = createSshControllers(fleet, nameOf);
  const unlock = createAccountUnlock({
    host: fleet,
    domainUnlockers: () => [controllers, ...(options.domainUnlockers?.() ?? [])],
    viewOf,
    profileOf,
    isolationOf(id) {
      const view = options.isolation().find((one) => one.id === id);
      return {
        isolated: view !== undefined && CLOSED.includes(view.state),
        isolatable: targetOf(id) !== null,
      };
    },
    audit,
    facts,
    clock,
    newId: randomUUID,
    admin,
    onRuns: (runs) => mirror.change({ accountUnlocks: [...runs] }),
  });

  async function keep(id: InstanceId, password: string): Promise<Result<null>> {
    const profile = profiles.get(id);
    const slot = profile && slotsOf(profile).find(({ hop }) => hop === 'instance');
    if (!slot) return err(appError('vault.secretMissing'));
    const kept = await vault.set(slot, 'password', password);
    if (kept.ok) void fleet.reconnect(id);
    return kept;
  }

  const resets = createPasswordResets({
    targetOf,
    profileOf,
    viewOf,
    file: createResetFile({ path: inData('password-resets.json'), files, now: () => clock.now() }),
    clipboard: createSecretClipboard(systemClipboard, clock),
    keep,
    audit,
    facts,
    clock,
    admin,
    onResets: (all) => mirror.change({ passwordResets: [...all] }),
  });

  function showTargets(): void {
    const able = profiles.list().filter(({ id }) => targetOf(id) !== null);
    mirror.change({ passwordResettable: able.map(({ id }) => id) });
    resets.profilesChanged();
  }

  return {
    handlers: createUnlockHandlers(unlock, resets),
    services: [
      {
        name: 'passwordResets',
        async start() {
          notices.replace('passwordResets', await resets.start());
          showTargets();
          profiles.onChange(showTargets);
          cloud.accounts.onChange(showTargets);
        },
        dispose: resets.dispose,
      },
    ],
  };
}
