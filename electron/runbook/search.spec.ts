import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunbookHit } from '../../shared/runbook-contract';
import { createRunbookLibrary } from './library';

const library = createRunbookLibrary({
  readText: (path) => readFile(join(__dirname, '../../runbook', path), 'utf8'),
  languages: () => [],
});
const placeOf = (hit: RunbookHit | undefined): string =>
  hit === undefined ? 'nothing' : hit.anchor === null ? hit.pageId : `${hit.pageId}#${hit.anchor}`;
const first = async (text: string): Promise<string> => placeOf((await library.search(text))[0]);

describe('the first hit of a search', () => {
  it.each([
    // Error texts, as they are read off the screen.
    [
      'The user account has been locked because there were too many logon attempts or password change attempts.',
      'client-errors',
    ],
    [
      'As a security precaution, the user account has been locked because there were too many logon attempts',
      'client-errors',
    ],
    ['referenced account is currently locked out', 'client-errors'],
    ['CredSSP encryption oracle remediation', 'client-errors'],
    ['ERRCONNECT_ACCOUNT_LOCKED_OUT', 'client-errors#freerdp-xfreerdp-wlfreerdp'],
    ['0xd07', 'client-errors'],
    ['0x207', 'client-errors#0x207-on-macos'],
    ['InvalidPassword.Malformed', 'reset-password'],
    // Events and codes, in every notation.
    ['4740', 'events#4740'],
    ['event 4625', 'events#4625'],
    ['4767', 'events#4767'],
    ['1102', 'events#1102'],
    ['1149', 'events#1149'],
    ['0xC0000234', 'status-codes#0xc0000234'],
    ['0xc0000234', 'status-codes#0xc0000234'],
    ['C0000234', 'status-codes#0xc0000234'],
    ['3221226036', 'status-codes#0xc0000234'],
    ['-1073741260', 'status-codes#0xc0000234'],
    ['0xC000006A', 'status-codes#0xc000006a'],
    ['3221225578', 'status-codes#0xc000006a'],
    ['0x00000018', 'status-codes#0x18'],
    ['STATUS_ACCOUNT_LOCKED_OUT', 'status-codes#0xc0000234'],
    ['logon type 10', 'logon-types#10'],
    ['%%2313', 'logon-types#2313'],
    ['KDC_ERR_CLIENT_REVOKED', 'status-codes#0x12'],
    // What an admin wants, or complains of.
    ['unlock', 'unlock-without-console'],
    ['lost everything', 'lost-everything'],
    ['I have lost RDP, SSH and VNC', 'lost-everything'],
    ['the whole fleet is locked', 'whole-fleet-locked'],
    ['4740 caller empty', 'find-the-source'],
    ['forgot password', 'reset-password'],
    ['dynamic ip', 'changing-address'],
    ['locks again after unlocking', 'relock'],
    ['glossary', 'glossary'],
    ['what is NLA', 'nla'],
    ['disable NLA', 'nla'],
    ['block port 3389', 'step-isolate'],
    ['where is the console', 'console-paths'],
    ['proxmox', 'console-paths'],
    ['why is it unknown', 'what-lockwatch-cannot-know'],
    ['default threshold', 'policy'],
    ['what threshold should I use', 'policy-trade-off'],
    ['no 4625 events', 'auditing'],
    ['password history', 'previous-passwords'],
    ['PDC emulator', 'domain-accounts'],
    ['0CCE9215-69AE-11D9-BED3-505054503030', 'auditing'],
    // Commands.
    ['Unlock-ADAccount', 'unlock-without-console'],
    ['net user /active:yes', 'unlock-without-console'],
    ['IsAccountLocked', 'unlock-without-console'],
    ['lockoutTime=0', 'unlock-without-console'],
    ['auditpol', 'auditing'],
    ['net accounts', 'policy'],
    ['cmdkey', 'commands#passwords-that-are-kept'],
    // While it is being typed, and mistyped.
    ['unloc', 'unlock-without-console'],
    ['isolat', 'isolation'],
    ['certifcate changed', 'rdp-proof'],
    ['remmna', 'client-errors'],
  ])('%s', async (text, place) => {
    const found = await first(text);
    expect(place.includes('#') ? found : found.split('#')[0]).toBe(place);
  });
});

describe('a search', () => {
  it('finds nothing for nothing', async () => {
    for (const text of ['', '   ', '?!…', '\u0000']) expect(await library.search(text)).toEqual([]);
  });

  it('does not let words that are only alike push aside those that are there', async () => {
    const hits = await library.search('4740');
    expect(
      hits.slice(0, 3).every(({ excerpt }) => excerpt.some(({ hit, text }) => hit && text === '4740')),
    ).toBe(true);
  });

  it('shows a stretch of the text with what was searched for marked, whole when put together', async () => {
    const [hit] = await library.search('3221226036');
    expect(hit?.excerpt.filter((piece) => piece.hit).map(({ text }) => text)).toEqual(['0xC0000234']);
    expect(hit?.excerpt.map(({ text }) => text).join('')).toContain('STATUS_ACCOUNT_LOCKED_OUT');
    expect(hit?.title).toBe('Status codes of failed sign-ins');
    expect(hit?.heading).toBe('NTSTATUS, in 4625 and 4776');
  });

  it('shows the symptom where only the symptom says it', async () => {
    const [hit] = await library.search('could not connect to the remote PC because locked sign in');
    expect(hit?.excerpt.some((piece) => piece.hit)).toBe(true);
  });

  it('finds in 10,000 characters what they are about', async () => {
    const noise = 'Lorem ipsum dolor sit amet consetetur sadipscing elitr '.repeat(180);
    const text = `${noise.slice(0, 5000)} An account failed to log on. SubStatus: 0xC0000234 ${noise.slice(0, 4900)}`;
    expect(text.length).toBeGreaterThan(9900);
    expect(await first(text)).toBe('status-codes#0xc0000234');
  });

  it.each([
    'a'.repeat(10_000),
    '(('.repeat(5000),
    '0x'.repeat(5000),
    '-1 '.repeat(3300),
    '\u{1F512}'.repeat(5000),
  ])('takes anything that can be typed (%#)', async (text) => {
    expect(Array.isArray(await library.search(text))).toBe(true);
  });

  it('shows at most three places of a page', async () => {
    const counts = new Map<string, number>();
    for (const { pageId } of await library.search('account'))
      counts.set(pageId, (counts.get(pageId) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(3);
  });
});
