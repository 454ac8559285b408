import { createRandom, type Random } from '../random';
import { EventLog, type StoredEvent } from './event-log';
import { type EventDraft, renderEvent, ticksFromMs, type XmlStyle } from './event-xml';
import { OPENSSH, RDP_CORE, TERMINAL_SERVICES } from './operational-events';
import { type Presented, Sam, type SamOutcome, type SamPolicy } from './sam';
import {
  accountLocked,
  accountManaged,
  credentialsValidated,
  type LogonContext,
  logCleared,
  logonFailed,
  logonSucceeded,
  type Machine,
  SECURITY,
} from './security-events';

/** Whether success and failure of a subcategory are written. */
export interface AuditFlags {
  readonly success: boolean;
  readonly failure: boolean;
}
export interface AuditPolicy {
  readonly logon: AuditFlags;
  readonly accountLockout: AuditFlags;
  readonly userAccountManagement: AuditFlags;
  readonly credentialValidation: AuditFlags;
}

const BOTH: AuditFlags = { success: true, failure: true };
const OFF: AuditFlags = { success: false, failure: false };
export const AUDIT_ALL: AuditPolicy = {
  logon: BOTH,
  accountLockout: BOTH,
  userAccountManagement: BOTH,
  credentialValidation: BOTH,
};
export const AUDIT_NONE: AuditPolicy = {
  logon: OFF,
  accountLockout: OFF,
  userAccountManagement: OFF,
  credentialValidation: OFF,
};

export interface WindowsOptions {
  readonly computer: string;
  readonly system: string;
  readonly policy: SamPolicy;
  readonly audit: AuditPolicy;
  readonly defaultShell: 'cmd' | 'powershell';
  readonly style: XmlStyle;
  /** Records each channel keeps. */
  readonly logCapacity: number;
  readonly seed: string;
  /** Milliseconds since 1970, fractions allowed. */
  readonly now: () => number;
}

export interface LogonAttempt {
  readonly name: string;
  readonly password: string;
  /** The domain part as the client sent it. */
  readonly domain: string;
  readonly how: LogonContext;
}

/** A Windows machine of the practice estate: its accounts, its audit policy and what its logs hold. */
export class WindowsInstance {
  readonly computer: string;
  readonly system: string;
  readonly defaultShell: 'cmd' | 'powershell';
  readonly sam: Sam;
  audit: AuditPolicy;
  /** Channels that answer "access denied". */
  readonly denied = new Set<string>();
  /** How far its clock is off, in milliseconds. */
  clockOffsetMs = 0;
  readonly machineSid: string;
  readonly machine: Machine;
  readonly #options: WindowsOptions;
  readonly #random: Random;
  readonly #logs: ReadonlyMap<string, EventLog>;
  #lastTick = 0n;

