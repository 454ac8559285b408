import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';

/** What events to read: their ids, and where to begin. */
export interface EventQuery {
  readonly channel: string;
  readonly eventIds: readonly number[];
  readonly afterRecordId: number | undefined;
  /** Milliseconds before the instance's now. Ignored when `afterRecordId` is given. */
  readonly sinceMs: number | undefined;
  readonly limit: number;
}

/** Windows' XPath takes 20 expressions; one more is needed for the beginning. */
const MAX_ID_EXPRESSIONS = 19;
const CHANNEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;

/** The comparisons that select these ids: runs of three and more as a range, in ascending order. */
function idExpressions(ids: readonly number[]): { text: string; count: number } {
  const sorted = [...new Set(ids)].sort((a, b) => a - b);
  const parts: string[] = [];
  let count = 0;
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end++;
    if (end - i >= 2) {
      parts.push(`(EventID>=${sorted[i]} and EventID<=${sorted[end]})`);
      count += 2;
      i = end + 1;
    } else {
      parts.push(`EventID=${sorted[i]}`);
      count += 1;
      i += 1;
    }
  }
  return { text: parts.join(' or '), count };
}

const isId = (value: number) => Number.isSafeInteger(value) && value >= 0;

/** Whether a channel's name can stand in a command line as it is. */
const isChannelName = (channel: string): boolean => CHANNEL_NAME.test(channel);

/**
 * The command line that prints matching events oldest first, as UTF-16 XML without a root. Comparison signs stand
 * inside double quotes only and nothing in it is expanded by cmd or by PowerShell.
 * Errors: app.invalidArgument for a channel name, an id or a number of ids that cannot be asked for.
 */
export function queryEventsCommand(query: EventQuery): Result<string> {
  const { channel, eventIds, afterRecordId, sinceMs, limit } = query;
  const ids = idExpressions(eventIds);
  const numbers = [...eventIds, limit, afterRecordId ?? 0, Math.round(sinceMs ?? 0)];
  if (!isChannelName(channel) || !numbers.every(isId) || limit < 1 || ids.count > MAX_ID_EXPRESSIONS) {
    return err(appError('app.invalidArgument'));
  }
  const conditions: string[] = [];
  if (ids.count > 0) conditions.push(`(${ids.text})`);
  if (afterRecordId !== undefined) conditions.push(`EventRecordID>${afterRecordId}`);
  else if (sinceMs !== undefined) {
    conditions.push(`TimeCreated[timediff(@SystemTime) <= ${Math.round(sinceMs)}]`);
  }
  const filter = conditions.length > 0 ? `[System[${conditions.join(' and ')}]]` : '';
  return ok(`wevtutil qe ${channel} "/q:*${filter}" /f:xml /uni:true /c:${limit}`);
}

/** The command lines that tell how many records a channel holds, and its oldest and newest one. */
export function channelStateCommands(
  channel: string,
): Result<{ info: string; oldest: string; newest: string }> {
  if (!isChannelName(channel)) return err(appError('app.invalidArgument'));
  return ok({
    info: `wevtutil gli ${channel}`,
    oldest: `wevtutil qe ${channel} /f:xml /uni:true /c:1`,
    newest: `wevtutil qe ${channel} /f:xml /uni:true /rd:true /c:1`,
  });
}

/** `numberOfLogRecords` of `wevtutil gli`, whose names are the same in every language; undefined if not there. */
export function recordCountOf(info: string): number | undefined {
  const match = /^\s*numberOfLogRecords\s*:\s*(\d+)\s*$/im.exec(info);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** The record id in one printed event; undefined when nothing was printed. */
export function recordIdOf(xml: string): number | undefined {
  const match = /<EventRecordID[^>]*>\s*(\d+)\s*<\/EventRecordID>/.exec(xml);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
