/** Builds event XML for tests and benchmarks, in the forms that the tools print. Values are made up. */
export interface EventParts {
  readonly recordId: number;
  readonly eventId?: number;
  readonly time?: string;
  readonly computer?: string;
  readonly channel?: string;
  readonly data?: Readonly<Record<string, string>>;
}

export const failedLogonData: Readonly<Record<string, string>> = {
  SubjectUserSid: 'S-1-0-0',
  SubjectUserName: '-',
  SubjectDomainName: '-',
  SubjectLogonId: '0x0',
  TargetUserSid: 'S-1-0-0',
  TargetUserName: 'Administrator',
  TargetDomainName: '',
  Status: '0xc000006d',
  FailureReason: '%%2313',
  SubStatus: '0xc000006a',
  LogonType: '3',
  LogonProcessName: 'NtLmSsp ',
  AuthenticationPackageName: 'NTLM',
  WorkstationName: 'KIOSK-7',
  TransmittedServices: '-',
  LmPackageName: '-',
  KeyLength: '0',
  ProcessId: '0x0',
  ProcessName: '-',
  IpAddress: '203.0.113.41',
  IpPort: '0',
};

const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll("'", '&apos;')
    .replaceAll('"', '&quot;');

const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event';
const PROVIDER = 'Microsoft-Windows-Security-Auditing';
const GUID = '{54849625-5478-4994-A5BA-3E3B0328C30D}';

/** One line with single quotes, as `wevtutil qe /f:xml` prints it. */
export function wevtutilEvent(parts: EventParts): string {
  const data = Object.entries(parts.data ?? failedLogonData)
    .map(([name, value]) => `<Data Name='${name}'>${escapeXml(value)}</Data>`)
    .join('');
  return (
    `<Event xmlns='${NAMESPACE}'><System><Provider Name='${PROVIDER}' Guid='${GUID}'/>` +
    `<EventID>${parts.eventId ?? 4625}</EventID><Version>0</Version><Level>0</Level><Task>12544</Task><Opcode>0</Opcode>` +
    `<Keywords>0x8010000000000000</Keywords><TimeCreated SystemTime='${parts.time ?? '2025-03-04T05:06:07.1234567Z'}'/>` +
    `<EventRecordID>${parts.recordId}</EventRecordID><Correlation/><Execution ProcessID='640' ThreadID='712'/>` +
    `<Channel>${parts.channel ?? 'Security'}</Channel><Computer>${parts.computer ?? 'WIN-TEST'}</Computer><Security/></System>` +
    `<EventData>${data}</EventData></Event>`
  );
}

/** Pretty-printed with double quotes, as evtxexport prints it. */
export function evtxexportEvent(parts: EventParts): string {
  const data = Object.entries(parts.data ?? failedLogonData)
    .map(([name, value]) => `    <Data Name="${name}">${escapeXml(value)}</Data>\n`)
    .join('');
  return (
    `<Event xmlns="${NAMESPACE}">\n  <System>\n    <Provider Name="${PROVIDER}" Guid="${GUID}"/>\n` +
    `    <EventID>${parts.eventId ?? 4625}</EventID>\n    <Version>0</Version>\n    <Level>0</Level>\n    <Task>12544</Task>\n` +
    `    <Opcode>0</Opcode>\n    <Keywords>0x8010000000000000</Keywords>\n` +
    `    <TimeCreated SystemTime="${parts.time ?? '2025-03-04T05:06:07.123456700Z'}"/>\n` +
    `    <EventRecordID>${parts.recordId}</EventRecordID>\n    <Correlation ActivityID="{A67BE420-4636-0001-36E4-7BA63646D701}"/>\n` +
    `    <Execution ProcessID="640" ThreadID="712"/>\n    <Channel>${parts.channel ?? 'Security'}</Channel>\n` +
    `    <Computer>${parts.computer ?? 'WIN-TEST'}</Computer>\n    <Security/>\n  </System>\n  <EventData>\n${data}  </EventData>\n</Event>\n`
  );
}
