import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseSchema, outOfScope } from '../../../../cli/conformance/case';
import type { LockoutPolicy } from '../../../../shared/policy';
import { type DomainController, startDomainController } from '../samba/domain-controller';
import { canRunSamba, ownLoopbackAddress } from '../samba/provision';
import { openAttempts } from './attempts';
import { CASE_DIFFERENCES } from './case-differences';
import { type Plan, planOf } from './case-plan';
import { type Driven, drive } from './case-run';
import { inWords } from './compare';
import { withValues } from './predict';
import { openReading } from './reading';
import { type Stage, writePolicy } from './stage';
import type { PolicySeconds } from './steps';

const folder = process.env.LOCKWATCH_REFERENCE_DATA;
const reason = !canRunSamba
  ? 'needs root'
  : folder === undefined
    ? 'LOCKWATCH_REFERENCE_DATA is not set'
    : null;

/** These also wait in real seconds, so many for one of theirs, beside the others that move the stored times. */
const BY_THE_CLOCK = ['LL-14', 'LL-17', 'UC-08', 'NU-07', 'NU-08'];
const SECONDS_FOR_ONE = 3;
const HELPERS = 4;
const HELPERS_BY_THE_CLOCK = 3;
const NOTHING: LockoutPolicy = {
  threshold: 0,
  observationWindow: 0n,
  lockoutDuration: 0n,
  lockoutAdmins: false,
  source: 'domain',
  passwordHistoryLength: 24,
};
const DEFAULTS: Required<PolicySeconds> = {
  threshold: 3,
  windowSeconds: 1800,
  durationSeconds: 1800,
  history: 24,
};

describe.skipIf(reason !== null)(
  `the shared cases by real logons${reason === null ? '' : ` (skipped: ${reason})`}`,
  () => {
    let dc: DomainController;
    const stages: Stage[] = [];

    beforeAll(async () => {
      dc = await startDomainController({ address: ownLoopbackAddress(), smb: true });
      await dc.database.modify(dc.base, { minPwdAge: '0' });
      const opened = Array.from({ length: HELPERS + HELPERS_BY_THE_CLOCK }, async () => ({
        dc,
        attempts: await openAttempts(dc),
        reading: await openReading(dc),
      }));
      stages.push(...(await Promise.all(opened)));
    });
    afterAll(async () => {
      for (const { attempts, reading } of stages) {
        reading.close();
        await attempts.close();
      }
      await dc?.dispose();
    });

    /** Drives these side by side. */
    async function drivenBy(
      own: readonly Stage[],
      plans: readonly Plan[],
      domain: LockoutPolicy,
    ): Promise<Driven[]> {
      const waiting = [...plans];
      const driven: Driven[] = [];
      await Promise.all(
        own.map(async (stage) => {
          for (let plan = waiting.shift(); plan; plan = waiting.shift()) {
            driven.push(await drive(stage, plan, domain));
          }
        }),
      );
      return driven;
    }

    /** Sets the domain's policy, then drives these. */
    async function together(plans: readonly Plan[]): Promise<Driven[]> {
      const [first] = plans;
      const [stage] = stages;
      if (!first || !stage) return [];
      const values = { ...DEFAULTS, ...(first.domainPolicy ?? first.policy) };
      await writePolicy(stage, null, values);
      const admins = first.test.policy.lockout_admins;
      await dc.database.policy({ properties: admins === true ? 9 : 1 });
      const domain = withValues({ ...NOTHING, lockoutAdmins: admins === true }, values);
      return drivenBy(stages.slice(0, HELPERS), plans, domain);
    }

    const groupOf = ({ id, domainPolicy, policy, alone, test }: Plan): string =>
      alone ? id : JSON.stringify([domainPolicy ?? policy, test.policy.lockout_admins ?? null]);

    async function all(plans: readonly Plan[]): Promise<Driven[]> {
      const groups = new Map<string, Plan[]>();
      for (const plan of plans) groups.set(groupOf(plan), [...(groups.get(groupOf(plan)) ?? []), plan]);
      const driven: Driven[] = [];
      for (const group of groups.values()) driven.push(...(await together(group)));
      return driven;
    }

    it('agree: the case, the controller, the model and the reading, after every step', async () => {
      const begun = performance.now();
      const entries: unknown[] = JSON.parse(readFileSync(join(folder ?? '', 'lockout-cases.json'), 'utf8'));
      const notDrivable: string[] = [];
      const plans: Plan[] = [];
      const byTheClock: Plan[] = [];
      for (const entry of entries) {
        const elsewhere = outOfScope(entry);
        const test = caseSchema.loose().parse(entry);
        const planned = elsewhere === null ? planOf(test) : { id: test.id, notDrivable: elsewhere };
        if ('notDrivable' in planned) notDrivable.push(`${planned.id}: ${planned.notDrivable}`);
        else {
          plans.push(...planned.plans);
          if (BY_THE_CLOCK.includes(test.id)) {
            const inSeconds = planOf(test, SECONDS_FOR_ONE);
            if ('plans' in inSeconds) byTheClock.push(...inSeconds.plans.map(named));
          }
        }
      }
      const both = await Promise.all([
        all(plans),
        drivenBy(stages.slice(HELPERS), byTheClock, withValues(NOTHING, DEFAULTS)),
      ]);
      const driven = both.flat();
      const found = driven
        .map(({ id, expectation, model, reading, known }) => ({
          id,
          differences: [
            ...expectation.map((one) => `case: ${inWords([one])}`),
            ...model.map((one) => `model: ${inWords([one])}`),
            ...reading.map((one) => `reading: ${inWords([one])}`),
            ...known.map((one) => `known: ${one}`),
          ],
        }))
        .filter(({ differences }) => differences.length > 0);
      const cases = new Set(plans.map(({ test }) => test.id));
      const differing = new Set(found.map(({ id }) => id.split(' ')[0]));
      for (const line of notDrivable) console.log(`not drivable: ${line}`);
      for (const { id, differences } of found) console.log(`differs: ${id}: ${differences.join(' | ')}`);
      console.log(
        `cases driven: ${cases.size} (${driven.length} ways, ${driven.reduce((sum, { steps }) => sum + steps, 0)} steps), ` +
          `equal: ${cases.size - differing.size}, differing with a known cause: ${differing.size}, ` +
          `not drivable: ${notDrivable.length}, ${Math.round((performance.now() - begun) / 1000)} s`,
      );
      expect(Object.fromEntries(found.map(({ id, differences }) => [id, differences]))).toEqual(
        Object.fromEntries(CASE_DIFFERENCES.map(({ id, differences }) => [id, differences])),
      );
    }, 230_000);
  },
);

/** With a password settings object of its own, so that the domain's policy may change meanwhile. */
const named = (plan: Plan): Plan => ({ ...plan, id: `${plan.id} by the clock`, source: 'pso' });
