import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filetimeFromMs, TICKS_PER_MS, TICKS_PER_SECOND, ticksFromSeconds } from '../../../../shared/time';
import { type DomainController, startDomainController } from '../samba/domain-controller';
import { canRunSamba, ownLoopbackAddress, sambaTitle } from '../samba/provision';
import { openAttempts } from './attempts';
import { FIXED_SEQUENCES } from './fixed-sequences';
import { KNOWN_DIFFERENCES } from './known-differences';
import { openReading } from './reading';
import { anySequence, type Lane, prepareLane, runSequence } from './sequence';
import { during, type Stage, writePolicy } from './stage';

/** That many times the usual number of sequences by `LOCKWATCH_PROPERTY_RUNS`. */
const TIMES = Number(process.env.LOCKWATCH_PROPERTY_RUNS ?? 1);
const SEQUENCES = Math.max(4, Math.round(200 * TIMES));
const LANES = 4;
const LIMIT_MS = Math.max(1, TIMES) * 400_000;
const SEED = Number(process.env.LOCKWATCH_PROPERTY_SEED ?? Date.now() % 0x7fff_ffff);

const toldBy = (failure: Error): string =>
  `${failure.message}\n${failure.cause instanceof Error ? failure.cause.message : ''}`;

describe.skipIf(!canRunSamba)(sambaTitle('the model against a domain controller, step by step'), () => {
  let dc: DomainController;
  const stages: Stage[] = [];
  const lanes: Lane[] = [];
  const cameUp = new Set<string>();

  beforeAll(async () => {
    dc = await startDomainController({ address: ownLoopbackAddress(), smb: true });
    await dc.database.modify(dc.base, { minPwdAge: '0' });
    const opened = Array.from({ length: LANES }, async (_, n) => {
      const stage = { dc, attempts: await openAttempts(dc), reading: await openReading(dc) };
      stages.push(stage);
      const pso = n === 0 ? null : `CN=lane${n},CN=Password Settings Container,CN=System,${dc.base}`;
      const lane = await prepareLane(stage, `lane${n}-`, pso);
      if (pso !== null) {
        await dc.database.addPso({
          name: `lane${n}`,
          precedence: n,
          threshold: 3,
          windowMinutes: 30,
          durationMinutes: 30,
          appliesTo: lane.actors.map(({ name }) => name),
        });
      }
      return lane;
    });
    lanes.push(...(await Promise.all(opened)));
  });
  afterAll(async () => {
    for (const { attempts, reading } of stages) {
      reading.close();
      await attempts.close();
    }
    await dc?.dispose();
  });

  const firstLane = async (): Promise<Lane> => {
    const [stage] = stages;
    if (!stage) throw new Error('no stage');
    const name = `fixed${cameUp.size}${Math.random().toString(36).slice(2, 6)}-`;
    // Nothing runs beside: the domain's history may change too.
    return { ...(await prepareLane(stage, name, null)), fixed: {} };
  };

  it.each(FIXED_SEQUENCES.map((one) => [one.name, one] as const))('%s', async (_name, sequence) => {
    const { known } = await runSequence(await firstLane(), sequence);
    expect(known).toEqual(sequence.known);
    for (const id of known) cameUp.add(id);
  });

  it('Samba takes a lock for one up to the end of the second that it ends in, by the clock', async () => {
    const [stage] = stages;
    const { actors } = await firstLane();
    const [actor] = actors;
    if (!stage || !actor) throw new Error('no account');
    await writePolicy(stage, null, { threshold: 3, windowSeconds: 300, durationSeconds: 300 });
    const next = (Math.floor(Date.now() / 1000) + 2) * 1000;
    const end = filetimeFromMs(next + 30);
    await stage.attempts.store(actor.name, { lockoutTime: (end - ticksFromSeconds(300)).toString() });
    const endOfSecond = filetimeFromMs(next) + TICKS_PER_SECOND;
    const seen = { during: 0, beyond: 0, after: 0 };
    while (seen.after === 0) {
      const { value, span } = await during(() =>
        dc.database.account(actor.name, ['msDS-User-Account-Control-Computed']),
      );
      const locked = value['msDS-User-Account-Control-Computed']?.[0] === '16';
      // Its clock steps with the kernel's ticks: for some milliseconds it may still show the second before.
      if (span.from >= endOfSecond + 20n * TICKS_PER_MS) {
        expect(locked).toBe(false);
        seen.after += 1;
      } else if (span.to < endOfSecond) {
        expect(locked).toBe(true);
        if (span.from > end) seen.beyond += 1;
        else seen.during += 1;
      }
    }
    expect(seen.beyond).toBeGreaterThan(0);
    cameUp.add('a lock lasts to the end of its second');
  });

  it(
    `agrees after every step of ${SEQUENCES} random sequences`,
    async () => {
      const begun = performance.now();
      let [sequences, steps, onTheEdge] = [0, 0, 0];
      const known = new Map<string, number>();
      const ended = await Promise.allSettled(
        lanes.map((lane, n) =>
          fc.assert(
            fc.asyncProperty(anySequence, async (sequence) => {
              const followed = await runSequence(lane, sequence);
              sequences += 1;
              steps += followed.steps;
              onTheEdge += followed.onTheEdge;
              for (const id of followed.known) known.set(id, (known.get(id) ?? 0) + 1);
            }),
            {
              seed: SEED + n,
              numRuns: Math.ceil(SEQUENCES / LANES),
              // Shrinking runs sequences too: it gets what time is left.
              interruptAfterTimeLimit: LIMIT_MS,
              markInterruptAsFailure: true,
            },
          ),
        ),
      );
      const failures = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
      if (failures.length > 0) throw new AggregateError(failures, failures.map(toldBy).join('\n\n'));
      const differing = [...known].map(([id, count]) => `${id} ${count}`).join(', ') || 'none';
      console.log(
        `sequences: ${sequences} random (${steps} steps, ${LANES * 3} accounts, seeds ${SEED} to ` +
          `${SEED + LANES - 1}) and ${FIXED_SEQUENCES.length} fixed, all equal but for known differences: ` +
          `${differing}; ${onTheEdge} steps on the very end of a window; ` +
          `${Math.round((performance.now() - begun) / 1000)} s`,
      );
      expect(sequences).toBeGreaterThanOrEqual(SEQUENCES);
      for (const id of known.keys()) cameUp.add(id);
    },
    LIMIT_MS + 30_000,
  );

  it('comes upon every known difference', () => {
    expect([...cameUp].sort()).toEqual(KNOWN_DIFFERENCES.map(({ id }) => id).sort());
  });
});
