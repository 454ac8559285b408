import { readAccountsScript } from '../scripts/read-accounts';
import { readAuditingScript } from '../scripts/read-auditing';
import { readChannelStatusScript } from '../scripts/read-channel-status';
import { readFactsScript } from '../scripts/read-facts';
import { readPolicyScript } from '../scripts/read-policy';
import { ANSWER_BEGIN, ANSWER_END, scriptCommand } from '../scripts/script';
import type { TestCommand } from './ssh-server';

/** What one instance answers, by script; change what a test is about. */
export const ANSWERS = {
  facts: {
    computer: 'WEB01',
    system: 'Microsoft Windows Server 2022 Standard 10.0.20348',
    domain: null,
    domainRole: 2,
    elevated: true,
    clientAddress: '198.51.100.9',
    utc: '133500000000000000',
  },
  policy: {
    inf: '[System Access]\nPasswordHistorySize = 24\nLockoutBadCount = 5\nResetLockoutCount = 10\nLockoutDuration = 30\nAllowAdministratorLockout = 1',
  },
  accounts: {
    accounts: [
      {
        name: 'Administrator',
        sid: 'S-1-5-21-1-2-3-500',
        locked: false,
        disabled: false,
        badPasswordAttempts: 2,
      },
      {
        name: 'J\u00fcrgen',
        sid: 'S-1-5-21-1-2-3-1001',
        locked: true,
        disabled: null,
        badPasswordAttempts: null,
      },
    ],
  },
  auditing: {
    settings: {
      '0cce9215-69ae-11d9-bed3-505054503030': 3,
      '0cce9217-69ae-11d9-bed3-505054503030': 2,
      '0cce9235-69ae-11d9-bed3-505054503030': 1,
    },
  },
} as const;

export const answerLine = (value: unknown): string =>
  `${ANSWER_BEGIN}${JSON.stringify({ ok: true, value })}${ANSWER_END}\r\n`;

const scripts = new Map<string, unknown>([
  [scriptCommand(readFactsScript), ANSWERS.facts],
  [scriptCommand(readPolicyScript), ANSWERS.policy],
  [scriptCommand(readAccountsScript), ANSWERS.accounts],
  [scriptCommand(readAuditingScript), ANSWERS.auditing],
]);

/** One event as wevtutil prints it. */
export const eventXml = (recordId: number, user = 'alice'): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing' Guid='{54849625-5478-4994-a5ba-3e3b0328c30d}'/><EventID>4625</EventID><Version>0</Version><Level>0</Level><Task>12544</Task><Opcode>0</Opcode><Keywords>0x8010000000000000</Keywords><TimeCreated SystemTime='2025-03-01T10:00:00.1234567Z'/><EventRecordID>${recordId}</EventRecordID><Correlation/><Execution ProcessID='700' ThreadID='701'/><Channel>Security</Channel><Computer>WEB01</Computer><Security/></System><EventData><Data Name='TargetUserName'>${user}</Data></EventData></Event>\r\n`;

export const eventBytes = (...recordIds: number[]): Buffer =>
  Buffer.from(recordIds.map((id) => eventXml(id)).join(''), 'utf16le');

type Reply = readonly [exitCode: number, stdout?: string | Buffer, stderr?: string];

function replyTo(line: string): Reply {
  if (line.startsWith('echo ')) return [0, 'lockwatch-shell Windows_NT $PSHOME\r\n'];
  const answer = scripts.get(line);
  if (answer !== undefined) return [0, answerLine(answer)];
  if (!line.startsWith('wevtutil ')) return [1];
  if (!line.includes(' Security')) return [15_007, '', 'Der angegebene Kanal wurde nicht gefunden.\r\n'];
  if (line === 'wevtutil gli Security') {
    return [
      0,
      'creationTime: 2024-01-01T00:00:00.000Z\r\nnumberOfLogRecords: 10\r\noldestRecordNumber: 100\r\n',
    ];
  }
  if (line === 'wevtutil qe Security /f:xml /uni:true /c:1') return [0, eventBytes(100)];
  if (line === 'wevtutil qe Security /f:xml /uni:true /rd:true /c:1') return [0, eventBytes(109)];
  const after = Number(/EventRecordID>(\d+)/.exec(line)?.[1] ?? 0);
  const limit = Number(/\/c:(\d+)/.exec(line)?.[1] ?? 0);
  const ids = Array.from({ length: 10 }, (_, index) => 100 + index).filter((id) => id > after);
  return [0, eventBytes(...ids.slice(0, limit))];
}

/** Answers as an instance with cmd and the events 100 to 109 in its Security log would. */
export function answerAsWindows({ line, end }: TestCommand): void {
  end(...replyTo(line));
}

export const channelStatusCommand = (channel: string): string =>
  scriptCommand(readChannelStatusScript(channel));
