import { type AppError, appError, type ErrorCode } from '../../../shared/errors';
import { CHANNELS, type EventRecord } from '../../../shared/evidence';
import type { LockoutPolicy } from '../../../shared/policy';
import { err, ok, type Result } from '../../../shared/result';
import { type Filetime, filetimeFromMs, TICKS_PER_MINUTE, TICKS_PER_MS } from '../../../shared/time';
import type {
  AccountReading,
  AuditSetting,
  EventBatch,
  InstanceSession,
  InstanceSource,
  ReadEventsRequest,
} from '../../sources/source';
import type { Clock } from '../clock';

const COMPUTER = 'WEB-1';
const FAILURE = 0x8010_0000_0000_0000n;
const SUCCESS = 0x8020_0000_0000_0000n;

/** What goes wrong, until it is taken out again. */
export interface Faults {
  connect?: ErrorCode;
  /** Accepts and never answers. */
  hangConnect?: boolean;
  hangEvents?: boolean;
  /** The answer breaks off after so many events, and the connection with it. */
  dropAfter?: number;
  facts?: ErrorCode;
  accounts?: ErrorCode;
  policy?: ErrorCode;
  events?: ErrorCode;
  channels?: ReadonlySet<string>;
}

/** A Windows instance in memory, with a log, a clock of its own, and faults. */
export class FakeInstance implements InstanceSource {
  faults: Faults = {};
  clockOffsetMs = 0;
  auditing: AuditSetting = 'both';
  accounts: AccountReading[] = [account('Administrator', '500'), account('anna', '1001')];
  policy: LockoutPolicy = {
    threshold: 5,
    observationWindow: 10n * TICKS_PER_MINUTE,
    lockoutDuration: 10n * TICKS_PER_MINUTE,
    lockoutAdmins: true,
    source: 'local',
  };
  readonly reads: { channel: string; after: number | undefined; since: number | undefined; ids: number }[] =
    [];
  readonly accountReadsMs: number[] = [];
  connects = 0;
  open = 0;
  broken: { after: number; excerpt: string }[] = [];
  #events: EventRecord[] = [];
  #nextId = 1000;
  #sessions = new Set<(error: AppError) => void>();

  constructor(readonly clock: Clock) {}

  now(): Filetime {
    return filetimeFromMs(this.clock.now() + this.clockOffsetMs);
  }

  get events(): readonly EventRecord[] {
    return this.#events;
  }

  log(eventId: number, data: Record<string, string>, changes: Partial<EventRecord> = {}): EventRecord {
    const event: EventRecord = {
      computer: COMPUTER,
      channel: CHANNELS.security,
      provider: 'Microsoft-Windows-Security-Auditing',
      recordId: this.#nextId++,
      eventId,
      time: this.now(),
      keywords: eventId === 4625 ? FAILURE : SUCCESS,
      task: 12_544,
      data,
      ...changes,
    };
    this.#events.push(event);
    return event;
  }

  /** A wrong password. */
  fail(user = 'anna', address = '203.0.113.7', changes: Partial<EventRecord> = {}): EventRecord {
    this.accounts = this.accounts.map((known) =>
      known.name === user ? { ...known, badPasswordAttempts: (known.badPasswordAttempts ?? 0) + 1 } : known,
    );
    return this.log(
      4625,
      {
        TargetUserName: user,
        TargetDomainName: COMPUTER,
        TargetUserSid: 'S-1-0-0',
        Status: '0xc000006d',
        SubStatus: '0xc000006a',
        LogonType: '3',
        IpAddress: address,
        WorkstationName: 'KIOSK',
        ProcessName: '-',
      },
      changes,
    );
  }

  lock(user = 'anna'): EventRecord {
    this.accounts = this.accounts.map((known) => (known.name === user ? { ...known, locked: true } : known));
    return this.log(4740, { TargetUserName: user, TargetDomainName: 'KIOSK', TargetSid: sid(user) });
  }

  /** Records are overwritten: only the newest so many stay. */
  keepNewest(count: number): void {
    this.#events = this.#events.slice(-count);
  }

  /** As the event viewer clears a log: ids go on, and a 1102 stands first. */
  clear(): void {
    this.#events = [];
    this.log(1102, { SubjectUserName: 'anna' }, { provider: 'Microsoft-Windows-Eventlog' });
  }

  /** The log's file is made anew: ids begin again. */
  rebuild(): void {
    this.#events = [];
    this.#nextId = 1;
  }

