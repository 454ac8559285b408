import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventRecord } from '../../shared/evidence';
import { filetimeFromMs, TICKS_PER_MINUTE } from '../../shared/time';
import {
  applyAuditing,
  applyEvents,
  applyPolicy,
  emptyModel,
  inReadingOrder,
  viewInstance,
} from '../lockout';
import { EventXmlReader } from '../sources/events/reader';
import { SimulatedClock } from './clock';
import { startEstate } from './estate';
import type { EstateInstance } from './estate-instance';
import { runCommand } from './shell/shell';
import { trueAccounts } from './truth';

/** What the app's model concludes from the lab's events, beside what the lab's own accounts say. */
const NOW = Date.UTC(2026, 6, 6, 10);
const CHANNELS = [
  'Security',
  'OpenSSH/Operational',
  'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational',
];

let dataDir = '';
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lockwatch-lab-model-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Reads the channels on from where it was, in the bytes that wevtutil prints. */
function reader({ windows }: EstateInstance) {
  const last = new Map<string, number>();
  return (): EventRecord[] => {
    const found: EventRecord[] = [];
    for (const channel of CHANNELS) {
      const query = `"/q:*[System[EventRecordID>${last.get(channel) ?? 0}]]"`;
      const { stdout } = runCommand(
        windows,
        { elevated: true, user: 'watcher' },
        `wevtutil qe ${channel} ${query} /f:xml /uni:true`,
      );
      const xml = new EventXmlReader();
      const events = [...xml.push(stdout), ...xml.end()];
      expect(xml.broken.count).toBe(0);
      last.set(channel, events.at(-1)?.recordId ?? last.get(channel) ?? 0);
      found.push(...events);
    }
    return inReadingOrder(found);
  };
}

function modelOf({ windows }: EstateInstance) {
  const { policy } = windows.sam;
  const at = filetimeFromMs(windows.now());
  const model = emptyModel('standalone', windows.computer);
  const reading = {
    policy: {
      threshold: policy.threshold,
      observationWindow: BigInt(policy.windowMinutes) * TICKS_PER_MINUTE,
      lockoutDuration: BigInt(policy.durationMinutes) * TICKS_PER_MINUTE,
      lockoutAdmins: policy.lockoutAdmins,
      source: 'local' as const,
    },
    warnings: [],
  };
  const auditing = {
    logonFailure: true,
    accountLockoutFailure: true,
    userAccountManagementSuccess: true,
  };
  return applyAuditing(applyPolicy(model, reading, at), auditing, at);
}

// Hours of history, read and folded: slow where others use the machine as well.
describe.each([1, 4, 20])(
  "the app's model on the practice estate at speed %i",
  { timeout: 30_000 },
  (speed) => {
    it.each(['web-01', 'app-02', 'db-03', 'ssh-04'])(
      'knows every account of %s as it truly is',
      async (name) => {
        const clock = new SimulatedClock(NOW);
        const estate = await startEstate({ dataDir, clock, speed, seed: `model-${speed}` });
        try {
          const instance = estate.instance(name);
          const read = reader(instance);
          let model = modelOf(instance);
          const seen = new Set<string>();
          const differences: string[] = [];
          if (name === 'web-01') instance.startAttack();
          for (let step = 0; step < 300; step++) {
            clock.advance(10_000 / Math.sqrt(speed));
            if (step === 150) {
              instance.stopAttack();
              instance.windows.unlock('Administrator', 'webadmin');
            }
            model = applyEvents(model, read());
            const now = filetimeFromMs(clock.now());
            const view = viewInstance(
              model,
              { checkedAt: now, maxAge: TICKS_PER_MINUTE },
              { ownAddresses: [] },
              now,
            );
            for (const truth of trueAccounts(instance.windows)) {
              const found = view.accounts.find(
                (one) => one.status.ref.name.toLowerCase() === truth.name.toLowerCase(),
              );
              const concluded = found ? `${found.status.state} ${found.status.badPasswordCount}` : 'clear 0';
              seen.add(truth.state);
              if (concluded !== `${truth.state} ${truth.badPasswordCount}`) {
                differences.push(
                  `${step} ${truth.name}: ${truth.state} ${truth.badPasswordCount}, concluded ${concluded}`,
                );
              }
            }
          }
          expect(differences).toEqual([]);
          if (name === 'web-01') expect([...seen].sort()).toEqual(['clear', 'counting', 'locked']);
        } finally {
          await estate.stop();
        }
      },
    );
  },
);
