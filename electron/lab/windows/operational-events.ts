import type { EventDraft } from './event-xml';
import type { Machine } from './security-events';

export const RDP_CORE = 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational';
export const TERMINAL_SERVICES = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational';
export const OPENSSH = 'OpenSSH/Operational';

const RDP_PROVIDER = {
  name: 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS',
  guid: '{1139c61b-b549-4251-8ed3-27250a1edec8}',
};
const TS_PROVIDER = {
  name: 'Microsoft-Windows-TerminalServices-RemoteConnectionManager',
  guid: '{c76baa63-ae81-421c-b425-340b4b24157f}',
};
const SSH_PROVIDER = { name: 'OpenSSH', guid: '{c4b57d35-0636-4bc3-a262-370f249f9802}' };

const NETWORK_SERVICE = 'S-1-5-20';
const TERM_SERVICE_PID = 1176;

const rdpCore = (
  machine: Machine,
  eventId: number,
  level: number,
  opcode: number,
  data: EventDraft['data'],
) => ({
  provider: RDP_PROVIDER,
  eventId,
  version: 0,
  level,
  task: 4,
  opcode,
  keywords: 0x4000000000000000n,
  channel: RDP_CORE,
  processId: TERM_SERVICE_PID,
  threadId: machine.threadId(),
  activityId: machine.activityId(),
  userId: NETWORK_SERVICE,
  data,
});

/** 131: the server accepted a connection. */
export const rdpAccepted = (machine: Machine, address: string, port: number): EventDraft =>
  rdpCore(machine, 131, 4, 15, [
    ['ConnType', 'TCP'],
    ['ClientIP', address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`],
  ]);

/** 140: a connection from there failed because name or password was not correct. */
export const rdpRefused = (machine: Machine, address: string): EventDraft =>
  rdpCore(machine, 140, 3, 14, [['IPString', address]]);

const terminalServices = (machine: Machine, eventId: number, fields: Partial<EventDraft>): EventDraft => ({
  provider: TS_PROVIDER,
  eventId,
  version: 0,
  level: 4,
  task: 0,
  opcode: 0,
  keywords: 0x1000000000000000n,
  channel: TERMINAL_SERVICES,
  processId: TERM_SERVICE_PID,
  threadId: machine.threadId(),
  activityId: machine.activityId(),
  userId: NETWORK_SERVICE,
  data: [],
  ...fields,
});

/** 261: the listener got a connection. */
export const rdpListenerReached = (machine: Machine): EventDraft =>
  terminalServices(machine, 261, {
    userData: { element: 'EventXML', namespace: 'Event_NS' },
    data: [['listenerName', 'RDP-Tcp']],
  });

/** 1149: the client passed the first stage; no proof of a logon. */
export const rdpUserAuthenticated = (
  machine: Machine,
  user: string,
  domain: string,
  address: string,
): EventDraft =>
  terminalServices(machine, 1149, {
    userData: { element: 'EventXML', namespace: 'Event_NS' },
    data: [
      ['Param1', user],
      ['Param2', domain],
      ['Param3', address],
    ],
  });

/** 4 of OpenSSH: one line of sshd's log. */
export const sshLine = (machine: Machine, payload: string): EventDraft => ({
  provider: SSH_PROVIDER,
  eventId: 4,
  version: 0,
  level: 4,
  task: 0,
  opcode: 0,
  keywords: 0x4000000000000000n,
  channel: OPENSSH,
  processId: 2864,
  threadId: machine.threadId(),
  userId: 'S-1-5-18',
  data: [
    ['process', 'sshd'],
    ['payload', payload],
  ],
});
