import { describe, expect, it } from 'vitest';
import { networkLogon, testWindows } from '../testing/windows';
import { AUDIT_NONE, type WindowsInstance } from './instance';

const security = (windows: WindowsInstance) => windows.log('Security')?.events() ?? [];
const ids = (windows: WindowsInstance) => security(windows).map((event) => event.eventId);
const attempt = (windows: WindowsInstance, password: string, name = 'alice') =>
  windows.logon({ name, password, domain: windows.computer, how: networkLogon });

describe('a practice Windows instance', () => {
  it('writes validation and failure for each wrong password, and the lock between them', () => {
    const { windows } = testWindows();
    for (let i = 0; i < 4; i++) attempt(windows, 'wrong');
    expect(ids(windows)).toEqual([4776, 4625, 4776, 4625, 4776, 4740, 4625, 4776, 4625]);
    const failures = security(windows).filter((event) => event.eventId === 4625);
    expect(failures.map((event) => [event.data.Status, event.data.SubStatus, event.task])).toEqual([
      ...Array(3).fill(['0xc000006d', '0xc000006a', 12544]),
      ['0xc0000234', '0x0', 12546],
    ]);
  });

  it('calls the caller computer TargetDomainName in 4740 and the real domain in 4767', () => {
    const { windows } = testWindows();
    for (let i = 0; i < 3; i++) attempt(windows, 'wrong');
    expect(windows.unlock('alice', 'Administrator')).toBe(true);
    const byId = (id: number) => security(windows).find((event) => event.eventId === id)?.data;
    expect(byId(4740)).toMatchObject({ TargetUserName: 'alice', TargetDomainName: 'CLIENT' });
    expect(byId(4767)).toMatchObject({ TargetDomainName: 'LAB-TEST', SubjectUserName: 'Administrator' });
    expect(windows.unlock('alice', 'Administrator')).toBe(false);
  });

  it('tells a name that does not exist by its code', () => {
    const { windows } = testWindows();
    attempt(windows, 'x', 'nobody');
    expect(security(windows).at(-1)?.data).toMatchObject({
      SubStatus: '0xc0000064',
      TargetUserName: 'nobody',
    });
  });

  it('writes nothing where auditing is off, and still counts and locks', () => {
    const { windows } = testWindows({ audit: AUDIT_NONE });
    for (let i = 0; i < 3; i++) attempt(windows, 'wrong');
    windows.unlock('nobody', 'Administrator');
    expect(ids(windows)).toEqual([]);
    expect(attempt(windows, 'right').answer).toBe('lockedOut');
  });

  it('gives record ids that go up by one and times that go up, survive a clear and start over after a rebuild', () => {
    const { windows } = testWindows();
    for (let i = 0; i < 3; i++) attempt(windows, 'right');
    const before = security(windows);
    before.forEach((event, i) => {
      const previous = before[i - 1];
      if (!previous) return;
      expect(event.recordId).toBe(previous.recordId + 1);
      expect(event.time > previous.time).toBe(true);
    });
    windows.clearSecurityLog('Administrator');
    expect(ids(windows)).toEqual([1102]);
    expect(security(windows)[0]?.recordId).toBe((before.at(-1)?.recordId ?? 0) + 1);
    windows.log('security')?.rebuild();
    attempt(windows, 'right');
    expect(security(windows)[0]?.recordId).toBe(1);
  });

  it('overwrites the oldest records when the log is full', () => {
    const { windows } = testWindows({ logCapacity: 10 });
    for (let i = 0; i < 400; i++) attempt(windows, 'right');
    const events = security(windows);
    expect(events).toHaveLength(10);
    expect((events.at(-1)?.recordId ?? 0) - (events[0]?.recordId ?? 0)).toBe(9);
  });

  it('stamps events by its own clock, wrong as it may be', () => {
    const { windows, clock } = testWindows();
    attempt(windows, 'right');
    windows.clockOffsetMs = -10 * 60_000;
    clock.advance(1_000);
    attempt(windows, 'right');
    const [first, second] = [security(windows)[0], security(windows).at(-1)];
    expect(Number((second?.time ?? 0n) - (first?.time ?? 0n)) / 10_000_000).toBeCloseTo(-599, 0);
  });

  it("prints wevtutil's form: single quotes, one line, 7 or 9 digits, GUIDs in either case", () => {
    const modern = testWindows().windows;
    const older = testWindows({ style: { fractionDigits: 9, guidCase: 'upper' } }).windows;
    for (const windows of [modern, older]) attempt(windows, 'wrong', "o'neil <b> & c");
    const [a, b] = [modern, older].map((windows) => security(windows).at(-1)?.xml ?? '');
    expect(a).toMatch(
      /^<Event xmlns='http:\/\/schemas\.microsoft\.com\/win\/2004\/08\/events\/event'><System>/,
    );
    expect(a).toMatch(/SystemTime='2026-03-02T08:30:00\.\d{7}Z'/);
    expect(b).toMatch(/SystemTime='2026-03-02T08:30:00\.\d{9}Z'/);
    expect(a).toContain("Guid='{54849625-5478-4994-a5ba-3e3b0328c30d}'");
    expect(b).toContain("Guid='{54849625-5478-4994-A5BA-3E3B0328C30D}'");
    expect(a).toContain("<Data Name='TargetUserName'>o&apos;neil &lt;b&gt; &amp; c</Data>");
    expect(a).toContain("<Data Name='LogonProcessName'>NtLmSsp </Data>");
    expect(`${a}${b}`).not.toMatch(/["\r\n]/);
  });

  it('puts 1102 into UserData under its own namespace', () => {
    const { windows } = testWindows();
    windows.clearSecurityLog('Administrator');
    expect(security(windows)[0]?.xml).toContain(
      "<UserData><LogFileCleared xmlns='http://manifests.microsoft.com/win/2004/08/windows/eventlog'><SubjectUserSid>",
    );
  });
});
