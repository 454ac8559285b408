import type { Random } from '../random';
import { sshPasswordLogon } from '../ssh-authentication';
import type { WindowsInstance } from '../windows/instance';
import { localLogon, rdpWithNla, rdpWithoutNla } from './attempts';
import type { Actor } from './scheduler';

const GUESSED_NAMES = [
  'admin',
  'user',
  'test',
  'guest',
  'backup',
  'support',
  'sqlsvc',
  'scanner',
  'info',
  'reception',
  'john',
  'office',
  'vpn',
  'server',
] as const;
const ADMINISTRATOR = ['Administrator', 'administrator', 'ADMINISTRATOR'] as const;
const WORKSTATIONS = ['-', 'kali', 'DESKTOP-7Q2', 'WIN-F0R', 'WORKSTATION'] as const;
/** The three networks that are kept for documentation, and so belong to nobody. */
const NETWORKS = ['198.51.100.', '203.0.113.', '192.0.2.'] as const;

/** How far apart an attacker's tries are at speed 1: machine pace, about one in three seconds. */
const TRY_MS = [2_400, 3_600] as const;

export const internetAddress = (random: Random): string =>
  `${random.pick(NETWORKS)}${random.between(2, 250)}`;

/**
 * Guesses over RDP on many names from changing addresses; every third guess is at Administrator. A try that does not
 * get through to the instance leaves no trace there.
 */
export function rdpAttacker(
  windows: WindowsInstance,
  random: Random,
  tries = Number.POSITIVE_INFINITY,
  getsThrough: (address: string) => boolean = () => true,
): Actor {
  let done = 0;
  let address = internetAddress(random);
  let workstation: string = random.pick(WORKSTATIONS);
  let turnAt = random.between(4, 8);
  return {
    step() {
      if (done === turnAt) {
        address = internetAddress(random);
        workstation = random.pick(WORKSTATIONS);
        turnAt = done + random.between(4, 8);
      }
      const name = done % 3 === 0 ? random.pick(ADMINISTRATOR) : random.pick(GUESSED_NAMES);
      done += 1;
      const attempt = {
        name,
        password: `guess-${done}`,
        domain: random.next() < 0.25 ? '' : windows.computer,
        workstation,
        address,
        addressShown: random.next() < 0.7,
      };
      const withoutNla = random.next() < 0.1;
      if (getsThrough(address)) {
        if (withoutNla) rdpWithoutNla(windows, attempt, random);
        else rdpWithNla(windows, attempt, random);
      }
      return done >= tries ? null : random.between(...TRY_MS);
    },
  };
}

/** A service or task that keeps an old password and tries it at a steady period (in milliseconds at speed 1). */
export function staleCredential(
  windows: WindowsInstance,
  random: Random,
  options: {
    readonly kind: 'service' | 'batch';
    readonly name: string;
    readonly password: string;
    readonly periodMs: number;
  },
): Actor {
  return {
    step() {
      localLogon(windows, options.kind, options.name, options.password);
      const jitter = Math.round(options.periodMs / 200);
      return options.periodMs + random.between(-jitter, jitter);
    },
  };
}

/** An admin who signs in over RDP now and then, and mistypes the password so many times first. */
export function signsIn(
  windows: WindowsInstance,
  random: Random,
  options: {
    readonly name: string;
    readonly password: string;
    readonly address: string;
    readonly workstation: string;
    readonly typos: number;
    /** Null: once only. */
    readonly againAfterMs: number | null;
  },
): Actor {
  let typosLeft = options.typos;
  return {
    step() {
      const right = typosLeft === 0;
      const attempt = {
        name: options.name,
        password: right ? options.password : `${options.password}x`,
        domain: windows.computer,
        workstation: options.workstation,
        address: options.address,
        addressShown: true,
      };
      rdpWithNla(windows, attempt, random);
      if (!right) {
        typosLeft -= 1;
        return random.between(5_000, 9_000);
      }
      return options.againAfterMs;
    },
  };
}

/** Guesses over SSH: each leaves a failure without an address, and a line in sshd's own log that has it. */
export function sshGuesser(
  windows: WindowsInstance,
  random: Random,
  options: { readonly name: string; readonly everyNth: number; readonly periodMs: number },
): Actor {
  let done = 0;
  const from = () => ({ address: internetAddress(random), port: random.between(30_000, 60_000) });
  return {
    step() {
      const name = done % options.everyNth === 0 ? options.name : random.pick(GUESSED_NAMES);
      done += 1;
      sshPasswordLogon(windows, name, `guess-${done}`, from());
      return options.periodMs;
    },
  };
}
