import type { AccountState } from '../../../../electron/lockout/account';
import type { StoredAccount } from '../../../../electron/sources/directory/accounts';
import type { FoundPolicy } from '../../../../electron/sources/directory/policies';
import { type Filetime, filetimeFromMs, ticksFromSeconds } from '../../../../shared/time';
import type { Attributes } from '../samba/database';
import type { DomainController } from '../samba/domain-controller';
import type { Answer, Attempts, SamrCounts } from './attempts';
import type { LockwatchReading } from './reading';
import type { PolicySeconds, Secret, Step } from './steps';

/** An account under test: its passwords, the present one last, and where its policy stands. */
export interface Actor {
  readonly name: string;
  readonly passwords: string[];
  readonly pso: string | null;
  /** Where each of them stands in the history that the controller keeps; null: not remembered. */
  remembered: readonly (number | null)[];
  /** Of a computer's account, which Lockwatch does not find by name. */
  readonly sid?: string;
}

/** The instants that something happened between (ticks), both inclusive. */
export interface Span {
  readonly from: Filetime;
  readonly to: Filetime;
}

/** One account at one instant: as Lockwatch reads it, as Samba's own library does, and as its SAM counts it. */
export interface Seen {
  readonly stored: StoredAccount;
  readonly attributes: Attributes;
  readonly samr: SamrCounts | null;
  readonly policy: FoundPolicy;
  readonly span: Span;
}

export interface Stage {
  readonly dc: DomainController;
  readonly attempts: Attempts;
  readonly reading: LockwatchReading;
}

const LOCK_BIT = 16;
const NORMAL = 512;
const DISABLED = 2;
let made = 0;
export function freshPassword(): string {
  made += 1;
  return `Pass-word.${made}x`;
}

export async function during<T>(run: () => Promise<T>): Promise<{ value: T; span: Span }> {
  const from = filetimeFromMs(Date.now());
  const value = await run();
  return { value, span: { from, to: filetimeFromMs(Date.now() + 1) } };
}

function passwordOf(actor: Actor, secret: Secret): string {
  if (secret === 'wrong') return 'Wrong-Pass.0';
  const back = secret === 'right' ? 0 : secret.old;
  const password = actor.passwords.at(-1 - back);
  if (password === undefined) throw new Error(`${actor.name} has no password N-${back}`);
  return password;
}

/** A password that the controller does not remember is a wrong one: that is how the model is told of it. */
export function asRemembered({ passwords, remembered }: Actor, secret: Secret): Secret {
  if (typeof secret === 'string') return secret;
  const place = remembered[passwords.length - 1 - secret.old] ?? null;
  return place === null || place === 0 ? 'wrong' : { old: place };
}

export async function learnRemembered({ attempts }: Stage, actor: Actor): Promise<void> {
  actor.remembered = await attempts.remembered(actor.name, actor.passwords);
}

const seconds = (value: number): string => (-ticksFromSeconds(value)).toString();

export async function writePolicy(stage: Stage, pso: string | null, values: PolicySeconds): Promise<void> {
  const names =
    pso === null
      ? {
          threshold: 'lockoutThreshold',
          window: 'lockOutObservationWindow',
          duration: 'lockoutDuration',
          history: 'pwdHistoryLength',
        }
      : {
          threshold: 'msDS-LockoutThreshold',
          window: 'msDS-LockoutObservationWindow',
          duration: 'msDS-LockoutDuration',
          history: 'msDS-PasswordHistoryLength',
        };
  const { threshold, windowSeconds, durationSeconds, history } = values;
  const changes: Record<string, string> = {};
  if (threshold !== undefined) changes[names.threshold] = String(threshold);
  if (windowSeconds !== undefined) changes[names.window] = seconds(windowSeconds);
  if (durationSeconds !== undefined) {
    changes[names.duration] = durationSeconds === null ? '-9223372036854775808' : seconds(durationSeconds);
  }
  if (history !== undefined) changes[names.history] = String(history);
  await stage.dc.database.modify(pso ?? stage.dc.base, changes);
}

