import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkLogon, testWindows } from '../testing/windows';
import type { WindowsInstance } from '../windows/instance';
import { runCommand, splitCommandLine } from './shell';

const RIGHTS = { elevated: true, user: 'watcher' };
const cmd = () => testWindows().windows;
const powershell = () => testWindows({ defaultShell: 'powershell' }).windows;
const run = (windows: WindowsInstance, line: string, rights = RIGHTS, stdin = '') => {
  const { stdout, stderr, exitCode } = runCommand(windows, rights, line, stdin);
  return { out: stdout.toString('latin1'), bytes: stdout, err: stderr.toString('utf8'), exitCode };
};
const encoded = (script: string) =>
  `powershell -NoProfile -NonInteractive -EncodedCommand ${Buffer.from(script, 'utf16le').toString('base64')}`;
const fail = (windows: WindowsInstance, name = 'alice') =>
  windows.logon({ name, password: 'wrong', domain: windows.computer, how: networkLogon });
const answerOf = (out: string): unknown =>
  JSON.parse(/lockwatch-answer>(.*)<lockwatch-answer/.exec(out)?.[1] ?? 'null');

describe('wevtutil on a practice instance', () => {
  it.each([
    ['cmd', cmd],
    ['PowerShell', powershell],
  ])('queries events oldest first as UTF-16 without a root, under %s', (_name, make) => {
    const windows = make();
    for (let i = 0; i < 3; i++) fail(windows);
    const query = '"/q:*[System[(EventID=4625 or EventID=4740) and EventRecordID>1]]"';
    const { bytes, exitCode } = run(windows, `wevtutil qe Security ${query} /f:xml /uni:true /c:2`);
    const lines = bytes.toString('utf16le').split('\r\n');
    expect(exitCode).toBe(0);
    expect(lines).toHaveLength(3);
    expect(lines.map((line) => /<EventID>(\d+)/.exec(line)?.[1])).toEqual(['4625', '4625', undefined]);
  });

  it('turns the order round, wraps into a root, and prints code page bytes without /uni', () => {
    const windows = cmd();
    fail(windows, 'Zoë Ω 漢');
    const newest = run(windows, 'wevtutil qe Security /rd:true /c:1 /e:Events');
    expect(newest.out).toMatch(/^<Events>\r\n<Event .*<\/Event>\r\n<\/Events>\r\n$/);
    expect(newest.bytes.includes(Buffer.from([0x5a, 0x6f, 0x89, 0x20, 0xea, 0x20, 0x3f]))).toBe(true);
  });

  it('prints nothing and ends well when nothing matches', () => {
    expect(run(cmd(), 'wevtutil qe Security /q:*[System[EventID=1]] /uni:true')).toMatchObject({
      out: '',
      exitCode: 0,
    });
  });

  it('tells how many records a channel holds and which is the oldest', () => {
    const windows = cmd();
    fail(windows);
    const { out } = run(windows, 'wevtutil gli Security');
    expect(out).toMatch(/^numberOfLogRecords: 2\r$/m);
    const oldest = windows.log('Security')?.events()[0]?.recordId;
    expect(out).toContain(`oldestRecordNumber: ${oldest}\r\n`);
  });

  it.each([
    ['wevtutil qe Nope', 15007],
    ['wevtutil gli Nope', 15007],
    ['wevtutil qe Security "/q:*[System[EventID=]]"', 15001],
    ['wevtutil qe Security /c:many', 87],
    ['wevtutil qe Security /nonsense:1', 87],
    ['wevtutil qe', 87],
    ['wevtutil fly Security', 87],
  ])('%s ends with %i under cmd and 1 under PowerShell', (line, code) => {
    expect(run(cmd(), line)).toMatchObject({ out: '', exitCode: code });
    expect(run(powershell(), line)).toMatchObject({ out: '', exitCode: 1 });
  });

  it('refuses a denied channel with 5, and tells so when asked for the code itself', () => {
    const windows = powershell();
    windows.denied.add('Security');
    expect(run(windows, 'wevtutil qe Security').exitCode).toBe(1);
    const script = "# Lockwatch: read channel status\n$null = wevtutil qe 'Security' /c:1 /f:xml\n";
    expect(answerOf(run(windows, encoded(script)).out)).toEqual({ ok: true, value: { code: 5 } });
  });
});

