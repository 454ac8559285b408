import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReplayReport, replayReportSchema } from '../../../shared/replay';
import { type ReplayOptions, replayLog } from './replay';
import { replayFile } from './replay-file';
import { type EventParts, failedLogonData, wevtutilEvent } from './testing/make-event';
import { utf8, utf16le } from './testing/read-all';

const at = (second: number): string => new Date(Date.UTC(2025, 2, 4, 5, 0, second)).toISOString();
const failed = (
  recordId: number,
  data: Record<string, string> = {},
  more: Partial<EventParts> = {},
): string => wevtutilEvent({ recordId, time: at(recordId), data: { ...failedLogonData, ...data }, ...more });
const locked = (recordId: number, name: string): string =>
  wevtutilEvent({
    recordId,
    eventId: 4740,
    time: at(recordId),
    data: { TargetUserName: name, TargetDomainName: 'KIOSK-7', TargetSid: 'S-1-5-21-1-2-3-1001' },
  });
const kerberos = (recordId: number, name: string): string =>
  wevtutilEvent({
    recordId,
    eventId: 4771,
    time: at(recordId),
    computer: 'DC1.example.test',
    data: {
      TargetUserName: name,
      TargetSid: 'S-1-5-21-1-2-3-1104',
      Status: '0x18',
      IpAddress: '::ffff:10.0.0.9',
    },
  });

async function replay(
  events: readonly string[],
  options: Partial<ReplayOptions> = {},
): Promise<ReplayReport> {
  const bytes = utf8(events.join('\n'));
  async function* open(): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < bytes.length; from += 1000) yield bytes.subarray(from, from + 1000);
  }
  const report = await replayLog(open, { file: 'log.xml', policy: null, ...options });
  return replayReportSchema.parse(report);
}

const attack = [
  failed(1),
  failed(2),
  failed(3),
  locked(4, 'Administrator'),
  failed(5, { SubStatus: '0xc0000234' }),
  failed(6, { TargetUserName: 'nobody', SubStatus: '0xc0000064', IpAddress: '198.51.100.7' }),
  wevtutilEvent({ recordId: 7, eventId: 4634, time: at(7), data: {} }),
  '<Event>broken</Event>',
];

