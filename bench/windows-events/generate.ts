import { createRandom } from '../../electron/lab/random';
import { internetAddress } from '../../electron/lab/scenario/actors';
import { renderEvent, ticksFromMs } from '../../electron/lab/windows/event-xml';
import { type LogonContext, logonFailed, type Machine } from '../../electron/lab/windows/security-events';

export interface FailedLogonOptions {
  readonly count: number;
  /** The first event's time and the mean gap to the next, in milliseconds. */
  readonly startMs: number;
  readonly gapMs: number;
  readonly seed?: string;
  readonly computer?: string;
  readonly firstRecordId?: number;
  /** How many names are guessed, and from how many addresses. */
  readonly names?: number;
  readonly addresses?: number;
  /** Events in one chunk. */
  readonly chunk?: number;
}

/** One name in so many belongs to an account: the others answer "no such user". */
const REAL_NAMES = 10;

/**
 * 4625 records of RDP guesses in the bytes that `wevtutil qe Security /f:xml /uni:true` prints, in chunks that break
 * between records. The same options give the same bytes.
 * Every name `user0`, `user10` ... exists (wrong password, counts); the others do not.
 */
export function* failedLogons(options: FailedLogonOptions): Generator<Buffer> {
  const { count, startMs, gapMs, computer = 'LAB-BENCH', firstRecordId = 1 } = options;
  const random = createRandom(options.seed ?? 'bench');
  const names = Array.from({ length: options.names ?? 500 }, (_, i) => `user${i}`);
  const addresses = Array.from({ length: options.addresses ?? 250 }, () => internetAddress(random));
  const machine: Machine = {
    computer,
    lsassPid: 740,
    threadId: () => random.between(200, 2000) * 4,
    activityId: () => `{${random.hex(8)}-${random.hex(4)}-0001-${random.hex(4)}-${random.hex(12)}}`,
  };
  const style = { fractionDigits: 7, guidCase: 'lower' } as const;
  let timeMs = startMs;
  let lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const which = random.between(0, names.length - 1);
    const how: LogonContext = {
      logonType: 3,
      process: 'NtLmSsp ',
      package: 'NTLM',
      subject: 'nobody',
      processName: '-',
      workstation: '-',
      address: addresses[random.between(0, addresses.length - 1)] ?? '-',
      port: '0',
    };
    const answer = which % REAL_NAMES === 0 ? 'wrongPassword' : 'noSuchUser';
    const draft = logonFailed(machine, names[which] ?? '', computer, answer, how);
    lines.push(renderEvent(draft, firstRecordId + i, ticksFromMs(timeMs), computer, style).xml);
    timeMs += gapMs * (0.5 + random.next());
    if (lines.length === (options.chunk ?? 500) || i === count - 1) {
      yield Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf16le');
      lines = [];
    }
  }
}
