import type { UnlockMethod } from '../../../../electron/lockout/account';

export type LogonRoute = 'bind' | 'ntlm' | 'kerberos';
export type ChangeRoute = 'ldap' | 'samr';
/** `old: 1` is the password before the present one. */
export type Secret = 'right' | 'wrong' | { readonly old: number };

/** Seconds; a duration of null is until an admin unlocks. */
export interface PolicySeconds {
  readonly threshold?: number;
  readonly windowSeconds?: number;
  readonly durationSeconds?: number | null;
  readonly history?: number;
}

/** One thing that is done to one account, or to the policy that governs it, from outside. */
export type Step =
  | { readonly do: 'logon'; readonly route: LogonRoute; readonly password: Secret }
  | { readonly do: 'change'; readonly route: ChangeRoute; readonly old: Secret }
  | { readonly do: 'unlock'; readonly method: UnlockMethod }
  | { readonly do: 'reset' }
  /** Writes userAccountControl whole, as most tools do. */
  | { readonly do: 'enable'; readonly enabled: boolean }
  /** Writes the lock's bit into userAccountControl. */
  | { readonly do: 'lockBit' }
  | { readonly do: 'policy'; readonly values: PolicySeconds }
  /** `shift` moves the stored times back instead of waiting. */
  | { readonly do: 'wait'; readonly seconds: number; readonly by: 'shift' | 'clock' };

export function nameOf(step: Step): string {
  const secret = (value: Secret): string => (typeof value === 'string' ? value : `N-${value.old}`);
  switch (step.do) {
    case 'logon':
      return `${step.route} logon with the ${secret(step.password)} password`;
    case 'change':
      return `${step.route} password change with the ${secret(step.old)} password`;
    case 'unlock':
      return `unlock by ${step.method}`;
    case 'reset':
      return 'password reset';
    case 'enable':
      return step.enabled ? 'enable' : 'disable';
    case 'lockBit':
      return "userAccountControl with the lock's bit";
    case 'policy':
      return `policy ${JSON.stringify(step.values)}`;
    case 'wait':
      return `wait ${step.seconds} s (${step.by})`;
  }
}