describe('replayLog', () => {
  it('counts events, failures with their reasons, locks and sources', async () => {
    const report = await replay(attack);
    expect(report).toMatchObject({
      file: 'log.xml',
      problem: null,
      encoding: 'utf-8',
      events: 7,
      eventsById: { 4625: 5, 4634: 1, 4740: 1 },
      eventsByChannel: { Security: 7 },
      duplicates: 0,
      firstAtMs: Date.parse(at(1)),
      lastAtMs: Date.parse(at(7)),
      computers: ['WIN-TEST'],
      broken: { count: 1 },
      policy: null,
      failures: { counted: 3, notCounted: 2, uncertain: 0, ignored: {} },
      locks: 1,
      unlocks: 0,
      marks: [
        { kind: 'lock', account: 'administrator', by: 'KIOSK-7', recordId: 4, atMs: Date.parse(at(4)) },
      ],
      failuresWithoutAddress: 0,
    });
    expect(report.sources.map(({ address, failures, scope }) => [address, failures, scope])).toEqual([
      ['203.0.113.41', 4, 'internet'],
      ['198.51.100.7', 1, 'internet'],
    ]);
    const [administrator, nobody] = report.accounts;
    expect(administrator).toMatchObject({
      name: 'Administrator',
      authority: 'here',
      failures: [
        { reason: 'wrongPassword', counts: 'yes', events: 3 },
        { reason: 'lockedOut', counts: 'no', events: 1 },
      ],
      counted: 3,
      notCounted: 1,
      attempts: { counted: 3, all: 4 },
      locks: 1,
    });
    expect(nobody).toMatchObject({
      name: 'nobody',
      counted: 0,
      notCounted: 1,
      attempts: { counted: 0, all: 1 },
      atEnd: null,
    });
  });

  it('pretends no threshold when none is known, and uses the one that is given', async () => {
    const events = [failed(1), failed(2)];
    const unknown = await replay(events);
    expect(unknown.accounts[0]).toMatchObject({
      counted: 2,
      atEnd: { status: 'unknown', badPasswordCount: null },
    });
    const policy = { threshold: 5, windowMinutes: 10, durationMinutes: 0 };
    const known = await replay(
      [...events.map((event) => event.replaceAll('Administrator', 'clerk')), locked(9, 'boss')],
      { policy },
    );
    expect(known.policy).toEqual(policy);
    expect(known.accounts.find(({ key }) => key === 'clerk')?.atEnd).toMatchObject({ badPasswordCount: 2 });
    expect(known.accounts.find(({ key }) => key === 'boss')?.atEnd).toMatchObject({
      status: 'locked',
      lockedUntilAdmin: true,
      lockedAtMs: Date.parse(at(9)),
    });
  });

  it('says the same of a log that begins with the newest event', async () => {
    const many = Array.from({ length: 300 }, (_, index) => failed(index + 1));
    const forward = await replay([...many, locked(400, 'Administrator')]);
    const backward = await replay([locked(400, 'Administrator'), ...many.reverse()]);
    expect(backward).toEqual(forward);
    expect(backward.accounts[0]).toMatchObject({ counted: 300, attempts: { counted: 300 } });
  });

  it('brings channels together that stand one after the other', async () => {
    const refused = failed(1, {
      IpAddress: '-',
      LogonType: '8',
      ProcessName: 'C:\\Windows\\System32\\OpenSSH\\sshd.exe',
    });
    const quiet = wevtutilEvent({ recordId: 90, eventId: 4634, time: at(90), data: {} });
    const ssh = wevtutilEvent({
      recordId: 1,
      eventId: 4,
      time: at(1),
      channel: 'OpenSSH/Operational',
      data: { process: 'sshd', payload: 'Failed password for Administrator from 192.0.2.77 port 40112 ssh2' },
    });
    const report = await replay([refused, quiet, ssh]);
    expect(report.accounts[0]?.sources).toMatchObject([{ address: '192.0.2.77', inferred: 1, failures: 1 }]);
  });

  it('knows a domain controller by its events, and keeps the computers apart', async () => {
    const report = await replay([
      failed(1, { TargetUserName: 'eve', TargetDomainName: 'EXAMPLE' }, { computer: 'DC1.example.test' }),
      kerberos(2, 'eve'),
      failed(3, { TargetUserName: 'eve' }),
    ]);
    expect(report.computers).toEqual(['DC1.example.test', 'WIN-TEST']);
    expect(
      report.accounts.map(({ computer, key, authority, counted }) => [computer, key, authority, counted]),
    ).toEqual([
      ['DC1.example.test', 'eve', 'here', 2],
      ['WIN-TEST', 'eve', 'here', 1],
    ]);
  });

  it('takes a record that stands there twice once', async () => {
    const report = await replay([...attack, ...attack]);
    expect(report).toMatchObject({ events: 14, duplicates: 7, failures: { counted: 3 }, locks: 1 });
    expect(report.accounts[0]?.attempts).toEqual({ counted: 3, all: 4 });
  });

  it('says which failures are of no account that can be locked', async () => {
    const report = await replay([failed(1, { TargetUserName: 'PC7$' }), failed(2, { TargetUserName: '' })]);
    expect(report.failures).toEqual({
      counted: 0,
      notCounted: 0,
      uncertain: 0,
      ignored: { trustAccount: 1, noAccountName: 1 },
    });
  });

  it('stops when it is told to, and says how far it is', async () => {
    const stop = new AbortController();
    const progress: number[] = [];
    const onProgress = (bytes: number): void => {
      progress.push(bytes);
      if (bytes >= 3000) stop.abort();
    };
    const report = await replay(attack, { signal: stop.signal, onProgress });
    expect(report.problem?.code).toBe('app.cancelled');
    expect(progress.at(-1)).toBeLessThan(6000);
  });

  it('says that there are no events', async () => {
    expect((await replay(['just some text'])).problem?.code).toBe('log.noEvents');
    expect((await replay([])).problem?.code).toBe('log.empty');
  });
});

describe('replayFile', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lockwatch-replay-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };

  it('reads a file, in UTF-16 too', async () => {
    const bytes = utf16le(`\ufeff${attack.join('\r\n')}`);
    const progress: [number, number][] = [];
    const report = await replayFile(file('a.xml', bytes), {
      policy: null,
      onProgress: (...values) => progress.push(values),
    });
    expect(report).toMatchObject({
      file: 'a.xml',
      problem: null,
      encoding: 'utf-16le',
      bytes: bytes.length,
      events: 7,
    });
    expect(progress.at(-1)).toEqual([bytes.length, bytes.length]);
  });

  it.each([
    ['file.notFound', () => join(folder, 'none.xml')],
    ['file.notReadable', () => folder],
    ['log.empty', () => file('empty.xml', new Uint8Array(0))],
    ['log.binary', () => file('a.evtx', Buffer.concat([Buffer.from('ElfFile\0'), Buffer.alloc(4096)]))],
    [
      'log.binary',
      () =>
        file('a.evt', Buffer.concat([Buffer.from([0x30, 0, 0, 0]), Buffer.from('LfLe'), Buffer.alloc(40)])),
    ],
    ['log.noEvents', () => file('a.txt', utf8('nothing of the kind'))],
  ])('says %s', async (code, path) => {
    const report = await replayFile(path(), { policy: null });
    expect(report.problem?.code).toBe(code);
    expect(replayReportSchema.parse(report).events).toBe(0);
  });
});