/** Does a step to an account of a real controller; what the caller was answered. */
export async function perform(stage: Stage, actor: Actor, step: Step): Promise<Answer | null> {
  const { attempts, dc } = stage;
  const { database } = dc;
  switch (step.do) {
    case 'logon':
      return attempts[step.route](actor.name, passwordOf(actor, step.password));
    case 'change': {
      const fresh = freshPassword();
      const old = passwordOf(actor, step.old);
      const answer =
        step.route === 'ldap'
          ? await attempts.ldapChange(actor.name, old, fresh)
          : await attempts.samrChange(actor.name, old, fresh);
      if (answer === 'success') actor.passwords.push(fresh);
      return answer;
    }
    case 'unlock':
      if (step.method === 'lockoutTime') await database.unlock(actor.name);
      else if (step.method === 'samr') await attempts.samrUnlock(actor.name);
      else {
        const control = Number(await controlOf(stage, actor)) & ~LOCK_BIT;
        await database.modifyAccount(actor.name, { userAccountControl: String(control) });
      }
      return null;
    case 'reset': {
      const fresh = freshPassword();
      await database.setPassword(actor.name, fresh);
      actor.passwords.push(fresh);
      return null;
    }
    case 'enable': {
      const control = step.enabled ? NORMAL : NORMAL | DISABLED;
      await database.modifyAccount(actor.name, { userAccountControl: String(control) });
      return null;
    }
    case 'lockBit': {
      const control = Number(await controlOf(stage, actor)) | LOCK_BIT;
      await database.modifyAccount(actor.name, { userAccountControl: String(control) });
      return null;
    }
    case 'policy':
      await writePolicy(stage, actor.pso, step.values);
      return null;
    case 'wait':
      if (step.by === 'shift') await database.shiftTimes(actor.name, -step.seconds);
      else await new Promise((resolve) => setTimeout(resolve, step.seconds * 1000));
      return null;
  }
}

async function controlOf({ dc }: Stage, actor: Actor): Promise<string> {
  const { userAccountControl } = await dc.database.account(actor.name, ['userAccountControl']);
  return userAccountControl?.[0] ?? '0';
}

const ATTRIBUTES = [
  'badPwdCount',
  'badPasswordTime',
  'lockoutTime',
  'lastLogon',
  'logonCount',
  'pwdLastSet',
  'userAccountControl',
  'msDS-User-Account-Control-Computed',
  'msDS-ResultantPSO',
];

/** What is stored of these accounts now; the SAM's own counting for the one that is named. */
export async function look(
  stage: Stage,
  actors: readonly Actor[],
  counted: Actor | null,
): Promise<readonly Seen[]> {
  const { attempts, dc, reading } = stage;
  const { value, span } = await during(async () => ({
    stored: await reading.accounts(actors),
    attributes: await Promise.all(actors.map(({ name }) => dc.database.account(name, ATTRIBUTES))),
    samr: counted === null ? null : await attempts.samrCounts(counted.name),
  }));
  const policies = new Map<string | null, FoundPolicy>();
  for (const account of value.stored) {
    if (!policies.has(account.psoDn)) policies.set(account.psoDn, await reading.policyOf(account));
  }
  return actors.map((actor, index) => {
    const stored = value.stored[index];
    const attributes = value.attributes[index];
    const policy = stored && policies.get(stored.psoDn);
    if (!stored || !attributes || !policy) throw new Error(`nothing read of ${actor.name}`);
    return { stored, attributes, policy, span, samr: actor === counted ? value.samr : null };
  });
}

/** The state that a model of this account begins from. */
export function stateOf({ stored, attributes }: Seen): AccountState {
  const { badPasswordTime, lastLogon, passwordSet } = stored;
  if (stored.badPasswordCount === null || badPasswordTime === null || lastLogon === null) {
    throw new Error(`${stored.name} cannot be read whole`);
  }
  return {
    kind: stored.kind,
    enabled: stored.enabled ?? true,
    badPasswordCount: stored.badPasswordCount,
    badPasswordTime,
    lockoutTime: attributes.lockoutTime === undefined ? null : stored.lockoutTime,
    lastLogon,
    logonCount: Number(attributes.logonCount?.[0] ?? 0),
    passwordLastSet: passwordSet ?? 0n,
  };
}
