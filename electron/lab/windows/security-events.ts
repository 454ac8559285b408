import type { EventDraft } from './event-xml';
import type { SamAnswer } from './sam';

export const SECURITY = 'Security';
const AUDITING = {
  name: 'Microsoft-Windows-Security-Auditing',
  guid: '{54849625-5478-4994-a5ba-3e3b0328c30d}',
};
const EVENTLOG = { name: 'Microsoft-Windows-Eventlog', guid: '{fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148}' };
const SUCCESS = 0x8020000000000000n;
const FAILURE = 0x8010000000000000n;
const NO_GUID = '{00000000-0000-0000-0000-000000000000}';

/** Where and how a logon was tried, as the fields of 4624 and 4625 tell it. */
export interface LogonContext {
  readonly logonType: 2 | 3 | 4 | 5 | 7 | 8 | 10;
  readonly process: string;
  readonly package: 'NTLM' | 'Negotiate' | 'MICROSOFT_AUTHENTICATION_PACKAGE_V1_0';
  /** Whether the machine itself asks, as for services and the sign-in screen, or nobody yet known. */
  readonly subject: 'machine' | 'nobody';
  readonly processName: string;
  readonly workstation: string;
  /** `-` where Windows does not know it. */
  readonly address: string;
  readonly port: string;
}

/** What is the same in every event of one machine. */
export interface Machine {
  readonly computer: string;
  readonly lsassPid: number;
  readonly threadId: () => number;
  readonly activityId: () => string;
}

const codes: Record<Exclude<SamAnswer, 'success'>, { status: string; sub: string; reason: string }> = {
  wrongPassword: { status: '0xc000006d', sub: '0xc000006a', reason: '%%2313' },
  noSuchUser: { status: '0xc000006d', sub: '0xc0000064', reason: '%%2313' },
  lockedOut: { status: '0xc0000234', sub: '0x0', reason: '%%2307' },
  disabled: { status: '0xc000006e', sub: '0xc0000072', reason: '%%2310' },
};

/** The code that credential validation reports: the precise one, never the generic. */
const precise = (answer: SamAnswer) => {
  if (answer === 'success') return '0x0';
  const { status, sub } = codes[answer];
  return sub === '0x0' ? status : sub;
};

const subjectOf = (machine: Machine, kind: LogonContext['subject']) =>
  kind === 'machine'
    ? { sid: 'S-1-5-18', name: `${machine.computer}$`, domain: 'WORKGROUP', logon: '0x3e7' }
    : { sid: 'S-1-0-0', name: '-', domain: '-', logon: '0x0' };

function draft(machine: Machine, eventId: number, task: number, fields: Partial<EventDraft>): EventDraft {
  return {
    provider: AUDITING,
    eventId,
    version: 0,
    level: 0,
    task,
    opcode: 0,
    keywords: SUCCESS,
    channel: SECURITY,
    processId: machine.lsassPid,
    threadId: machine.threadId(),
    data: [],
    ...fields,
  };
}

export function logonFailed(
  machine: Machine,
  name: string,
  domain: string,
  answer: Exclude<SamAnswer, 'success'>,
  how: LogonContext,
): EventDraft {
  const subject = subjectOf(machine, how.subject);
  const code = codes[answer];
  return draft(machine, 4625, answer === 'lockedOut' ? 12546 : 12544, {
    keywords: FAILURE,
    activityId: machine.activityId(),
    data: [
      ['SubjectUserSid', subject.sid],
      ['SubjectUserName', subject.name],
      ['SubjectDomainName', subject.domain],
      ['SubjectLogonId', subject.logon],
      ['TargetUserSid', 'S-1-0-0'],
      ['TargetUserName', name],
      ['TargetDomainName', domain],
      ['Status', code.status],
      ['FailureReason', code.reason],
      ['SubStatus', code.sub],
      ['LogonType', String(how.logonType)],
      ['LogonProcessName', how.process],
      ['AuthenticationPackageName', how.package],
      ['WorkstationName', how.workstation],
      ['TransmittedServices', '-'],
      ['LmPackageName', '-'],
      ['KeyLength', '0'],
      ['ProcessId', how.processName === '-' ? '0x0' : '0x2d4'],
      ['ProcessName', how.processName],
      ['IpAddress', how.address],
      ['IpPort', how.port],
    ],
  });
}

