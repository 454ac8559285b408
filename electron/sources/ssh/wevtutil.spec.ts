import { describe, expect, it } from 'vitest';
import {
  channelStateCommands,
  type EventQuery,
  queryEventsCommand,
  recordCountOf,
  recordIdOf,
} from './wevtutil';

const query = (change: Partial<EventQuery> = {}): EventQuery => ({
  channel: 'Security',
  eventIds: [4625, 4740],
  afterRecordId: 229_977,
  sinceMs: undefined,
  limit: 500,
  ...change,
});
const lineOf = (change: Partial<EventQuery> = {}): string => {
  const line = queryEventsCommand(query(change));
  return line.ok ? line.value : line.error.code;
};

describe('queryEventsCommand', () => {
  it('reads above a record, or from a span of time, or everything', () => {
    expect(lineOf()).toBe(
      'wevtutil qe Security "/q:*[System[(EventID=4625 or EventID=4740) and EventRecordID>229977]]" /f:xml /uni:true /c:500',
    );
    expect(lineOf({ afterRecordId: undefined, sinceMs: 86_400_000, eventIds: [131] })).toBe(
      'wevtutil qe Security "/q:*[System[(EventID=131) and TimeCreated[timediff(@SystemTime) <= 86400000]]]" /f:xml /uni:true /c:500',
    );
    expect(lineOf({ afterRecordId: undefined, eventIds: [] })).toBe(
      'wevtutil qe Security "/q:*" /f:xml /uni:true /c:500',
    );
  });

  it('writes runs of ids as ranges, each id once', () => {
    expect(lineOf({ eventIds: [4726, 4723, 4724, 4725, 4723, 4768, 4771, 4772] })).toContain(
      '((EventID>=4723 and EventID<=4726) or EventID=4768 or EventID=4771 or EventID=4772)',
    );
  });

  it('never asks with more than 20 expressions', () => {
    const spread = (count: number) => Array.from({ length: count }, (_, index) => 100 + 2 * index);
    expect(lineOf({ eventIds: spread(19) })).toContain('EventID=136');
    expect(lineOf({ eventIds: spread(20) })).toBe('app.invalidArgument');
    expect(lineOf({ eventIds: Array.from({ length: 300 }, (_, index) => index) })).toContain('EventID<=299');
  });

  it('holds nothing outside double quotes that cmd or PowerShell would take for more than text', () => {
    for (const channel of ['Security', 'OpenSSH/Operational', 'Microsoft-Windows-A_b.c/Operational']) {
      const line = lineOf({ channel });
      expect(line).not.toMatch(/[$%`'!^]/);
      expect(line.replace(/"[^"]*"/g, '')).toMatch(/^[A-Za-z0-9 ./:_-]*$/);
    }
  });

  it.each([
    { channel: 'Security" & calc "' },
    { channel: '' },
    { limit: 0 },
    { limit: 1.5 },
    { afterRecordId: -1 },
    { afterRecordId: Number.NaN },
    { eventIds: [Number.POSITIVE_INFINITY] },
    { afterRecordId: undefined, sinceMs: -5 },
  ])('refuses %o', (change) => {
    expect(lineOf(change)).toBe('app.invalidArgument');
  });
});

describe('answers', () => {
  it('reads the count of records and a record\u2019s id', () => {
    expect(recordCountOf('fileSize: 1118208\r\nnumberOfLogRecords: 1234\r\noldestRecordNumber: 1\r\n')).toBe(
      1234,
    );
    expect(recordCountOf('Zugriff verweigert')).toBeUndefined();
    expect(recordIdOf('<Event><EventRecordID>77</EventRecordID></Event>')).toBe(77);
    expect(recordIdOf('')).toBeUndefined();
    expect(channelStateCommands('a b').ok).toBe(false);
  });
});
