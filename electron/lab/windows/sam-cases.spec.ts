import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Sam } from './sam';

const caseSchema = z.object({
  id: z.string(),
  policy: z.object({
    threshold: z.number().nullable(),
    observation_window_s: z.number().nullish(),
    lockout_duration_s: z.number().nullish(),
    lockout_admins: z.boolean().optional(),
  }),
  account: z.object({
    kind: z.string(),
    enabled: z.boolean(),
    rid: z.number().optional(),
    password: z.string().optional(),
  }),
  initial: z.object({ badPwdCount: z.number(), badPasswordTime: z.string(), lockoutTime: z.string() }),
  steps: z.array(
    z.object({
      t: z.number(),
      action: z.string(),
      via: z.string().optional(),
      at: z.string().optional(),
      result: z.string().optional(),
      /** How long a wait takes. */
      seconds: z.number().optional(),
    }),
  ),
  expect: z.object({
    badPwdCount: z.number().optional(),
    effectiveBadPwdCount: z.number().optional(),
    locked: z.boolean().optional(),
  }),
});
type Case = z.infer<typeof caseSchema>;

const folder = process.env.LOCKWATCH_REFERENCE_DATA;
const START = Date.UTC(2026, 0, 1);
/** The cases speak of seconds, the SAM's policy of minutes: one stands for the other. */
const UNIT = 60_000;
const NETWORK = ['logon', 'ntlm_network', 'samlogon_network'];
const INTERACTIVE = ['kerberos', 'samlogon_interactive'];

/** What a machine's SAM can be asked: logons and waiting, from a clean account. */
const speaksOfLogons = (one: Case) =>
  one.policy.threshold !== null &&
  ['normal_user', 'builtin_administrator'].includes(one.account.kind) &&
  one.account.password === undefined &&
  one.initial.badPasswordTime === 'past' &&
  one.steps.every(
    ({ action, via = 'logon', at }) =>
      at === undefined &&
      (action === 'wait' ||
        (['bad_password', 'good_password'].includes(action) && [...NETWORK, ...INTERACTIVE].includes(via))),
  );

const ANSWERS: Record<string, string> = {
  success: 'success',
  wrong_password: 'wrongPassword',
  locked_out: 'lockedOut',
  account_disabled: 'disabled',
};

describe.skipIf(!folder)(
  'the practice SAM on the recorded lockout cases (needs LOCKWATCH_REFERENCE_DATA)',
  () => {
    const cases = folder
      ? z.array(caseSchema).parse(JSON.parse(readFileSync(join(folder, 'lockout-cases.json'), 'utf8')))
      : [];
    const ours = cases.filter(speaksOfLogons);

    it('finds cases to run', () => expect(ours.length).toBeGreaterThan(15));

    it.each(ours.map((one) => [one.id, one] as const))('%s', (_id, one) => {
      const sam = new Sam({
        threshold: one.policy.threshold ?? 0,
        windowMinutes: one.policy.observation_window_s ?? 30,
        durationMinutes: one.policy.lockout_duration_s ?? 30,
        lockoutAdmins: one.policy.lockout_admins ?? false,
      });
      const rid = one.account.rid ?? 1001;
      sam.add('user', rid, 'right', !one.account.enabled);
      let now = START;
      for (const step of one.steps) {
        now = START + (step.t + (step.seconds ?? 0)) * UNIT;
        if (step.action === 'wait') continue;
        const presented = INTERACTIVE.includes(step.via ?? '') ? 'interactive' : 'network';
        const password = step.action === 'good_password' ? 'right' : 'wrong';
        const { answer } = sam.logon('user', password, presented, now);
        if (step.result !== undefined) expect(answer).toBe(ANSWERS[step.result]);
      }
      const account = sam.find('user');
      if (!account) throw new Error('no account');
      const { badPwdCount, effectiveBadPwdCount, locked } = one.expect;
      if (badPwdCount !== undefined) expect(account.badPasswordCount).toBe(badPwdCount);
      if (effectiveBadPwdCount !== undefined)
        expect(sam.effectiveCount(account, now)).toBe(effectiveBadPwdCount);
      if (locked !== undefined) expect(sam.isLocked(account, now)).toBe(locked);
    });
  },
);
