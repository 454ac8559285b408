import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { userFilter } from './ldap-filter';
import { readAccountsScript } from './read-accounts';
import { readAuditingScript } from './read-auditing';
import { readChannelStatusScript } from './read-channel-status';
import { readFactsScript } from './read-facts';
import { readPolicyScript } from './read-policy';
import { type Script, scriptCommand, singleQuoted } from './script';
import { isScriptAccount, type ScriptAccount } from './unlock-argument';
import { inspectDomainScript, unlockDomainScript } from './unlock-domain';
import { inspectLocalScript, unlockLocalScript } from './unlock-local';

const scripts = [
  readFactsScript,
  readPolicyScript,
  readAccountsScript,
  readAuditingScript,
  inspectLocalScript({ name: 'alice', sid: 'S-1-5-21-1-2-3-1001' }),
  unlockLocalScript({ name: 'alice', sid: null }),
  inspectDomainScript({ name: 'alice', sid: null }),
  unlockDomainScript({ name: 'alice', sid: 'S-1-5-21-1-2-3-1001' }),
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

const aboutAccounts: readonly ((account: ScriptAccount) => Script)[] = [
  inspectLocalScript,
  unlockLocalScript,
  inspectDomainScript,
  unlockDomainScript,
];
/** What the script would read its argument as. */
const argumentOf = (text: string): unknown =>
  JSON.parse(
    Buffer.from(/FromBase64String\('([A-Za-z0-9+/=]*)'\)/.exec(text)?.[1] ?? '', 'base64').toString('utf8'),
  );
const longestSid = 'S-1-5-21-4294967295-4294967295-4294967295-4294967295';

describe.each(aboutAccounts)('%o with an account', (make) => {
  const plain = make({ name: 'alice', sid: null }).text;

  it.each([
    "o'brien",
    '\u2019; Remove-Item C:\\ -Recurse; \u2019',
    '$(calc)',
    '`n"x"',
    'M\u00fcller-L\u00fcdenscheidt',
    '\u7ba1\u7406\u5458',
    '\u202eevil',
    'a b',
    'a,b/c;d',
    '%USERNAME%&whoami',
    '*)(objectClass=*',
  ])('takes %j as a value and changes nothing else', (name) => {
    const { text } = make({ name, sid: null });
    expect(argumentOf(text)).toMatchObject({ name, sid: null });
    const withoutArgument = (script: string) => script.replace(/FromBase64String\('[^']*'\)/, '');
    expect(withoutArgument(text)).toBe(withoutArgument(plain));
  });

  it('fits into a command line and stays ASCII, whatever the account is called', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
    const hard = fc.string({
      unit: fc.constantFrom('\\', '"', '*', '\u7ba1', '\u{1f600}'),
      minLength: 30,
      maxLength: 32,
    });
    fc.assert(
      fc.property(fc.oneof(name, hard), fc.constantFrom(null, longestSid), (one, sid) => {
        fc.pre(isScriptAccount({ name: one, sid }));
        const made = make({ name: one, sid });
        expect(argumentOf(made.text)).toMatchObject({ name: one, sid });
        expect(made.text).toMatch(/^[\n -~]*$/);
        expect(scriptCommand(made).length).toBeLessThan(8191);
      }),
    );
  });
});

describe('an account for a script', () => {
  it('is refused when it cannot be one', () => {
    const sid = 'S-1-5-21-1-2-3-1001';
    expect(isScriptAccount({ name: 'alice', sid })).toBe(true);
    for (const name of ['', 'x'.repeat(33), 'a\nb', 'a\u0000', '\ud800']) {
      expect(isScriptAccount({ name, sid: null })).toBe(false);
    }
    for (const bad of ['S-1-5-18', 'S-1-5-21-1-2-3', `${sid}-4`, `${sid})(x=*`, "S-1-5-21-1-2-3-1'", '']) {
      expect(isScriptAccount({ name: 'alice', sid: bad })).toBe(false);
    }
  });

  it('is found in a directory by its SID, else by its name, and by nothing that it is called', () => {
    expect(userFilter({ name: 'x', sid: 'S-1-5-21-1-2-258-500' })).toBe(
      '(&(sAMAccountType=805306368)(objectSid=\\01\\05\\00\\00\\00\\00\\00\\05\\15\\00\\00\\00\\01\\00\\00\\00\\02\\00\\00\\00\\02\\01\\00\\00\\f4\\01\\00\\00))',
    );
    expect(userFilter({ name: '*)(cn=\\*', sid: null })).toBe(
      '(&(sAMAccountType=805306368)(sAMAccountName=\\2a\\29\\28cn=\\5c\\2a))',
    );
    expect(userFilter({ name: 'M\u00fcller \u7ba1', sid: null })).toContain(
      '(sAMAccountName=M\u00fcller \u7ba1)',
    );
  });
});
