import type { Random } from '../random';
import type { WindowsInstance } from '../windows/instance';
import { rdpAttacker, signsIn, sshGuesser, staleCredential } from './actors';
import { ATTACKED_INSTANCE, practicePassword, STALE_ACCOUNT, standardPolicy } from './instances';
import type { Scheduler } from './scheduler';

const MINUTE = 60_000;
/** How far the written history goes back, at speed 1. */
export const HISTORY_MS = 6 * 60 * MINUTE;
const STALE_PERIOD_MS = 130_000;
const ADMIN_ADDRESS = '192.168.20.15';

interface Stage {
  readonly seed: string;
  readonly scheduler: Scheduler;
  readonly windows: (name: string) => WindowsInstance | undefined;
  readonly random: Random;
}

/** Sprays and one attack long past, all over and expired by the time the present begins. */
function attackedBefore({ scheduler, windows, random }: Stage): void {
  const web = windows(ATTACKED_INSTANCE);
  if (!web) return;
  const windowMs = standardPolicy(scheduler.speed).windowMinutes * MINUTE * scheduler.speed;
  const lastSprayMs = Math.max(15 * MINUTE, 1.3 * windowMs);
  for (let agoMs = lastSprayMs; agoMs < HISTORY_MS - 5 * MINUTE; agoMs += 25 * MINUTE) {
    scheduler.add(rdpAttacker(web, random.fork(`spray-${agoMs}`), 7), HISTORY_MS - agoMs);
  }
  scheduler.add(rdpAttacker(web, random.fork('past attack'), 120), HISTORY_MS - 200 * MINUTE);
}

/** The service has its old password since long ago; the present finds it at 6 failures of 10. */
function staleService({ scheduler, windows, random, seed }: Stage): void {
  const app = windows('app-02');
  if (!app) return;
  const { threshold, durationMinutes } = standardPolicy(scheduler.speed);
  const refused = Math.floor((durationMinutes * MINUTE * scheduler.speed) / STALE_PERIOD_MS);
  const cycle = threshold + refused;
  const cycles = Math.max(0, Math.floor((HISTORY_MS - 8 * STALE_PERIOD_MS) / (cycle * STALE_PERIOD_MS)));
  const tries = cycle * cycles + 5;
  const actor = staleCredential(app, random.fork('service'), {
    kind: 'service',
    name: STALE_ACCOUNT,
    password: `${practicePassword(seed, 'app-02', STALE_ACCOUNT)}-of-last-year`,
    periodMs: STALE_PERIOD_MS,
  });
  scheduler.add(actor, HISTORY_MS - (tries + 0.4) * STALE_PERIOD_MS);
}

function quietPeople({ scheduler, windows, random, seed }: Stage): void {
  const admin = (
    instance: string,
    name: string,
    typos: number,
    afterMs: number,
    againAfterMs: number | null,
  ) => {
    const machine = windows(instance);
    if (!machine) return;
    const options = {
      name,
      password: practicePassword(seed, instance, name),
      address: ADMIN_ADDRESS,
      workstation: 'ADMIN-PC',
      typos,
      againAfterMs,
    };
    scheduler.add(signsIn(machine, random.fork(`${instance}/${name}/${afterMs}`), options), afterMs);
  };
  admin('db-03', 'dba', 0, 12 * MINUTE, 95 * MINUTE);
  admin('db-03', 'dba', 2, 170 * MINUTE, null);
  admin('app-02', 'appadmin', 0, 40 * MINUTE, null);
  admin('old-05', 'clerk', 1, 60 * MINUTE, 180 * MINUTE);
  const ssh = windows('ssh-04');
  // One in 32 at a real account: 24 minutes apart, longer than the window at any speed, so it never locks by itself.
  if (ssh) {
    const options = { name: 'deploy', everyNth: 32, periodMs: 45_000 };
    scheduler.add(sshGuesser(ssh, random.fork('ssh'), options), 30 * MINUTE);
  }
}

/** Puts everybody who is there without a drill on the stage; time begins `HISTORY_MS / speed` ago. */
export function setTheStage(stage: Stage): void {
  attackedBefore(stage);
  staleService(stage);
  quietPeople(stage);
}

/**
 * How the practice domain stands when the present begins: one account locked until an admin unlocks it, one that
 * unlocks by itself, and a service that goes on with an old password at the second controller.
 */
export function setTheDomain(
  scheduler: Scheduler,
  guess: (account: string, times: number, at: 'dc1' | 'dc2') => unknown,
): void {
  guess('rosa.lopez', 3, 'dc2');
  guess('hana.sato', 5, 'dc1');
  guess('svc-scan', 2, 'dc2');
  const service = {
    step() {
      guess('svc-scan', 1, 'dc2');
      return STALE_PERIOD_MS;
    },
  };
  scheduler.add(service, STALE_PERIOD_MS);
}
