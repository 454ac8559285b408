import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { type Filetime, filetimeFromMs } from '../../../shared/time';
import { addressScope } from '../../lockout/address';
import { policyFromSecedit } from '../../lockout/policy';
import type {
  AccountReading,
  AuditingReading,
  ChannelState,
  EventBatch,
  InstanceFacts,
  InstanceSession,
  ReadEventsRequest,
} from '../source';
import { SshAccountAccess } from './account-access';
import { clockDifference } from './clock-difference';
import type { Commands } from './commands';
import { EventBatches } from './event-batches';
import { infSection } from './inf';
import {
  accountReadings,
  accountsAnswerSchema,
  auditingAnswerSchema,
  auditingReading,
  channelStatusAnswerSchema,
  factsAnswerSchema,
  policyAnswerSchema,
} from './readings';
import type { CommandOutcome } from './run-command';
import { readAccountsScript } from './scripts/read-accounts';
import { readAuditingScript } from './scripts/read-auditing';
import { readChannelStatusScript } from './scripts/read-channel-status';
import { readFactsScript } from './scripts/read-facts';
import { readPolicyScript } from './scripts/read-policy';
import { SHELL_PROBE, type ShellProbe, shellFromProbe } from './shell-probe';
import { channelStateCommands, queryEventsCommand, recordCountOf, recordIdOf } from './wevtutil';
import { wevtutilError } from './windows-errors';

/** An answer with events is cut here, in bytes; the rest is read from the last record on. */
const MAX_EVENT_BYTES = 256 * 1024 * 1024;
const ONE_EVENT_BYTES = 32 * 1024 * 1024;

const roleOf = (domainRole: number | null): NonNullable<InstanceFacts['role']> => {
  if (domainRole === null || domainRole < 0 || domainRole > 5) return 'unknown';
  if (domainRole >= 4) return 'domainController';
  return domainRole % 2 === 1 ? 'member' : 'standalone';
};

/** The ASCII of an answer in UTF-8 or UTF-16, whatever a profile printed before it. */
const asciiOf = (bytes: Buffer): string => bytes.toString('latin1').replaceAll('\0', '');

/** What can be read over one SSH connection. */
export class SshSession implements InstanceSession {
  readonly connectedAt: Filetime;
  readonly accounts: SshAccountAccess;
  #role: InstanceFacts['role'];
  #shell: ShellProbe | undefined;
  #lost: AppError | undefined;
  readonly #lostListeners = new Set<(error: AppError) => void>();