export function logonSucceeded(
  machine: Machine,
  name: string,
  sid: string,
  logonId: string,
  how: LogonContext,
): EventDraft {
  const subject = subjectOf(machine, how.subject);
  return draft(machine, 4624, 12544, {
    version: 2,
    activityId: machine.activityId(),
    data: [
      ['SubjectUserSid', subject.sid],
      ['SubjectUserName', subject.name],
      ['SubjectDomainName', subject.domain],
      ['SubjectLogonId', subject.logon],
      ['TargetUserSid', sid],
      ['TargetUserName', name],
      ['TargetDomainName', machine.computer],
      ['TargetLogonId', logonId],
      ['LogonType', String(how.logonType)],
      ['LogonProcessName', how.process],
      ['AuthenticationPackageName', how.package],
      ['WorkstationName', how.workstation],
      ['LogonGuid', NO_GUID],
      ['TransmittedServices', '-'],
      ['LmPackageName', how.package === 'NTLM' ? 'NTLM V2' : '-'],
      ['KeyLength', how.package === 'NTLM' ? '128' : '0'],
      ['ProcessId', how.processName === '-' ? '0x0' : '0x2d4'],
      ['ProcessName', how.processName],
      ['IpAddress', how.address],
      ['IpPort', how.port],
      ['ImpersonationLevel', '%%1833'],
      ['RestrictedAdminMode', '-'],
      ['TargetOutboundUserName', '-'],
      ['TargetOutboundDomainName', '-'],
      ['VirtualAccount', '%%1843'],
      ['TargetLinkedLogonId', '0x0'],
      ['ElevatedToken', '%%1842'],
    ],
  });
}

export const credentialsValidated = (
  machine: Machine,
  name: string,
  workstation: string,
  answer: SamAnswer,
) =>
  draft(machine, 4776, 14336, {
    keywords: answer === 'success' ? SUCCESS : FAILURE,
    data: [
      ['PackageName', 'MICROSOFT_AUTHENTICATION_PACKAGE_V1_0'],
      ['TargetUserName', name],
      ['Workstation', workstation],
      ['Status', precise(answer)],
    ],
  });

/** 4740: what it calls TargetDomainName is the caller's computer. */
export function accountLocked(machine: Machine, name: string, sid: string, caller: string): EventDraft {
  const subject = subjectOf(machine, 'machine');
  return draft(machine, 4740, 13824, {
    activityId: machine.activityId(),
    data: [
      ['TargetUserName', name],
      ['TargetDomainName', caller],
      ['TargetSid', sid],
      ['SubjectUserSid', subject.sid],
      ['SubjectUserName', subject.name],
      ['SubjectDomainName', subject.domain],
      ['SubjectLogonId', subject.logon],
    ],
  });
}

/** 4767 (unlocked) and 4724 (password reset by an admin) have the same fields. */
export const accountManaged = (
  machine: Machine,
  eventId: 4767 | 4724,
  target: { name: string; sid: string },
  by: { name: string; sid: string; logonId: string; domain: string },
) =>
  draft(machine, eventId, 13824, {
    activityId: machine.activityId(),
    data: [
      ['TargetUserName', target.name],
      ['TargetDomainName', machine.computer],
      ['TargetSid', target.sid],
      ['SubjectUserSid', by.sid],
      ['SubjectUserName', by.name],
      ['SubjectDomainName', by.domain],
      ['SubjectLogonId', by.logonId],
    ],
  });

export const logCleared = (machine: Machine, by: { name: string; sid: string; logonId: string }) =>
  draft(machine, 1102, 104, {
    provider: EVENTLOG,
    level: 4,
    keywords: 0x4020000000000000n,
    userData: {
      element: 'LogFileCleared',
      namespace: 'http://manifests.microsoft.com/win/2004/08/windows/eventlog',
    },
    data: [
      ['SubjectUserSid', by.sid],
      ['SubjectUserName', by.name],
      ['SubjectDomainName', machine.computer],
      ['SubjectLogonId', by.logonId],
    ],
  });
