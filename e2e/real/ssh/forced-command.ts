import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAccountsScript } from '../../../electron/sources/ssh/scripts/read-accounts';
import { readAuditingScript } from '../../../electron/sources/ssh/scripts/read-auditing';
import { readChannelStatusScript } from '../../../electron/sources/ssh/scripts/read-channel-status';
import { readFactsScript } from '../../../electron/sources/ssh/scripts/read-facts';
import { readPolicyScript } from '../../../electron/sources/ssh/scripts/read-policy';
import { ANSWER_BEGIN, ANSWER_END, scriptCommand } from '../../../electron/sources/ssh/scripts/script';
import { SHELL_PROBE } from '../../../electron/sources/ssh/shell-probe';
import { CHANNELS } from '../../../shared/evidence';

/** One event as a log file has it, found by text alone: the product's parser has no part in this. */
export interface StoredEvent {
  readonly recordId: number;
  readonly eventId: number;
  readonly channel: string;
  readonly xml: string;
}

/** What one instance answers. */
export interface WindowsInstance {
  readonly computer: string;
  readonly events: readonly StoredEvent[];
  /** As `secedit` writes it. */
  readonly policy?: string;
  /** Stop in the middle of an answer with events after so many bytes, and never go on. */
  readonly hangAfterBytes?: number;
}

const first = (xml: string, pattern: RegExp): string => pattern.exec(xml)?.[1]?.trim() ?? '';

/** The events in a text, whatever stands between them; those without an id or a channel are left out. */
export function splitEvents(text: string): StoredEvent[] {
  const found = text.match(/<Event[ >][\s\S]*?<\/Event>/g) ?? [];
  return found
    .map((xml) => ({
      recordId: Number(first(xml, /<EventRecordID[^>]*>([^<]*)</)),
      eventId: Number(first(xml, /<EventID[^>]*>([^<]*)</)),
      channel: first(xml, /<Channel[^>]*>([^<]*)</),
      xml,
    }))
    .filter((event) => event.recordId > 0 && event.channel !== '');
}

const DEFAULT_POLICY =
  '[System Access]\nLockoutBadCount = 5\nResetLockoutCount = 10\nLockoutDuration = 10\nAllowAdministratorLockout = 1\n';

const answer = (value: unknown): string =>
  `${ANSWER_BEGIN}${JSON.stringify({ ok: true, value })}${ANSWER_END}\r\n`;

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const fileOf = (channel: string): string => channel.replaceAll('/', '%');

// A shell's exit code has 8 bits: 15007 does not fit, so the answer is the one of PowerShell as default shell.
const channelStatusCases = (): string =>
  Object.values(CHANNELS)
    .map(
      (channel) =>
        `${quoted(scriptCommand(readChannelStatusScript(channel)))})
  code=15007; [ -r ${quoted(`${fileOf(channel)}.newest`)} ] && code=0
  printf '${ANSWER_BEGIN}{"ok":true,"value":{"code":%s}}${ANSWER_END}\\r\\n' "$code"
  exit 0;;`,
    )
    .join('\n');

/**
 * The forced command in `sh`. An answer without news costs one shell and no other process; only events to print, and
 * the clock, cost one more. `$3` of SSH_CONNECTION is the address that was called, and every address is an instance of its own.
 */
