import { CHANNELS, type EventRecord } from '../../../shared/evidence';
import type { LockoutPolicy } from '../../../shared/policy';
import { type Filetime, filetimeFromMs, TICKS_PER_MINUTE, ticksFromSeconds } from '../../../shared/time';
import { applyAuditing, applyEvents, applyPolicy, emptyModel } from '../model';
import { accountStatus } from '../status';
import type { AccountReading, AccountRecord, AccountStatus, InstanceModel, InstanceRole } from '../types';

/** Made-up events of one made-up machine. Instants are seconds after `T0`. */
export const T0: Filetime = filetimeFromMs(Date.UTC(2025, 2, 3, 8));
export const at = (seconds: number): Filetime => T0 + ticksFromSeconds(seconds);
export const MACHINE = 'SRV-TEST';
export const SID = 'S-1-5-21-11-22-33';

const AUDIT_FAILURE = 0x8010_0000_0000_0000n;
const AUDIT_SUCCESS = 0x8020_0000_0000_0000n;

type Data = Record<string, string>;

export function event(
  eventId: number,
  recordId: number,
  seconds: number,
  data: Data,
  more: Partial<EventRecord> = {},
): EventRecord {
  return {
    computer: MACHINE,
    channel: CHANNELS.security,
    provider: 'Microsoft-Windows-Security-Auditing',
    recordId,
    eventId,
    time: at(seconds),
    keywords: AUDIT_SUCCESS,
    task: 0,
    data,
    ...more,
  };
}

export const failure = (recordId: number, seconds: number, data: Data = {}): EventRecord =>
  event(
    4625,
    recordId,
    seconds,
    {
      TargetUserName: 'alice',
      TargetDomainName: MACHINE,
      TargetUserSid: 'S-1-0-0',
      Status: '0xc000006d',
      SubStatus: '0xc000006a',
      LogonType: '3',
      LogonProcessName: 'NtLmSsp ',
      WorkstationName: 'LAPTOP',
      ProcessName: '-',
      IpAddress: '10.1.2.3',
      ...data,
    },
    { keywords: AUDIT_FAILURE },
  );

export const refusal = (recordId: number, seconds: number, data: Data = {}): EventRecord =>
  failure(recordId, seconds, { Status: '0xc0000234', SubStatus: '0x0', ...data });

export const validation = (recordId: number, seconds: number, data: Data = {}): EventRecord =>
  event(
    4776,
    recordId,
    seconds,
    { TargetUserName: 'alice', Workstation: 'LAPTOP', Status: '0xc000006a', ...data },
    { keywords: AUDIT_FAILURE },
  );

export const lockEvent = (recordId: number, seconds: number, data: Data = {}): EventRecord =>
  event(4740, recordId, seconds, {
    TargetUserName: 'alice',
    TargetDomainName: 'CALLER',
    TargetSid: `${SID}-1001`,
    SubjectDomainName: 'WORKGROUP',
    ...data,
  });

export const unlockEvent = (recordId: number, seconds: number, data: Data = {}): EventRecord =>
  event(4767, recordId, seconds, {
    TargetUserName: 'alice',
    TargetDomainName: MACHINE,
    TargetSid: `${SID}-1001`,
    SubjectUserName: 'boss',
    ...data,
  });

export const success = (recordId: number, seconds: number, data: Data = {}): EventRecord =>
  event(4624, recordId, seconds, {
    TargetUserName: 'alice',
    TargetDomainName: MACHINE,
    TargetUserSid: `${SID}-1001`,
    LogonType: '10',
    LogonProcessName: 'User32 ',
    AuthenticationPackageName: 'Negotiate',
    IpAddress: '10.1.2.3',
    ...data,
  });

export const sshFailure = (recordId: number, seconds: number, data: Data = {}): EventRecord =>
  failure(recordId, seconds, {
    LogonType: '8',
    IpAddress: '-',
    WorkstationName: MACHINE,
    ProcessName: 'C:\\Windows\\System32\\OpenSSH\\sshd.exe',
    ...data,
  });

export const sshHint = (recordId: number, seconds: number, user: string, address: string): EventRecord =>
  event(
    4,
    recordId,
    seconds,
    { process: 'sshd', payload: `Failed password for ${user} from ${address} port 50111 ssh2` },
    { channel: CHANNELS.openSsh },
  );

export const rdpHint = (
  recordId: number,
  seconds: number,
  eventId: 131 | 140,
  address: string,
): EventRecord =>
  event(
    eventId,
    recordId,
    seconds,
    eventId === 140 ? { IPString: address } : { ConnType: 'TCP', ClientIP: `${address}:50999` },
    { channel: CHANNELS.rdpCore },
  );

export const cleared = (recordId: number, seconds: number): EventRecord =>
  event(1102, recordId, seconds, { SubjectUserName: 'boss' }, { provider: 'Microsoft-Windows-Eventlog' });

/** What the authority says of alice at that instant: well, but for what a test says of her. */
export const reading = (seconds: number, values: Partial<AccountReading> = {}): AccountReading => ({
  name: 'alice',
  domain: null,
  sid: `${SID}-1001`,
  at: at(seconds),
  origin: 'local',
  enabled: true,
  locked: false,
  badPasswordCount: 0,
  badPasswordTime: null,
  lockoutTime: null,
  policy: null,
  ...values,
});

/** Three failures within ten minutes lock for ten minutes. */
export const THREE: LockoutPolicy = {
  threshold: 3,
  observationWindow: 10n * TICKS_PER_MINUTE,
  lockoutDuration: 10n * TICKS_PER_MINUTE,
  lockoutAdmins: true,
  source: 'local',
};

export const AUDITED = {
  logonFailure: true,
  accountLockoutFailure: true,
  userAccountManagementSuccess: true,
};

/** A model that knows its policy and that auditing is on. */
export function ready(policy: LockoutPolicy = THREE, role: InstanceRole = 'standalone'): InstanceModel {
  const model = applyAuditing(emptyModel(role, MACHINE), AUDITED, T0);
  return applyPolicy(model, { policy, warnings: [] }, T0);
}

export const fold = (events: readonly EventRecord[], model: InstanceModel = ready()): InstanceModel =>
  applyEvents(model, events);

export function recordOf(model: InstanceModel, key = 'alice'): AccountRecord {
  const record = model.accounts.get(key);
  if (!record) throw new Error(`no account ${key}, only ${[...model.accounts.keys()].join(', ')}`);
  return record;
}

/** The status right after a check, so that age plays no part. */
export const statusAt = (model: InstanceModel, seconds: number, key = 'alice'): AccountStatus =>
  accountStatus(
    model,
    recordOf(model, key),
    { checkedAt: at(seconds), maxAge: ticksFromSeconds(30) },
    at(seconds),
  );

/** A model that has read nothing but events. */
export const bareModel = (): InstanceModel => emptyModel('standalone', MACHINE);
