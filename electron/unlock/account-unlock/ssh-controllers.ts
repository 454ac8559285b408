import type {
  AccountInspection,
  Controller,
  UnlockAnswer,
  UnlockTarget,
} from '../../../shared/account-unlock';
import { hostLabel } from '../../../shared/domain-account';
import type { AppError } from '../../../shared/errors';
import type { InstanceId } from '../../../shared/instance';
import { err, ok, type Result } from '../../../shared/result';
import type { DomainAccount, DomainPlace, DomainUnlocker } from './domain-unlocker';

/** Asks instances about single accounts: the fleet's way to the evidence process. */
export interface AccountHost {
  inspectAccount(id: InstanceId, target: UnlockTarget): Promise<Result<AccountInspection>>;
  unlockAccount(id: InstanceId, target: UnlockTarget): Promise<Result<UnlockAnswer>>;
  controllers(): Promise<Result<readonly { readonly id: InstanceId; readonly domain: string | null }[]>>;
}

/**
 * Whether a controller's account is the one that is meant. A SID proves it; a name does only if the controller says
 * that it belongs to the domain that the evidence names.
 */
function isMeant(account: DomainAccount, found: AccountInspection, controller: Controller): boolean {
  if (!found.account) return false;
  if (account.sid !== null) return found.account.sid === account.sid;
  return (
    account.domain !== null &&
    controller.domain !== null &&
    hostLabel(controller.domain) === hostLabel(account.domain)
  );
}

/** A domain's accounts, unlocked on a watched instance that is a controller of it. */
export function createSshControllers(host: AccountHost, nameOf: (id: InstanceId) => string): DomainUnlocker {
  return {
    async inspect(account): Promise<Result<DomainPlace | null>> {
      const controllers = await host.controllers();
      if (!controllers.ok) return controllers;
      let failure: AppError | null = null;
      let best: DomainPlace | null = null;
      for (const { id } of controllers.value) {
        const found = await host.inspectAccount(id, { name: account.name, sid: account.sid });
        if (!found.ok) {
          failure ??= found.error;
          continue;
        }
        const { controller } = found.value;
        if (!controller || !isMeant(account, found.value, controller)) continue;
        const place = { key: id, where: nameOf(id), inspection: found.value };
        if (controller.pdc) return ok(place);
        best ??= place;
      }
      if (best) return ok(best);
      return failure ? err(failure) : ok(null);
    },
    unlock: (key, target) => host.unlockAccount(key, target),
  };
}
