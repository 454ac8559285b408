import type { LabTrigger } from '../../shared/lab';
import { noFaults, rebuildLog, writeBrokenRecords, writeHugeEvent } from './faults';
import type { LabSshServer } from './ssh-server';
import { AUDIT_NONE, type WindowsInstance } from './windows/instance';
import { SECURITY } from './windows/security-events';

export interface TriggerTarget {
  readonly windows: WindowsInstance;
  readonly server: LabSshServer;
  startAttack(): void;
  stopAttack(): void;
  signInAtConsole(account: string): boolean;
  signInOverRdp(account: string, address: string): unknown;
}

/** What happens to one instance: not to the admin's own place, nor in the domain. */
export type InstanceTrigger = Extract<LabTrigger, { instance: string }>;

/** Makes one thing happen on one practice instance. */
export async function applyTrigger(
  target: TriggerTarget,
  trigger: InstanceTrigger,
  adminAddress: string,
): Promise<void> {
  const { windows, server } = target;
  switch (trigger.kind) {
    case 'attack':
      return target.startAttack();
    case 'stopAttack':
      return target.stopAttack();
    case 'adminUnlock':
      windows.unlock(trigger.account, 'Administrator');
      return;
    case 'consoleSignIn':
      target.signInAtConsole(trigger.account);
      return;
    case 'rdpSignIn':
      target.signInOverRdp(trigger.account, adminAddress);
      return;
    case 'clearLog':
      return windows.clearSecurityLog('Administrator');
    case 'rebuildLog':
      return rebuildLog(windows);
    case 'dropConnections':
      return server.dropConnections();
    case 'dropMidAnswer':
      server.faults.dropAfterBytes = trigger.afterBytes;
      return;
    case 'hang':
      server.faults.hang = trigger.at;
      return;
    case 'changeHostKey':
      return server.changeHostKey();
    case 'refusePassword':
      server.faults.refusePasswords = true;
      return;
    case 'refuseKey':
      server.faults.refuseKeys = true;
      return;
    case 'goDown':
      return server.stop();
    case 'comeUp':
      if (!server.listening) await server.start(server.port);
      return;
    case 'clockOff':
      windows.clockOffsetMs = trigger.minutes * 60_000;
      return;
    case 'brokenRecords':
      writeBrokenRecords(windows);
      return;
    case 'hugeEvent':
      return writeHugeEvent(windows, trigger.bytes);
    case 'denySecurityLog':
      windows.denied.add(SECURITY);
      return;
    case 'auditingOff':
      windows.audit = AUDIT_NONE;
      return;
    case 'recover':
      Object.assign(server.faults, noFaults());
      windows.clockOffsetMs = 0;
      windows.denied.clear();
      return;
  }
}