  constructor(readonly commands: Commands) {
    this.connectedAt = filetimeFromMs(commands.clock.now());
    this.accounts = new SshAccountAccess(commands, (signal) => this.#knownRole(signal));
    commands.chain.onLost((error) => {
      this.#lost = error;
      for (const listener of this.#lostListeners) listener(error);
    });
  }

  /** Which shell answers. `silent`: none did. */
  async probeShell(signal: AbortSignal): Promise<Result<ShellProbe>> {
    if (this.#shell) return ok(this.#shell);
    const outcome = await this.commands.run(SHELL_PROBE, signal, { name: 'shell' });
    if (!outcome.ok) return outcome;
    const shell = shellFromProbe(outcome.value.stdout.toString('latin1'));
    if (shell !== 'silent') this.#shell = shell;
    return ok(shell);
  }

  async readFacts(signal: AbortSignal): Promise<Result<InstanceFacts>> {
    const shell = await this.probeShell(signal);
    if (!shell.ok) return shell;
    const answer = await this.commands.ask(readFactsScript, factsAnswerSchema, signal);
    if (!answer.ok) {
      // Something other than cmd or PowerShell that does not even start PowerShell is no Windows we know.
      const strange = shell.value === 'other' || shell.value === 'silent';
      const failed = answer.error.code === 'windows.commandFailed';
      return strange && failed ? err(appError('windows.shellUnknown')) : answer;
    }
    const { value, sentAtMs, answeredAtMs } = answer.value;
    this.#role = roleOf(value.domainRole);
    return ok({
      computer: value.computer,
      system: value.system ?? '',
      domain: value.domain,
      role: this.#role,
      ...clockDifference(BigInt(value.utc), sentAtMs, answeredAtMs),
      defaultShell: shell.value === 'silent' ? 'other' : shell.value,
      elevated: value.elevated,
      clientAddress: this.#ownAddress(value.clientAddress),
    });
  }

  async #knownRole(signal: AbortSignal): Promise<Result<InstanceFacts['role']>> {
    if (this.#role !== undefined) return ok(this.#role);
    const facts = await this.readFacts(signal);
    return facts.ok ? ok(facts.value.role) : facts;
  }

  /**
   * The admin's own address, if that is what sshd was called from. Through a jump host it is the jump host's, which
   * others pass too; a loopback one is the end of a tunnel, and services of the instance itself fail from there.
   */
  #ownAddress(calledFrom: string | null): string | null {
    if (calledFrom === null || this.commands.chain.hops.length > 1) return null;
    return addressScope(calledFrom) === 'loopback' ? null : calledFrom;
  }

  async readPolicy(signal: AbortSignal): ReturnType<InstanceSession['readPolicy']> {
    const answer = await this.commands.ask(readPolicyScript, policyAnswerSchema, signal);
    if (!answer.ok) return answer;
    const reading = policyFromSecedit(infSection(answer.value.value.inf, 'System Access'));
    return reading.ok
      ? ok(reading.value.policy)
      : err(appError('windows.unreadableAnswer', { name: 'policy', field: reading.error.field }));
  }

  async readAccounts(signal: AbortSignal): Promise<Result<readonly AccountReading[]>> {
    const answer = await this.commands.ask(readAccountsScript, accountsAnswerSchema, signal);
    return answer.ok ? ok(accountReadings(answer.value.value)) : answer;
  }

  async readAuditing(signal: AbortSignal): Promise<Result<AuditingReading>> {
    const answer = await this.commands.ask(readAuditingScript, auditingAnswerSchema, signal);
    return answer.ok ? ok(auditingReading(answer.value.value)) : answer;
  }

  async readChannelState(channel: string, signal: AbortSignal): Promise<Result<ChannelState>> {
    const lines = channelStateCommands(channel);
    if (!lines.ok) return lines;
    const options = { name: channel, maxBytes: ONE_EVENT_BYTES };
    const info = await this.#wevtutil(lines.value.info, channel, signal, options);
    if (!info.ok) return info;
    const [oldest, newest] = await Promise.all([
      this.#wevtutil(lines.value.oldest, channel, signal, options),
      this.#wevtutil(lines.value.newest, channel, signal, options),
    ]);
    if (!oldest.ok) return oldest;
    if (!newest.ok) return newest;
    const oldestRecordId = recordIdOf(asciiOf(oldest.value.stdout)) ?? null;
    const newestRecordId = recordIdOf(asciiOf(newest.value.stdout)) ?? null;
    const span = oldestRecordId === null || newestRecordId === null ? 0 : newestRecordId - oldestRecordId + 1;
    return ok({
      oldestRecordId,
      newestRecordId,
      recordCount: recordCountOf(asciiOf(info.value.stdout)) ?? Math.max(0, span),
    });
  }

  /** Whether a channel exists; what else may be wrong with it is an error. */
  async hasChannel(channel: string, signal: AbortSignal): Promise<Result<boolean>> {
    const lines = channelStateCommands(channel);
    if (!lines.ok) return lines;
    const info = await this.#wevtutil(lines.value.info, channel, signal, { name: channel });
    if (info.ok) return ok(true);
    return info.error.code === 'windows.channelMissing' ? ok(false) : info;
  }

  async readEvents(
    request: ReadEventsRequest,
    onBatch: (batch: EventBatch) => void,
  ): Promise<Result<{ complete: boolean; read: number }>> {
    const { channel, limit, signal } = request;
    const command = queryEventsCommand(request);
    if (!command.ok) return command;
    const batches = new EventBatches(onBatch);
    let bytes = 0;
    const outcome = await this.#wevtutil(command.value, channel, signal, {
      name: channel,
      totalMs: this.commands.timeouts.eventsMs,
      maxBytes: Number.MAX_SAFE_INTEGER,
      onData: (chunk) => {
        batches.push(chunk);
        bytes += chunk.length;
        return bytes <= MAX_EVENT_BYTES;
      },
    });
    if (!outcome.ok || outcome.value.stopped) {
      // What came whole before the end is evidence all the same: a bookmark follows it.
      batches.cut();
      if (!outcome.ok) return outcome;
      if (batches.records === 0) return err(appError('windows.unreadableAnswer', { name: channel }));
      return ok({ complete: false, read: batches.records });
    }
    batches.end();
    return ok({ complete: batches.records < limit, read: batches.records });
  }

  /** Why the connection is no more; undefined while it is. */
  get ended(): AppError | undefined {
    return this.#lost;
  }

  onLost(listener: (error: AppError) => void): void {
    this.#lostListeners.add(listener);
    const lost = this.#lost;
    if (lost) queueMicrotask(() => listener(lost));
  }

  close(): Promise<void> {
    return this.commands.chain.close();
  }

  /** Runs a `wevtutil` line and says what its failure means. */
  async #wevtutil(
    command: string,
    channel: string,
    signal: AbortSignal,
    options: Parameters<Commands['run']>[2],
  ): Promise<Result<CommandOutcome>> {
    const outcome = await this.commands.run(command, signal, options);
    if (!outcome.ok || outcome.value.stopped || outcome.value.exitCode === 0) return outcome;
    if (outcome.value.exitCode !== 1) return err(wevtutilError(channel, outcome.value.exitCode));
    // PowerShell as default shell knows no exit code but 1.
    const status = await this.commands.ask(
      readChannelStatusScript(channel),
      channelStatusAnswerSchema,
      signal,
    );
    if (!status.ok) return status;
    return err(wevtutilError(channel, status.value.value.code || 1));
  }
}