  constructor(options: WindowsOptions) {
    this.#options = options;
    this.#random = createRandom(`${options.seed}/windows/${options.computer}`);
    this.computer = options.computer;
    this.system = options.system;
    this.defaultShell = options.defaultShell;
    this.sam = new Sam(options.policy);
    this.audit = options.audit;
    const part = () => this.#random.between(100_000_000, 4_000_000_000);
    this.machineSid = `S-1-5-21-${part()}-${part()}-${part()}`;
    this.machine = {
      computer: options.computer,
      lsassPid: this.#random.between(150, 240) * 4,
      threadId: () => this.#random.between(200, 2000) * 4,
      activityId: () => {
        const hex = this.#random.hex(32);
        return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-0001-${hex.slice(16, 20)}-${hex.slice(20)}}`;
      },
    };
    const log = (channel: string) =>
      [channel, new EventLog(channel, options.logCapacity, this.#random.between(1_000, 90_000))] as const;
    this.#logs = new Map([SECURITY, RDP_CORE, TERMINAL_SERVICES, OPENSSH].map(log));
  }

  /** By this machine's own clock. */
  now(): number {
    return this.#options.now() + this.clockOffsetMs;
  }

  /** Channel names are not case sensitive. */
  log(channel: string): EventLog | undefined {
    const wanted = channel.toLowerCase();
    return [...this.#logs.values()].find((log) => log.channel.toLowerCase() === wanted);
  }

  sidOf(rid: number): string {
    return `${this.machineSid}-${rid}`;
  }

  write(draft: EventDraft): StoredEvent {
    const log = this.log(draft.channel);
    if (!log) throw new Error(`No channel ${draft.channel}`);
    const time = this.#tick();
    return log.append((id) => renderEvent(draft, id, time, this.computer, this.#options.style));
  }

  /** Puts text into a channel's answers as if it were an event: for records that are broken or huge. */
  writeRaw(channel: string, eventId: number, xml: (recordId: number, time: string) => string): void {
    const time = this.#tick();
    this.log(channel)?.append((recordId) => ({
      recordId,
      eventId,
      time,
      provider: 'Microsoft-Windows-Security-Auditing',
      level: 0,
      task: 12544,
      keywords: 0x8010000000000000n,
      channel,
      computer: this.computer,
      data: {},
      xml: xml(recordId, new Date(this.now()).toISOString()),
    }));
  }

  /** One logon with a password, with every event that Windows writes about it. */
  logon({ name, password, domain, how }: LogonAttempt): SamOutcome {
    const presented: Presented = how.logonType === 3 || how.logonType === 8 ? 'network' : 'interactive';
    // Remote Desktop counts as network here: that is how lockout of the built-in Administrator treats it (R4).
    const outcome = this.sam.logon(name, password, how.logonType === 10 ? 'network' : presented, this.now());
    const { answer, account } = outcome;
    const { machine, audit } = this;
    const succeeded = answer === 'success';
    if (this.#audited(audit.credentialValidation, succeeded)) {
      this.write(
        credentialsValidated(
          machine,
          account?.name ?? name,
          how.workstation === '-' ? '' : how.workstation,
          answer,
        ),
      );
    }
    if (outcome.locksNow && account && audit.userAccountManagement.success) {
      const caller = how.workstation === '-' ? '' : how.workstation;
      this.write(accountLocked(machine, account.name, this.sidOf(account.rid), caller));
    }
    if (succeeded && account && audit.logon.success) {
      this.write(logonSucceeded(machine, account.name, this.sidOf(account.rid), this.logonId(), how));
    } else if (!succeeded) {
      const category = answer === 'lockedOut' ? audit.accountLockout : audit.logon;
      if (category.failure) this.write(logonFailed(machine, name, domain, answer, how));
    }
    return outcome;
  }

  /** R11, with its 4767. False when the account was not locked. */
  unlock(name: string, by: string): boolean {
    const account = this.sam.find(name);
    if (!account || !this.sam.unlock(name, this.now())) return false;
    if (this.audit.userAccountManagement.success) {
      const target = { name: account.name, sid: this.sidOf(account.rid) };
      this.write(accountManaged(this.machine, 4767, target, this.#admin(by)));
    }
    return true;
  }

  /** R12, with its 4724: changes nothing about lock or count. Null: the machine did it, as at a start. */
  resetPassword(name: string, password: string, by: string | null): boolean {
    const account = this.sam.find(name);
    if (!account || !this.sam.resetPassword(name, password)) return false;
    if (this.audit.userAccountManagement.success) {
      const target = { name: account.name, sid: this.sidOf(account.rid) };
      this.write(accountManaged(this.machine, 4724, target, by === null ? this.#itself() : this.#admin(by)));
    }
    return true;
  }

  /** Empties the Security log; 1102 is its first new record. */
  clearSecurityLog(by: string): void {
    this.log(SECURITY)?.clear();
    this.write(logCleared(this.machine, this.#admin(by)));
  }

  logonId(): string {
    return `0x${this.#random.hex(6).replace(/^0+/, '1')}`;
  }

  #itself() {
    return { name: `${this.computer}$`, sid: 'S-1-5-18', logonId: '0x3e7', domain: 'WORKGROUP' };
  }

  #admin(name: string) {
    const account = this.sam.find(name);
    return {
      name: account?.name ?? name,
      sid: this.sidOf(account?.rid ?? 500),
      logonId: this.logonId(),
      domain: this.computer,
    };
  }

  #audited(flags: AuditFlags, succeeded: boolean): boolean {
    return succeeded ? flags.success : flags.failure;
  }

  /** Events of one moment follow each other by fractions of a millisecond, as they do on a machine. */
  #tick(): bigint {
    const now = ticksFromMs(this.now());
    const behind = this.#lastTick - now;
    this.#lastTick =
      behind >= 0n && behind < 10_000_000n ? this.#lastTick + BigInt(this.#random.between(900, 9_000)) : now;
    return this.#lastTick;
  }
}
