import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bindLogon } from '../samba/logons';
import { ADMIN_PASSWORD, type Provisioned } from '../samba/provision';

/** What a controller told the caller. Kerberos says `revoked` where the others tell locked from disabled. */
export type Answer = 'success' | 'wrongPassword' | 'lockedOut' | 'disabled' | 'revoked' | 'notPermitted';

export interface SamrCounts {
  readonly raw: number;
  readonly effective: number;
  readonly locked: boolean;
}

/** Real attempts, each a connection of its own; one after the other, so several are opened to work side by side. */
export interface Attempts {
  bind(user: string, password: string): Promise<Answer>;
  ntlm(user: string, password: string): Promise<Answer>;
  kerberos(user: string, password: string): Promise<Answer>;
  ldapChange(user: string, old: string, fresh: string): Promise<Answer>;
  samrChange(user: string, old: string, fresh: string): Promise<Answer>;
  samrCounts(user: string): Promise<SamrCounts>;
  samrUnlock(user: string): Promise<void>;
  /** The SAM's own way to set the policy (ticks); what it answered as an NTSTATUS in hexadecimal. */
  samrPolicy(threshold: number, windowTicks: bigint, durationTicks: bigint): Promise<string>;
  /** Writes attributes that only the controller writes, past its checks, in their order: a state to begin from. */
  store(user: string, values: Readonly<Record<string, string>>): Promise<void>;
  /** Where each of these passwords stands in the history that the controller keeps: 0 the present one, null nowhere. */
  remembered(user: string, passwords: readonly string[]): Promise<readonly (number | null)[]>;
  close(): Promise<void>;
}

const BIND: Readonly<Record<string, Answer>> = {
  success: 'success',
  wrongPassword: 'wrongPassword',
  lockedOut: 'lockedOut',
  disabled: 'disabled',
};
type Rules = readonly [RegExp, Answer][];
const NTLM: Rules = [
  [/^00000000$/, 'success'],
  [/^C000006[AD]$/, 'wrongPassword'],
  [/^C0000234$/, 'lockedOut'],
  [/^C0000072$/, 'disabled'],
];
const KERBEROS: Rules = [
  [/^ok$/, 'success'],
  [/Preauthentication failed/, 'wrongPassword'],
  [/credentials have been revoked/, 'revoked'],
];
const LDAP_CHANGE: Rules = [
  [/^ok$/, 'success'],
  [/<00000056:/, 'wrongPassword'],
  [/<00000775:/, 'lockedOut'],
];
const SAMR_CHANGE: Rules = [
  [/^ok$/, 'success'],
  [/NT_STATUS_WRONG_PASSWORD/, 'wrongPassword'],
  [/NT_STATUS_ACCOUNT_LOCKED_OUT/, 'lockedOut'],
  [/NT_STATUS_ACCOUNT_DISABLED/, 'disabled'],
];

function answerIn(rules: Rules, text: string): Answer {
  const found = rules.find(([pattern]) => pattern.test(text));
  if (!found) throw new Error(`an answer that is not known here: ${text}`);
  return found[1];
}

/** `within`: a command and its arguments before Python's, as `ip netns exec NAME`. */
export async function openAttempts(dc: Provisioned, within: readonly string[] = []): Promise<Attempts> {
  const kerberosConfig = join(dc.folder, 'krb5-attempts.conf');
  await writeFile(
    kerberosConfig,
    `[libdefaults]\n default_realm = ${dc.realm}\n dns_lookup_kdc = false\n dns_lookup_realm = false\n udp_preference_limit = 1\n[realms]\n ${dc.realm} = {\n  kdc = tcp/${dc.address}\n }\n`,
  );
  const given = {
    config: dc.config,
    folder: dc.folder,
    address: dc.address,
    domain: dc.domain,
    realm: dc.realm,
    adminPassword: ADMIN_PASSWORD,
    kerberosConfig,
  };
  const [command = '/usr/bin/python3', ...before] = [...within, '/usr/bin/python3'];
  const child: ChildProcess = spawn(
    command,
    [...before, join(__dirname, 'attempts.py'), JSON.stringify(given)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('no pipes');
  const waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the attempts helper has ended'));
  });
  createInterface({ input: stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as { ok?: unknown; failed?: string };
    const next = waiting.shift();
    if (answer.failed === undefined) next?.resolve(answer.ok);
    else next?.reject(new Error(answer.failed));
  });
  const next = <T>(): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ resolve: (value) => resolve(value as T), reject });
    });
  const ask = <T>(request: Record<string, unknown>): Promise<T> => {
    const answered = next<T>();
    stdin.write(`${JSON.stringify(request)}\n`);
    return answered;
  };
  await next();
  return {
    async bind(user, password) {
      const { result, text } = await bindLogon(dc, user, password);
      const answer = BIND[result];
      if (answer === undefined) throw new Error(`an answer that is not known here: ${text}`);
      return answer;
    },
    ntlm: async (user, password) => answerIn(NTLM, await ask<string>({ do: 'ntlm', user, password })),
    kerberos: async (user, password) =>
      answerIn(KERBEROS, await ask<string>({ do: 'kerberos', user, password })),
    ldapChange: async (user, old, fresh) =>
      answerIn(LDAP_CHANGE, await ask<string>({ do: 'ldapChange', user, old, new: fresh })),
    samrChange: async (user, old, fresh) =>
      answerIn(SAMR_CHANGE, await ask<string>({ do: 'samrChange', user, old, new: fresh })),
    samrCounts: (user) => ask({ do: 'samrCounts', user }),
    samrUnlock: async (user) => void (await ask({ do: 'samrUnlock', user })),
    samrPolicy: (threshold, windowTicks, durationTicks) =>
      ask({
        do: 'samrPolicy',
        threshold,
        windowTicks: Number(windowTicks),
        durationTicks: Number(durationTicks),
      }),
    store: async (user, values) => void (await ask({ do: 'store', user, values })),
    remembered: (user, passwords) => ask({ do: 'remembered', user, passwords }),
    async close() {
      stdin.end();
      await ended;
    },
  };
}
