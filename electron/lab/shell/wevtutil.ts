import type { StoredEvent } from '../windows/event-log';
import { ticksFromMs } from '../windows/event-xml';
import type { WindowsInstance } from '../windows/instance';
import { compileQuery, type EventFilter, InvalidQuery } from '../windows/xpath';
import { type CommandAnswer, failed, toCodePage } from './answer';

const CHANNEL_NOT_FOUND = 15007;
const INVALID_QUERY = 15001;
const ACCESS_DENIED = 5;
const INVALID_PARAMETER = 87;

interface Options {
  query: string;
  count: number;
  newestFirst: boolean;
  unicode: boolean;
  root: string | undefined;
  xml: boolean;
}

const usage = (what: string) =>
  failed(
    INVALID_PARAMETER,
    `Invalid option ${what}. Option is not supported.\r\nThe parameter is incorrect.\r\n`,
  );

/** Reads `/c:5` or `/count:5`; undefined with the offending word when Windows would not know it. */
function readOptions(args: readonly string[]): Options | { bad: string } {
  const options: Options = {
    query: '*',
    count: Number.POSITIVE_INFINITY,
    newestFirst: false,
    unicode: false,
    root: undefined,
    // Without /f wevtutil prints XML.
    xml: true,
  };
  for (const arg of args) {
    const match = /^[/-](\w+):([\s\S]*)$/.exec(arg);
    if (!match) return { bad: arg };
    const name = (match[1] ?? '').toLowerCase();
    const value = match[2] ?? '';
    if (name === 'q' || name === 'query') options.query = value;
    else if (name === 'c' || name === 'count') {
      if (!/^\d+$/.test(value)) return { bad: arg };
      options.count = Number(value);
    } else if (name === 'rd' || name === 'reversedirection') options.newestFirst = /^true$/i.test(value);
    else if (name === 'uni' || name === 'unicode') options.unicode = /^true$/i.test(value);
    else if (name === 'e' || name === 'element') options.root = value;
    else if (name === 'f' || name === 'format') {
      options.xml = /^(xml|renderedxml)$/i.test(value);
      if (!options.xml && !/^text$/i.test(value)) return { bad: arg };
    } else return { bad: arg };
  }
  return options;
}

function select(windows: WindowsInstance, events: readonly StoredEvent[], options: Options): StoredEvent[] {
  const matches: EventFilter = compileQuery(options.query);
  const now = ticksFromMs(windows.now());
  const found: StoredEvent[] = [];
  const { newestFirst, count } = options;
  for (let i = 0; i < events.length && found.length < count; i++) {
    const event = events[newestFirst ? events.length - 1 - i : i];
    if (event && matches(event, now)) found.push(event);
  }
  return found;
}

const asText = (event: StoredEvent, index: number) =>
  `Event[${index}]:\r\n  Log Name: ${event.channel}\r\n  Source: ${event.provider}\r\n  Event ID: ${event.eventId}\r\n`;

function queryEvents(windows: WindowsInstance, channel: string, args: readonly string[]): CommandAnswer {
  const options = readOptions(args);
  if ('bad' in options) return usage(options.bad);
  const log = windows.log(channel);
  if (!log) return failed(CHANNEL_NOT_FOUND, 'The specified channel could not be found.\r\n');
  if (windows.denied.has(log.channel)) return failed(ACCESS_DENIED, 'Access is denied.\r\n');
  try {
    const found = select(windows, log.events(), options);
    const lines = found.map((event, index) => (options.xml ? event.xml : asText(event, index)));
    if (options.root) {
      lines.unshift(`<${options.root}>`);
      lines.push(`</${options.root}>`);
    }
    const text = lines.map((line) => `${line}\r\n`).join('');
    const stdout = options.unicode ? Buffer.from(text, 'utf16le') : toCodePage(text);
    return { stdout, stderr: Buffer.alloc(0), exitCode: 0 };
  } catch (error) {
    if (error instanceof InvalidQuery) return failed(INVALID_QUERY, 'The specified query is invalid.\r\n');
    throw error;
  }
}

function logInfo(windows: WindowsInstance, channel: string): CommandAnswer {
  const log = windows.log(channel);
  if (!log) return failed(CHANNEL_NOT_FOUND, 'The specified channel could not be found.\r\n');
  if (windows.denied.has(log.channel)) return failed(ACCESS_DENIED, 'Access is denied.\r\n');
  const events = log.events();
  const written = new Date(windows.now()).toISOString();
  const text = [
    'creationTime: 2024-03-04T08:00:00.000Z',
    `lastAccessTime: ${written}`,
    `lastWriteTime: ${written}`,
    'fileSize: 20975616',
    'attributes: 32',
    `numberOfLogRecords: ${events.length}`,
    `oldestRecordNumber: ${events[0]?.recordId ?? 0}`,
  ].join('\r\n');
  return { stdout: toCodePage(`${text}\r\n`), stderr: Buffer.alloc(0), exitCode: 0 };
}

/** `wevtutil qe` and `wevtutil gli` with their long names; anything else is refused as Windows does. */
export function wevtutil(windows: WindowsInstance, args: readonly string[]): CommandAnswer {
  const [verb = '', channel, ...rest] = args;
  if (channel === undefined) return failed(INVALID_PARAMETER, 'Too few arguments are provided.\r\n');
  switch (verb.toLowerCase()) {
    case 'qe':
    case 'query-events':
      return queryEvents(windows, channel, rest);
    case 'gli':
    case 'get-loginfo':
      return rest.length > 0 ? usage(rest[0] ?? '') : logInfo(windows, channel);
    default:
      return failed(INVALID_PARAMETER, `Invalid command ${verb}.\r\nThe parameter is incorrect.\r\n`);
  }
}
