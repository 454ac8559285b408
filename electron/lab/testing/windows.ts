import { SimulatedClock } from '../clock';
import { AUDIT_ALL, WindowsInstance, type WindowsOptions } from '../windows/instance';
import type { LogonContext } from '../windows/security-events';

const TEST_START = Date.UTC(2026, 2, 2, 8, 30);

/** One instance with alice (right password `right`) under a 3/10/15 policy, and the clock it lives by. */
export function testWindows(options: Partial<WindowsOptions> = {}): {
  windows: WindowsInstance;
  clock: SimulatedClock;
} {
  const clock = new SimulatedClock(TEST_START);
  const windows = new WindowsInstance({
    computer: 'LAB-TEST',
    system: 'Microsoft Windows Server 2022 Standard 10.0.20348',
    policy: { threshold: 3, windowMinutes: 10, durationMinutes: 15, lockoutAdmins: true },
    audit: AUDIT_ALL,
    defaultShell: 'cmd',
    style: { fractionDigits: 7, guidCase: 'lower' },
    logCapacity: 1_000,
    seed: 'test',
    now: () => clock.now(),
    ...options,
  });
  windows.sam.add('alice', 1001, 'right');
  windows.sam.add('Administrator', 500, 'right');
  return { windows, clock };
}

export const networkLogon: LogonContext = {
  logonType: 3,
  process: 'NtLmSsp ',
  package: 'NTLM',
  subject: 'nobody',
  processName: '-',
  workstation: 'CLIENT',
  address: '203.0.113.7',
  port: '0',
};
