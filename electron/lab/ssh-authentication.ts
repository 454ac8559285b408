import { timingSafeEqual } from 'node:crypto';
import type { AuthContext, ParsedKey } from 'ssh2';
import type { ServerFaults } from './faults';
import type { WindowsInstance } from './windows/instance';
import { sshLine } from './windows/operational-events';
import type { LogonContext } from './windows/security-events';

/** sshd's own way to check a password: type 8, no address (R27). */
const sshLogon = (computer: string): LogonContext => ({
  logonType: 8,
  process: 'Advapi  ',
  package: 'Negotiate',
  subject: 'machine',
  processName: 'C:\\Windows\\System32\\OpenSSH\\sshd.exe',
  workstation: computer,
  address: '-',
  port: '-',
});

/** One attempt to sign in over SSH with a password, with what sshd and Windows write about it. */
export function sshPasswordLogon(
  windows: WindowsInstance,
  user: string,
  password: string,
  from: { address: string; port: number },
): boolean {
  const name = user.replace(/^.*\\/, '');
  const known = windows.sam.find(name) !== null;
  const how = sshLogon(windows.computer);
  const { answer } = windows.logon({ name, password, domain: '.', how });
  const verdict = answer === 'success' ? 'Accepted' : 'Failed';
  const who = known ? name : `invalid user ${name}`;
  windows.write(
    sshLine(windows.machine, `${verdict} password for ${who} from ${from.address} port ${from.port} ssh2`),
  );
  return answer === 'success';
}

export interface Authenticator {
  readonly windows: WindowsInstance;
  readonly faults: ServerFaults;
  /** The account that the practice key opens. */
  readonly user: string;
  readonly userKey: ParsedKey;
}

const sameBytes = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b);

/** Answers one authentication request: password and public key, as Windows' sshd offers them. */
export function authenticate(
  { windows, faults, user, userKey }: Authenticator,
  context: AuthContext,
  from: { address: string; port: number },
): void {
  const refuse = () => context.reject(['publickey', 'password']);
  if (context.method === 'password') {
    if (faults.refusePasswords) {
      const payload = `Failed password for ${context.username} from ${from.address} port ${from.port} ssh2`;
      windows.write(sshLine(windows.machine, payload));
      refuse();
      return;
    }
    if (sshPasswordLogon(windows, context.username, context.password, from)) context.accept();
    else refuse();
    return;
  }
  if (context.method !== 'publickey' || faults.refuseKeys) {
    refuse();
    return;
  }
  const name = context.username.replace(/^.*\\/, '').toLowerCase();
  const ours = sameBytes(context.key.data, userKey.getPublicSSH()) && name === user.toLowerCase();
  const signed =
    context.signature === undefined ||
    (context.blob !== undefined &&
      userKey.verify(context.blob, context.signature, context.hashAlgo) === true);
  if (!ours || !signed) {
    refuse();
    return;
  }
  if (context.signature !== undefined) {
    const payload = `Accepted publickey for ${user} from ${from.address} port ${from.port} ssh2`;
    windows.write(sshLine(windows.machine, payload));
  }
  context.accept();
}
