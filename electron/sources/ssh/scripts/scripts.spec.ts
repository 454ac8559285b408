import { describe, expect, it } from 'vitest';
import { readAccountsScript } from './read-accounts';
import { readAuditingScript } from './read-auditing';
import { readChannelStatusScript } from './read-channel-status';
import { readFactsScript } from './read-facts';
import { readPolicyScript } from './read-policy';
import { scriptCommand, singleQuoted } from './script';

const scripts = [
  readFactsScript,
  readPolicyScript,
  readAccountsScript,
  readAuditingScript,
  readChannelStatusScript('Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational'),
];

describe.each(scripts)('$name', ({ name, text }) => {
  it('names itself in its first line and is small enough for a command line', () => {
    expect(text.split('\n')[0]).toBe(`# Lockwatch: ${name}`);
    expect(text.length).toBeLessThan(3000);
    expect(scriptCommand({ name, text }).length).toBeLessThan(8191);
  });

  it('is plain ASCII, balanced, and removes the files that it makes', () => {
    expect(text).toMatch(/^[\n -~]*$/);
    const outside = text.replace(/'[^']*'/g, '');
    for (const [open, close] of ['{}', '()', '[]'] as const) {
      expect(outside.split(open ?? '')).toHaveLength(outside.split(close ?? '').length);
    }
    if (text.includes('GetTempPath')) expect(text).toMatch(/finally \{ Remove-Item -LiteralPath \$file/);
  });

  it('comes through as a command line that neither shell would change', () => {
    const line = scriptCommand({ name, text });
    const encoded = /^powershell -NoProfile -NonInteractive -EncodedCommand ([A-Za-z0-9+/=]+)$/.exec(
      line,
    )?.[1];
    expect(Buffer.from(encoded ?? '', 'base64').toString('utf16le')).toBe(text);
  });
});

describe('singleQuoted', () => {
  it('doubles every character that PowerShell takes for a single quote', () => {
    expect(singleQuoted("a'b")).toBe("'a''b'");
    expect(singleQuoted('\u2018\u2019\u201a\u201b')).toBe(
      "'\u2018\u2018\u2019\u2019\u201a\u201a\u201b\u201b'",
    );
    expect(singleQuoted('$x `n "y"')).toBe('\'$x `n "y"\'');
  });

  it('cannot be left by what is inside', () => {
    const { text } = readChannelStatusScript("x'; Remove-Item C:\\ -Recurse; '");
    expect(text).toContain("wevtutil qe 'x''; Remove-Item C:\\ -Recurse; ''' /c:1");
  });
});
