import type {
  AccountInspection,
  Controller,
  UnlockAnswer,
  UnlockTarget,
} from '../../../shared/account-unlock';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { AccountAccess, InstanceFacts } from '../source';
import type { Commands } from './commands';
import { inspectAnswerSchema, unlockAnswerSchema } from './readings';
import { isScriptAccount } from './scripts/unlock-argument';
import { inspectDomainScript, unlockDomainScript } from './scripts/unlock-domain';
import { inspectLocalScript, unlockLocalScript } from './scripts/unlock-local';

type ReadRole = (signal: AbortSignal) => Promise<Result<InstanceFacts['role']>>;

/** The server's name in the distinguished name of its NTDS settings. */
const serverOf = (ntdsSettings: string): string | null =>
  /^CN=NTDS Settings,CN=((?:[^,\\]|\\.)+),/i.exec(ntdsSettings)?.[1] ?? null;

/** Accounts over SSH: the domain's on a domain controller, the machine's own everywhere else. */
export class SshAccountAccess implements AccountAccess {
  constructor(
    private readonly commands: Commands,
    private readonly role: ReadRole,
  ) {}

  async inspect(target: UnlockTarget, signal: AbortSignal): Promise<Result<AccountInspection>> {
    const onController = await this.#onController(target, signal);
    if (!onController.ok) return onController;
    const script = onController.value ? inspectDomainScript(target) : inspectLocalScript(target);
    const answer = await this.commands.ask(script, inspectAnswerSchema, signal);
    if (!answer.ok) return answer;
    const { account, elevated, self, controller } = answer.value.value;
    if (onController.value && !controller)
      return err(appError('windows.unreadableAnswer', { name: 'account' }));
    return ok({ account, elevated, self, controller: controller ? this.#controller(controller) : null });
  }

  async unlock(target: UnlockTarget, signal: AbortSignal): Promise<Result<UnlockAnswer>> {
    const onController = await this.#onController(target, signal);
    if (!onController.ok) return onController;
    const script = onController.value ? unlockDomainScript(target) : unlockLocalScript(target);
    const answer = await this.commands.ask(script, unlockAnswerSchema, signal);
    return answer.ok ? ok(answer.value.value) : answer;
  }

  /** Whether the directory's accounts are meant. An unknown role is not guessed. */
  async #onController(target: UnlockTarget, signal: AbortSignal): Promise<Result<boolean>> {
    if (!isScriptAccount(target)) return err(appError('app.invalidArgument'));
    const role = await this.role(signal);
    if (!role.ok) return role;
    if (role.value === 'unknown' || role.value === undefined)
      return err(appError('windows.unreadableAnswer', { name: 'facts' }));
    return ok(role.value === 'domainController');
  }

  #controller(answer: {
    name: string;
    pdc: boolean;
    pdcRole: string | null;
    domain: string | null;
  }): Controller {
    const { name, pdc, pdcRole, domain } = answer;
    return { name, pdc, pdcName: pdc ? name : pdcRole === null ? null : serverOf(pdcRole), domain };
  }
}
