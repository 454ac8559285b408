import type { AnyAuthMethod, BaseAgent } from 'ssh2';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { KeyRing } from './key-ring';
import type { Ssh2Module } from './load-ssh2';
import type { PasswordAttempt, PasswordLedger } from './password-ledger';
import type { Leg, ReadSecret } from './types';

export interface CredentialSources {
  readonly secrets: ReadSecret;
  readonly keys: KeyRing;
  readonly passwords: PasswordLedger;
  readonly agent: () => string | undefined;
}

/** The one method to try, and, for a password, the permission to try it. */
export interface Credential {
  readonly method: AnyAuthMethod;
  readonly password: PasswordAttempt | null;
}

/** An agent that answers and holds a key: without one there is nothing to try. */
function reachAgent(path: string | undefined, ssh2: Ssh2Module): Promise<BaseAgent | undefined> {
  return new Promise((resolve) => {
    if (path === undefined) return resolve(undefined);
    const agent = ssh2.createAgent(path);
    agent.getIdentities((cause, keys) => resolve(cause || !keys || keys.length === 0 ? undefined : agent));
  });
}

/**
 * Prepares the single attempt that a leg allows. Called only after the host key was accepted.
 * Errors: what the vault says, vault.secretMissing, ssh.keyUnreadable, ssh.keyPassphrase, ssh.agentUnavailable,
 * ssh.passwordRefused, ssh.passwordUnanswered.
 */
export async function prepareCredential(
  leg: Leg,
  via: string,
  sources: CredentialSources,
  ssh2: Ssh2Module,
): Promise<Result<Credential>> {
  const { host, port, user, authentication } = leg.endpoint;
  if (authentication.kind === 'agent') {
    const agent = await reachAgent(sources.agent(), ssh2);
    if (!agent) return err(appError('ssh.agentUnavailable', { host }));
    return ok({ method: { type: 'agent', username: user, agent }, password: null });
  }
  if (authentication.kind === 'key') {
    const secret: Result<string | null> = authentication.encrypted
      ? await sources.secrets(leg.hop)
      : ok(null);
    if (!secret.ok) return secret;
    const key = await sources.keys.read(authentication.path, secret.value, ssh2.utils.parseKey);
    if (!key.ok) return key;
    return ok({ method: { type: 'publickey', username: user, key: key.value }, password: null });
  }
  const secret = await sources.secrets(leg.hop);
  // The vault knows neither host nor user, and its refusals are sentences about both.
  if (!secret.ok) return err({ ...secret.error, params: { host, user, ...secret.error.params } });
  if (secret.value === null) return err(appError('vault.secretMissing', { host, user }));
  const attempt = await sources.passwords.begin({ host, port, user, via, password: secret.value });
  if (!attempt.ok) return attempt;
  return ok({
    method: { type: 'password', username: user, password: secret.value },
    password: attempt.value,
  });
}
