import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, InvalidCredentialsError } from 'ldapts';
import type { Provisioned } from './provision';

/** What the controller answered. `other`: see the text. */
export interface LogonAnswer {
  readonly result:
    | 'success'
    | 'wrongPassword'
    | 'lockedOut'
    | 'disabled'
    | 'noSuchUser'
    | 'mustChange'
    | 'expired'
    | 'other';
  readonly text: string;
}

const SUB_CODES: readonly [RegExp, LogonAnswer['result']][] = [
  [/data 52e/i, 'wrongPassword'],
  [/data 775/i, 'lockedOut'],
  [/data 533/i, 'disabled'],
  [/data 525/i, 'noSuchUser'],
  [/data 773/i, 'mustChange'],
  [/data (532|701)/i, 'expired'],
];
const of = (text: string, rules: readonly [RegExp, LogonAnswer['result']][]): LogonAnswer => ({
  result: rules.find(([pattern]) => pattern.test(text))?.[1] ?? 'other',
  text: text.trim(),
});

/** A logon by LDAP simple bind, as `user@domain`. */
export async function bindLogon(
  { address, dnsDomain }: Provisioned,
  user: string,
  password: string,
): Promise<LogonAnswer> {
  const client = new Client({ url: `ldap://${address}`, timeout: 20_000, connectTimeout: 10_000 });
  try {
    await client.bind(user.includes('=') ? user : `${user}@${dnsDomain}`, password);
    return { result: 'success', text: '' };
  } catch (cause) {
    if (cause instanceof InvalidCredentialsError) return of(cause.message, SUB_CODES);
    throw cause;
  } finally {
    await client.unbind().catch(() => undefined);
  }
}

interface Ran {
  readonly code: number | null;
  readonly text: string;
}
function tool(command: string, args: readonly string[], input: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { env: { ...process.env, LC_ALL: 'C', ...env } });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

const KERBEROS: readonly [RegExp, LogonAnswer['result']][] = [
  [/Password incorrect|Preauthentication failed|Decrypt integrity check failed/i, 'wrongPassword'],
  // The one answer says locked, disabled and expired alike (0x12).
  [/credentials have been revoked|revoked/i, 'lockedOut'],
  [/not found in Kerberos database/i, 'noSuchUser'],
  [/Password has expired/i, 'mustChange'],
];

/** A Kerberos logon with `kinit`. Locked, disabled and expired accounts are all answered `lockedOut` (0x12). */
export async function kerberosLogon(dc: Provisioned, user: string, password: string): Promise<LogonAnswer> {
  const config = join(dc.folder, 'krb5-client.conf');
  await writeFile(
    config,
    `[libdefaults]\n default_realm = ${dc.realm}\n dns_lookup_kdc = false\n dns_lookup_realm = false\n udp_preference_limit = 1\n[realms]\n ${dc.realm} = {\n  kdc = ${dc.address}\n }\n`,
  );
  const { code, text } = await tool('kinit', ['-c', 'MEMORY:', `${user}@${dc.realm}`], `${password}\n`, {
    KRB5_CONFIG: config,
  });
  return code === 0 ? { result: 'success', text: '' } : of(text, KERBEROS);
}

const NTLM: readonly [RegExp, LogonAnswer['result']][] = [
  [/NT_STATUS_LOGON_FAILURE|NT_STATUS_WRONG_PASSWORD/, 'wrongPassword'],
  [/NT_STATUS_ACCOUNT_LOCKED_OUT/, 'lockedOut'],
  [/NT_STATUS_ACCOUNT_DISABLED/, 'disabled'],
  [/NT_STATUS_NO_SUCH_USER/, 'noSuchUser'],
  [/NT_STATUS_PASSWORD_MUST_CHANGE/, 'mustChange'],
  [/NT_STATUS_(PASSWORD|ACCOUNT)_EXPIRED/, 'expired'],
];

/** An NTLM network logon with `smbclient`; the controller must serve SMB (`smb: true`). */
export async function ntlmLogon(dc: Provisioned, user: string, password: string): Promise<LogonAnswer> {
  const { code, text } = await tool(
    'smbclient',
    [
      `//${dc.address}/IPC$`,
      '-U',
      `${dc.domain}\\${user}`,
      '--password',
      password,
      '--use-kerberos=off',
      '-c',
      'exit',
    ],
    '',
    {},
  );
  return code === 0 ? { result: 'success', text: '' } : of(text, NTLM);
}