const script = (directory: string): string => `#!/bin/sh
set -- $SSH_CONNECTION
cd ${quoted(directory)}/"$3" || exit 1
command=$SSH_ORIGINAL_COMMAND
case $command in
${quoted(SHELL_PROBE)}) printf 'lockwatch-shell Windows_NT $PSHOME\\r\\n'; exit 0;;
${quoted(scriptCommand(readFactsScript))})
  read -r computer < computer
  ticks=$(( $(date +%s%N) / 100 + 116444736000000000 ))
  printf '${ANSWER_BEGIN}{"ok":true,"value":{"computer":"%s","system":"Microsoft Windows Server 2022 Standard 10.0.20348","domain":null,"domainRole":2,"elevated":true,"clientAddress":"%s","utc":"%s"}}${ANSWER_END}\\r\\n' "$computer" "$1" "$ticks"
  exit 0;;
${quoted(scriptCommand(readPolicyScript))}) exec cat policy;;
${quoted(scriptCommand(readAccountsScript))}) exec cat accounts;;
${quoted(scriptCommand(readAuditingScript))}) exec cat auditing;;
${channelStatusCases()}
'wevtutil gli '*) channel=\${command#wevtutil gli }; kind=gli;;
'wevtutil qe '*) channel=\${command#wevtutil qe }; channel=\${channel%% *}; kind=qe;;
*) exit 1;;
esac
name=
while [ -n "$channel" ]; do
  case $channel in */*) name=$name\${channel%%/*}%; channel=\${channel#*/};; *) name=$name$channel; channel=;; esac
done
[ -r "$name.newest" ] || { printf 'The specified channel could not be found.\\r\\n' >&2; exit 1; }
read -r newest count < "$name.newest"
if [ $kind = gli ]; then printf 'numberOfLogRecords: %s\\r\\noldestRecordNumber: 1\\r\\n' "$count"; exit 0; fi
case $command in *'EventRecordID>'*)
  after=\${command#*EventRecordID>}; after=\${after%%]*}
  [ "$after" -ge "$newest" ] && exit 0;;
esac
[ "$count" = 0 ] && exit 0
exec ${quoted(process.execPath)} ${quoted(join(__dirname, 'print-events.mjs'))} "$name" "$command"
`;

/** One line a record, and where every thousandth begins, so that a long log is not read from its start each time. */
async function writeLog(path: string, events: readonly StoredEvent[]): Promise<void> {
  const index: [number, number][] = [];
  let offset = 0;
  const lines = events.map((event, at) => {
    if (at > 0 && at % 1000 === 0) index.push([event.recordId - 1, offset]);
    const line = `${JSON.stringify(event)}\n`;
    offset += Buffer.byteLength(line);
    return line;
  });
  await writeFile(`${path}.jsonl`, lines);
  await writeFile(`${path}.index`, JSON.stringify(index));
}

/** Writes one instance's answers where the forced command looks for the address's. */
export async function writeInstance(
  directory: string,
  address: string,
  instance: WindowsInstance,
): Promise<void> {
  const folder = join(directory, address);
  await mkdir(folder, { recursive: true });
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write('computer', `${instance.computer}\n`);
  await write('policy', answer({ inf: instance.policy ?? DEFAULT_POLICY }));
  await write(
    'accounts',
    answer({
      accounts: [
        {
          name: 'Administrator',
          sid: 'S-1-5-21-1-2-3-500',
          locked: false,
          disabled: false,
          badPasswordAttempts: 0,
        },
      ],
    }),
  );
  await write(
    'auditing',
    answer({
      settings: {
        '0cce9215-69ae-11d9-bed3-505054503030': 3,
        '0cce9217-69ae-11d9-bed3-505054503030': 3,
        '0cce9235-69ae-11d9-bed3-505054503030': 3,
        '0cce923f-69ae-11d9-bed3-505054503030': 3,
      },
    }),
  );
  await write('hang-after', String(instance.hangAfterBytes ?? ''));
  const channels = new Set<string>([CHANNELS.security, ...instance.events.map((event) => event.channel)]);
  for (const channel of channels) {
    const events = instance.events
      .filter((event) => event.channel === channel)
      .sort((a, b) => a.recordId - b.recordId);
    await writeLog(join(folder, fileOf(channel)), events);
    await write(`${fileOf(channel)}.newest`, `${events.at(-1)?.recordId ?? 0} ${events.length}\n`);
  }
}

/** Writes the forced command; `directory` then holds one folder an address. */
export async function writeForcedCommand(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, 'answer.sh');
  await writeFile(path, script(directory));
  await chmod(path, 0o755);
  return path;
}
