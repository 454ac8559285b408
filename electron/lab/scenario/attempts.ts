import type { Random } from '../random';
import type { WindowsInstance } from '../windows/instance';
import {
  rdpAccepted,
  rdpListenerReached,
  rdpRefused,
  rdpUserAuthenticated,
} from '../windows/operational-events';
import type { LogonContext } from '../windows/security-events';

/** Who tries, from where. */
export interface RemoteAttempt {
  readonly name: string;
  readonly password: string;
  /** The domain part as the client sends it. */
  readonly domain: string;
  readonly workstation: string;
  readonly address: string;
  /** Whether the failure itself carries the address; without it only RdpCoreTS knows. */
  readonly addressShown: boolean;
}

const nla = (attempt: RemoteAttempt): LogonContext => ({
  logonType: 3,
  process: 'NtLmSsp ',
  package: 'NTLM',
  subject: 'nobody',
  processName: '-',
  workstation: attempt.workstation,
  address: attempt.addressShown ? attempt.address : '-',
  port: attempt.addressShown ? '0' : '-',
});

const signInScreen = (computer: string, address: string, port: number): LogonContext => ({
  logonType: 10,
  process: 'User32 ',
  package: 'Negotiate',
  subject: 'machine',
  processName: 'C:\\Windows\\System32\\svchost.exe',
  workstation: computer,
  address,
  port: String(port),
});

/** An RDP connection with NLA: the network logon comes first, and for a right password the session after it. */
export function rdpWithNla(windows: WindowsInstance, attempt: RemoteAttempt, random: Random): boolean {
  const { machine } = windows;
  const { name, password, domain, address } = attempt;
  const port = random.between(49_152, 65_535);
  windows.write(rdpAccepted(machine, address, port));
  windows.write(rdpListenerReached(machine));
  const { answer } = windows.logon({ name, password, domain, how: nla(attempt) });
  if (answer !== 'success') {
    windows.write(rdpRefused(machine, address));
    return false;
  }
  windows.write(rdpUserAuthenticated(machine, name, domain, address));
  windows.logon({ name, password, domain, how: signInScreen(windows.computer, address, port) });
  return true;
}

/** An RDP connection without NLA: the password is typed on the instance's own sign-in screen. */
export function rdpWithoutNla(windows: WindowsInstance, attempt: RemoteAttempt, random: Random): boolean {
  const { machine } = windows;
  const { name, password, domain, address } = attempt;
  const port = random.between(49_152, 65_535);
  windows.write(rdpAccepted(machine, address, port));
  windows.write(rdpListenerReached(machine));
  const how = signInScreen(windows.computer, address, port);
  const { answer } = windows.logon({ name, password, domain, how });
  if (answer !== 'success') windows.write(rdpRefused(machine, address));
  return answer === 'success';
}

/** A service (type 5) or a scheduled task (type 4) that signs in with the password it was given once. */
export function localLogon(
  windows: WindowsInstance,
  kind: 'service' | 'batch',
  name: string,
  password: string,
): boolean {
  const how: LogonContext = {
    logonType: kind === 'service' ? 5 : 4,
    process: 'Advapi  ',
    package: 'Negotiate',
    subject: 'machine',
    processName:
      kind === 'service' ? 'C:\\Windows\\System32\\services.exe' : 'C:\\Windows\\System32\\svchost.exe',
    workstation: windows.computer,
    address: '-',
    port: '-',
  };
  return windows.logon({ name, password, domain: windows.computer, how }).answer === 'success';
}
