import type { AuditFlags, WindowsInstance } from '../windows/instance';
import { SECURITY } from '../windows/security-events';
import { inspectLocalAccount, noDirectory, unlockLocalAccount } from './unlock-scripts';
import { wevtutil } from './wevtutil';

/** What the SSH session may do on the instance. */
export interface Rights {
  readonly elevated: boolean;
  /** Who is signed in. */
  readonly user: string;
}

export type Answer = { ok: true; value: Record<string, unknown> } | { ok: false; code: number; kind: string };

const value = (fields: Record<string, unknown>): Answer => ({ ok: true, value: fields });
const denied = (kind: string): Answer => ({ ok: false, code: 5, kind });

/** The practice estate is reached over loopback only. */
const CLIENT_ADDRESS = '127.0.0.1';
const FILETIME_EPOCH = 116_444_736_000_000_000n;
const SUBCATEGORIES = {
  logon: '0cce9215-69ae-11d9-bed3-505054503030',
  accountLockout: '0cce9217-69ae-11d9-bed3-505054503030',
  userAccountManagement: '0cce9235-69ae-11d9-bed3-505054503030',
  credentialValidation: '0cce923f-69ae-11d9-bed3-505054503030',
} as const;

const setting = ({ success, failure }: AuditFlags) => (success ? 1 : 0) + (failure ? 2 : 0);

/** The [System Access] section that secedit exports: minutes, -1 for "until an admin unlocks" (R2). */
function policyInf(windows: WindowsInstance): string {
  const { threshold, windowMinutes, durationMinutes, lockoutAdmins } = windows.sam.policy;
  const lines = [
    '[System Access]',
    'MinimumPasswordAge = 0',
    'MaximumPasswordAge = 42',
    `LockoutBadCount = ${threshold}`,
  ];
  if (threshold > 0) {
    lines.push(`ResetLockoutCount = ${windowMinutes}`);
    lines.push(`LockoutDuration = ${durationMinutes === 0 ? -1 : durationMinutes}`);
  }
  lines.push(
    `AllowAdministratorLockout = ${lockoutAdmins ? 1 : 0}`,
    'NewAdministratorName = "Administrator"',
  );
  return lines.join('\n');
}

const readers: Record<string, (windows: WindowsInstance, rights: Rights, text: string) => Answer> = {
  'read facts': (windows, rights) =>
    value({
      computer: windows.computer,
      system: windows.system,
      domain: null,
      domainRole: 2,
      elevated: rights.elevated,
      clientAddress: CLIENT_ADDRESS,
      utc: (BigInt(Math.round(windows.now() * 10_000)) + FILETIME_EPOCH).toString(),
    }),
  'read policy': (windows, rights) =>
    rights.elevated ? value({ inf: policyInf(windows) }) : denied('secedit'),
  'read accounts': (windows) => {
    const now = windows.now();
    const accounts = windows.sam.accounts().map((account) => ({
      name: account.name,
      sid: windows.sidOf(account.rid),
      locked: windows.sam.isLocked(account, now),
      disabled: account.disabled,
      badPasswordAttempts: account.badPasswordCount,
    }));
    return value({ accounts });
  },
  'read auditing': (windows, rights) => {
    if (!rights.elevated) return denied('auditpol');
    const { audit } = windows;
    return value({
      settings: {
        [SUBCATEGORIES.logon]: setting(audit.logon),
        [SUBCATEGORIES.accountLockout]: setting(audit.accountLockout),
        [SUBCATEGORIES.userAccountManagement]: setting(audit.userAccountManagement),
        [SUBCATEGORIES.credentialValidation]: setting(audit.credentialValidation),
      },
    });
  },
  'read channel status': (windows, _rights, text) => {
    const channel = /wevtutil qe '((?:[^']|'')*)'/.exec(text)?.[1]?.replaceAll("''", "'") ?? SECURITY;
    return value({ code: wevtutil(windows, ['qe', channel, '/c:1', '/f:xml']).exitCode });
  },
};

const programs: typeof readers = {
  ...readers,
  'inspect local account': inspectLocalAccount,
  'unlock local account': unlockLocalAccount,
  'inspect domain account': noDirectory,
  'unlock domain account': noDirectory,
};

/** The name in a script's first line, if it is one that this machine knows how to answer. */
export function answerScript(windows: WindowsInstance, rights: Rights, text: string): Answer | undefined {
  const name = /^\uFEFF?# Lockwatch: ([a-z ]+?)\s*$/m.exec(text.split('\n', 1)[0] ?? '')?.[1];
  const program = name !== undefined && Object.hasOwn(programs, name) ? programs[name] : undefined;
  return program?.(windows, rights, text);
}
