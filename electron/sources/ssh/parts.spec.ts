import { describe, expect, it } from 'vitest';
import { findAgent } from './agent';
import { errorIdOf, errorLines } from './clixml';
import { clockDifference } from './clock-difference';
import { infSection } from './inf';
import { createKeyRing, type KeyParser } from './key-ring';
import { forwardError, networkError } from './net-errors';
import { shellFromProbe } from './shell-probe';
import { Slots } from './slots';
import { wevtutilError, windowsError } from './windows-errors';

describe('shellFromProbe', () => {
  it.each([
    ['lockwatch-shell Windows_NT $PSHOME\r\n', 'cmd'],
    [
      'Welcome\r\nlockwatch-shell\r\n%OS%\r\nC:\\Windows\\System32\\WindowsPowerShell\\v1.0\r\n',
      'powershell',
    ],
    ['lockwatch-shell\r\n%OS%\r\nC:\\Program Files\\PowerShell\\7\r\n', 'powershell'],
    ['lockwatch-shell %OS%\n', 'other'],
    ['lockwatch-shell', 'other'],
    ['', 'silent'],
    ['Access denied', 'silent'],
  ])('%o is %s', (output, expected) => {
    expect(shellFromProbe(output)).toBe(expected);
  });
});

describe('errorLines', () => {
  it('keeps the errors of CLIXML, decoded, and drops progress', () => {
    const clixml =
      '#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj S="progress" RefId="0"><MS><PR N="Record"><AV>Preparing</AV></PR></MS></Obj><S S="Error">secedit : &lt;denied&gt; _x000D__x000A_</S><S S="Error">    + FullyQualifiedErrorId : Denied,Microsoft.PowerShell_x000D__x000A_</S><S S="verbose">talk</S></Objs>';
    const lines = errorLines(`plain words\r\n${clixml}\r\nmore`);
    expect(lines).toEqual([
      'secedit : <denied>',
      '    + FullyQualifiedErrorId : Denied,Microsoft.PowerShell',
      'plain words',
      'more',
    ]);
    expect(errorIdOf(lines)).toBe('Denied,Microsoft.PowerShell');
  });

  it('takes an answer that was cut off, or is no CLIXML', () => {
    expect(errorLines('#< CLIXML\r\n<Objs><S S="Error">half_x000D__x000A_</S><S S="Err')).toEqual(['half']);
    expect(errorLines('')).toEqual([]);
    expect(errorIdOf(['nothing'])).toBeUndefined();
  });
});

describe('errors', () => {
  it.each([
    ['ENOTFOUND', 'net.nameNotFound'],
    ['EAI_AGAIN', 'net.nameNotFound'],
    ['ECONNREFUSED', 'net.refused'],
    ['ETIMEDOUT', 'net.timeout'],
    ['ECONNRESET', 'net.closed'],
    ['EHOSTUNREACH', 'net.unreachable'],
    ['ESOMETHING', 'net.unreachable'],
  ])('%s of the network is %s', (code, expected) => {
    expect(networkError(Object.assign(new Error('secret detail'), { code }), { host: 'h' })).toMatchObject({
      code: expected,
      params: { host: 'h' },
    });
  });

  it('understands a jump host', () => {
    const failure = (reason: number, text: string) => Object.assign(new Error(text), { reason });
    expect(forwardError(failure(1, 'open failed'), {}).code).toBe('ssh.forwardRefused');
    expect(forwardError(failure(2, 'Connection refused'), {}).code).toBe('net.refused');
    expect(forwardError(failure(2, 'Name or service not known'), {}).code).toBe('net.nameNotFound');
    expect(forwardError(failure(2, 'Connection timed out'), {}).code).toBe('net.timeout');
    expect(forwardError(failure(2, 'No route to host'), {}).code).toBe('net.unreachable');
    expect(forwardError('nonsense', {}).code).toBe('net.unreachable');
  });

  it.each([5, 1314, -2147024891, 0x80070005, -2147217405])('takes %i for access denied', (code) => {
    expect(windowsError('x', code).code).toBe('windows.accessDenied');
    expect(wevtutilError('x', code).code).toBe('windows.accessDenied');
  });

  it('knows a missing channel, and the rest by its number', () => {
    expect(wevtutilError('C', 15_007)).toMatchObject({
      code: 'windows.channelMissing',
      params: { channel: 'C' },
    });
    expect(windowsError('x', 87)).toMatchObject({ code: 'windows.commandFailed', params: { code: 87 } });
    expect(windowsError('x', null).code).toBe('windows.commandFailed');
  });
});

describe('findAgent', () => {
  it('asks the environment, then what Windows has', () => {
    expect(findAgent({ SSH_AUTH_SOCK: '/run/a' }, 'linux')).toBe('/run/a');
    expect(findAgent({}, 'linux')).toBeUndefined();
    expect(findAgent({}, 'win32', () => true)).toBe('\\\\.\\pipe\\openssh-ssh-agent');
    expect(findAgent({}, 'win32', () => false)).toBe('pageant');
  });
});

describe('infSection', () => {
  it('takes one section\u2019s lines, in whatever spacing', () => {
    const text =
      '[Unicode]\r\nA=1\r\n [system access] \r\nLockoutBadCount = 5\r\nName = "x y"\r\n;c\r\n[Version]\r\nLockoutBadCount=9\r\n';
    expect(infSection(text, 'System Access')).toEqual({ LockoutBadCount: '5', Name: 'x y' });
    expect(infSection('', 'System Access')).toEqual({});
  });
});

describe('clockDifference', () => {
  it('is taken from the middle of the round trip', () => {
    const epoch = 116_444_736_000_000_000n;
    expect(clockDifference(epoch + 70_000n * 10_000n, 9_000, 11_000)).toEqual({
      clockOffsetMs: 60_000,
      clockUncertaintyMs: 1_000,
    });
    expect(clockDifference(epoch, 500, 400).clockUncertaintyMs).toBe(0);
  });
});

describe('Slots', () => {
  it('lets a few through, the others in turn, and forgets who left', async () => {
    const slots = new Slots(1);
    const { signal } = new AbortController();
    const leaving = new AbortController();
    expect(await slots.take(signal)).toBe(true);
    const second = slots.take(leaving.signal);
    const third = slots.take(signal);
    leaving.abort();
    expect(await second).toBe(false);
    slots.release();
    expect(await third).toBe(true);
    slots.release();
    expect(await slots.take(signal)).toBe(true);
    expect(await slots.take(AbortSignal.abort())).toBe(false);
  });
});

describe('createKeyRing', () => {
  it('opens a key once for the same bytes and passphrase', async () => {
    let parsed = 0;
    let bytes = Buffer.from('one');
    const parseKey = (() => {
      parsed++;
      return { isPrivateKey: () => true };
    }) as unknown as KeyParser;
    const ring = createKeyRing(() => Promise.resolve(bytes));
    await ring.read('k', null, parseKey);
    await ring.read('k', null, parseKey);
    expect(parsed).toBe(1);
    await ring.read('k', 'other', parseKey);
    bytes = Buffer.from('two');
    await ring.read('k', null, parseKey);
    expect(parsed).toBe(3);
  });

  it('does not read what is too large to be a key', async () => {
    const ring = createKeyRing(() => Promise.resolve(Buffer.alloc(100_000)));
    const result = await ring.read('k', null, (() => new Error('never asked')) as unknown as KeyParser);
    expect(result).toMatchObject({ ok: false, error: { code: 'ssh.keyUnreadable', params: { path: 'k' } } });
  });
});