describe('scripts on a practice instance', () => {
  it('answers what Windows would, with CLIXML on standard error', () => {
    const windows = cmd();
    fail(windows);
    const accounts = run(windows, encoded('# Lockwatch: read accounts\r\nwhatever'));
    expect(accounts.err).toMatch(/^#< CLIXML/);
    expect(answerOf(accounts.out)).toMatchObject({
      ok: true,
      value: {
        accounts: [
          {
            name: 'alice',
            sid: expect.stringMatching(/^S-1-5-21-.*-1001$/),
            locked: false,
            badPasswordAttempts: 1,
          },
          { name: 'Administrator', sid: expect.stringMatching(/-500$/), disabled: false },
        ],
      },
    });
    const policy = answerOf(run(windows, encoded('# Lockwatch: read policy\n')).out);
    expect(policy).toMatchObject({ value: { inf: expect.stringContaining('LockoutBadCount = 3') } });
    const facts = answerOf(run(windows, encoded('# Lockwatch: read facts\n')).out);
    expect(facts).toMatchObject({
      value: {
        computer: 'LAB-TEST',
        utc: '134169138000000000',
        elevated: true,
        clientAddress: '127.0.0.1',
      },
    });
  });

  it('denies policy and auditing to a session without administrator rights', () => {
    for (const name of ['read policy', 'read auditing']) {
      const answer = answerOf(
        run(cmd(), encoded(`# Lockwatch: ${name}\n`), { ...RIGHTS, elevated: false }).out,
      );
      expect(answer).toMatchObject({ ok: false, code: 5 });
    }
  });

  it('takes a script on standard input as well', () => {
    const { out } = run(
      powershell(),
      'powershell -NoProfile -Command -',
      RIGHTS,
      '# Lockwatch: read auditing\n',
    );
    expect(answerOf(out)).toMatchObject({
      value: { settings: { '0cce9215-69ae-11d9-bed3-505054503030': 3 } },
    });
  });

  it('does not know other scripts, and says so as PowerShell does', () => {
    const { out, err, exitCode } = run(cmd(), encoded('Get-Secrets -All'));
    expect([out, exitCode]).toEqual(['', 1]);
    expect(err).toContain('<S S="Error">Get-Secrets : The term');
  });

  it('refuses what is not Base64 of UTF-16', () => {
    expect(run(cmd(), 'powershell -EncodedCommand %%%').exitCode).toBe(1);
    expect(run(cmd(), 'powershell -EncodedCommand').exitCode).toBe(1);
  });
});

describe('the default shell of a practice instance', () => {
  it('expands the probe as each shell does', () => {
    expect(run(cmd(), 'echo lockwatch-shell %OS% $PSHOME').out).toBe(
      'lockwatch-shell Windows_NT $PSHOME\r\n',
    );
    expect(run(powershell(), 'echo lockwatch-shell %OS% $PSHOME').out).toBe(
      'lockwatch-shell\r\n%OS%\r\nC:\\Windows\\System32\\WindowsPowerShell\\v1.0\r\n',
    );
  });

  it('does not know other programs, each in its own words', () => {
    expect(run(cmd(), 'uname -a')).toMatchObject({
      err: "'uname' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
      exitCode: 1,
    });
    expect(run(powershell(), 'uname -a').err).toContain("The term 'uname' is not recognized");
    expect(run(cmd(), 'constructor').exitCode).toBe(1);
  });

  it('refuses a line that cmd would refuse for its length', () => {
    expect(run(cmd(), `wevtutil qe Security ${'x'.repeat(8200)}`).err).toBe(
      'The command line is too long.\r\n',
    );
  });

  it('splits words at blanks outside quotes', () => {
    expect(splitCommandLine(`a "b  c"d '' e`, false)).toEqual(['a', 'b  cd', "''", 'e']);
    expect(splitCommandLine(`a 'b c' ''`, true)).toEqual(['a', 'b c', '']);
  });

  it('survives whatever a client sends', () => {
    const machines = [cmd(), powershell()];
    const programs = ['', 'wevtutil qe Security ', 'wevtutil gli ', 'powershell -enc ', 'echo ', '"'];
    const line = fc
      .tuple(fc.constantFrom(...programs), fc.string({ unit: 'binary' }))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(line, fc.constantFrom(...machines), (text, windows) => {
        const answer = runCommand(windows, RIGHTS, text, text);
        expect(Number.isInteger(answer.exitCode)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
