import { z } from 'zod';

/** The schema of a lockout case: what is read of it. Further keys are notes for people. */

const VIAS = [
  'logon',
  'ntlm_network',
  'kerberos',
  'samlogon_network',
  'samlogon_interactive',
  'ldap_password_change',
  'samr_password_change',
  'kerberos_pre_history_check',
] as const;
const RESULTS = [
  'success',
  'wrong_password',
  'locked_out',
  'account_disabled',
  'no_op',
  'invalid_parameter',
] as const;

const number = z.number();
const policy = z.object({
  threshold: number.nullish(),
  observation_window_s: number.nullish(),
  lockout_duration_s: number.nullish(),
  source: z.enum(['domain', 'pso', 'local']).optional(),
  password_history_length: number.nullish(),
  lockout_admins: z.boolean().nullish(),
  lockoutDuration_raw: z.union([number, z.string()]).nullish(),
});

const result = z.enum(RESULTS);
/** Results of attempts that arrive together: one each, or how many of each. */
const results = z.union([z.array(result), z.partialRecord(result, number)]);

const step = z.object({
  t: number.optional(),
  action: z.enum([
    'bad_password',
    'good_password',
    'old_password',
    'user_password_change',
    'admin_password_reset',
    'admin_unlock',
    'set_uac_lockout_bit',
    'enable_account',
    'policy_change',
    'set_policy',
    'concurrent_bad_password',
    'wait',
  ]),
  via: z.enum(VIAS).optional(),
  result: result.nullish(),
  results: results.optional(),
  n: number.optional(),
  count: number.optional(),
  seconds: number.optional(),
  old_password: z.enum(['correct', 'wrong']).optional(),
  method: z.enum(['ldap_lockoutTime', 'ldap_userAccountControl', 'samr']).optional(),
  policy: policy.optional(),
});

const change = z.enum(['advanced', 'unchanged', 'zero', 'any']).optional();
const relative = z.string().regex(/^(zero|past|recent|absent|any|t=[+-]?\d+(\.\d+)?s)$/);

export const caseSchema = z.object({
  id: z.string().min(1),
  description: z.string().optional(),
  superseded: z.unknown().optional(),
  policy,
  account: z.object({
    kind: z.string(),
    enabled: z.boolean().optional(),
    rid: number.optional(),
  }),
  initial: z.object({
    badPwdCount: number,
    badPasswordTime: relative.optional(),
    lockoutTime: relative.optional(),
    lastLogon: relative.optional(),
    logonCount: number.optional(),
    pwdLastSet: relative.optional(),
  }),
  steps: z.array(step),
  expect: z.object({
    badPwdCount: number.optional(),
    effectiveBadPwdCount: number.optional(),
    locked: z.boolean().optional(),
    lockoutTime: z.enum(['absent', 'zero', 'set_now', 'unchanged', 'any']).optional(),
    badPasswordTime: change,
    lastLogon: change,
    logonCount: change,
    policy_changed: z.boolean().optional(),
  }),
});

export type Case = z.infer<typeof caseSchema>;
export type Step = Case['steps'][number];
export type CasePolicy = z.infer<typeof policy>;
export type CaseResult = (typeof RESULTS)[number];
export type Via = (typeof VIAS)[number];

const located = z.object({
  steps: z.array(z.object({ at: z.unknown().optional() })).optional(),
  expect: z.object({ view: z.unknown().optional() }).optional(),
});

/** Why a case is out of scope: it speaks of two authorities (RODC and writable DC). Null: it is in scope. */
export function outOfScope(value: unknown): string | null {
  const read = located.safeParse(value);
  if (!read.success) return null;
  const places = (read.data.steps ?? []).map((s) => s.at).filter((at) => at !== undefined);
  if (places.length > 0) return `two authorities: steps at ${[...new Set(places)].join(', ')}`;
  const view = read.data.expect?.view;
  return view === undefined ? null : `two authorities: the outcome is seen from ${String(view)}`;
}