  dropConnections(): void {
    for (const lose of [...this.#sessions]) lose(appError('net.closed'));
  }

  async connect(signal: AbortSignal): Promise<Result<InstanceSession>> {
    this.connects += 1;
    if (this.faults.hangConnect) return new Promise(() => undefined);
    if (this.faults.connect) return err(appError(this.faults.connect));
    if (signal.aborted) return err(appError('app.cancelled'));
    return ok(this.#session());
  }

  #session(): InstanceSession {
    let lost: ((error: AppError) => void) | undefined;
    let live = true;
    this.open += 1;
    const lose = (error: AppError): void => {
      if (!live) return;
      live = false;
      this.open -= 1;
      this.#sessions.delete(lose);
      lost?.(error);
    };
    this.#sessions.add(lose);
    const read = async <T>(fault: ErrorCode | undefined, value: () => T): Promise<Result<T>> =>
      !live ? err(appError('net.closed')) : fault ? err(appError(fault)) : ok(value());
    return {
      connectedAt: filetimeFromMs(this.clock.now()),
      readFacts: () =>
        read(this.faults.facts, () => ({
          computer: COMPUTER,
          system: 'Windows Server',
          domain: null,
          role: 'standalone' as const,
          clockOffsetMs: this.clockOffsetMs,
          clockUncertaintyMs: 1,
          defaultShell: 'cmd' as const,
          elevated: true,
          clientAddress: '198.51.100.9',
        })),
      readPolicy: () => read(this.faults.policy, () => this.policy),
      readAccounts: () =>
        read(this.faults.accounts, () => {
          this.accountReadsMs.push(this.clock.now());
          return this.accounts;
        }),
      readAuditing: () =>
        read(undefined, () => ({
          logon: this.auditing,
          accountLockout: this.auditing,
          userAccountManagement: this.auditing,
          credentialValidation: this.auditing,
        })),
      readChannelState: (channel) =>
        read(undefined, () => {
          const ids = this.#events
            .filter((event) => event.channel === channel)
            .map((event) => event.recordId);
          return {
            oldestRecordId: ids[0] ?? null,
            newestRecordId: ids.at(-1) ?? null,
            recordCount: ids.length,
          };
        }),
      readEvents: async (request, onBatch) => {
        if (!live) return err(appError('net.closed'));
        return this.#readEvents(request, onBatch, lose);
      },
      onLost(listener) {
        lost = listener;
      },
      close: async () => {
        if (live) this.open -= 1;
        live = false;
        this.#sessions.delete(lose);
      },
    };
  }

  async #readEvents(
    request: ReadEventsRequest,
    onBatch: (batch: EventBatch) => void,
    lose: (error: AppError) => void,
  ): Promise<Result<{ complete: boolean; read: number }>> {
    const { channel, eventIds, afterRecordId, sinceMs, limit } = request;
    this.reads.push({ channel, after: afterRecordId, since: sinceMs, ids: eventIds.length });
    if (this.faults.hangEvents) return new Promise(() => undefined);
    if (this.faults.events) return err(appError(this.faults.events));
    if (this.faults.channels && !this.faults.channels.has(channel))
      return err(appError('windows.channelMissing'));
    const from = sinceMs === undefined ? 0n : this.now() - BigInt(sinceMs) * TICKS_PER_MS;
    const found = this.#events.filter(
      (event) =>
        event.channel === channel &&
        eventIds.includes(event.eventId) &&
        (afterRecordId === undefined ? event.time >= from : event.recordId > afterRecordId),
    );
    const broken =
      channel === CHANNELS.security ? this.broken.filter(({ after }) => after >= (afterRecordId ?? 0)) : [];
    const taken = found.slice(0, limit);
    const samples = broken.map(({ excerpt }) => ({ reason: 'test', excerpt }));
    const { dropAfter } = this.faults;
    const whole = dropAfter === undefined ? taken : taken.slice(0, dropAfter);
    for (let start = 0; start < whole.length || start === 0; start += 256) {
      const none = { count: 0, samples: [] };
      onBatch({
        events: whole.slice(start, start + 256),
        broken: start === 0 ? { count: samples.length, samples } : none,
        bytes: 0,
      });
    }
    if (dropAfter !== undefined) {
      lose(appError('net.closed'));
      return err(appError('net.closed'));
    }
    return ok({ complete: taken.length + broken.length < limit, read: taken.length + broken.length });
  }
}

const sid = (user: string): string => `S-1-5-21-1-2-3-${user === 'Administrator' ? '500' : '1001'}`;

function account(name: string, rid: string): AccountReading {
  return { name, sid: `S-1-5-21-1-2-3-${rid}`, locked: false, disabled: false, badPasswordAttempts: 0 };
}
