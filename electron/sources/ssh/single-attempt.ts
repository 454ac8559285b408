import type { AuthHandlerMiddleware, NextAuthHandler } from 'ssh2';
import { type AppError, appError } from '../../../shared/errors';
import { err, type Result } from '../../../shared/result';
import type { Credential } from './credentials';
import type { Leg } from './types';

/** How the one attempt ended, as far as it is known when the connection ends. */
type AttemptState = 'none' | 'sent' | 'answered';

/**
 * ssh2's authentication handler that makes one attempt with the configured method, and none after it: no probing
 * with "none", no other method, no keyboard-interactive with the same password. It settles the password's ledger.
 */
export class SingleAttempt {
  #state: AttemptState = 'none';
  #credential: Credential | undefined;
  #failure: AppError | undefined;
  #over = false;

  constructor(
    readonly leg: Leg,
    readonly prepare: () => Promise<Result<Credential>>,
    readonly onFailure: (error: AppError) => void,
  ) {}

  /** To be passed as `authHandler`. */
  readonly handler: AuthHandlerMiddleware = (methodsLeft: readonly string[] | null, _partial, next) => {
    if (this.#credential) {
      this.#answeredNo(methodsLeft);
      return next(false as unknown as Parameters<NextAuthHandler>[0]);
    }
    void this.#start(next);
  };

  async #start(next: NextAuthHandler): Promise<void> {
    const prepared = await this.prepare().catch(() => err(appError('app.internal')));
    if (!prepared.ok) this.#fail(prepared.error);
    else if (this.#over) prepared.value.password?.notSent();
    else {
      this.#credential = prepared.value;
      this.#state = 'sent';
      next(prepared.value.method);
    }
  }

  #answeredNo(methodsLeft: readonly string[] | null): void {
    this.#state = 'answered';
    const { host, user, authentication } = this.leg.endpoint;
    const password = authentication.kind === 'password';
    // The list is null where ssh2 does not pass it on: after the last key of an agent.
    const offered = methodsLeft === null || methodsLeft.includes(password ? 'password' : 'publickey');
    if (offered) this.#credential?.password?.refused();
    else this.#credential?.password?.notTaken();
    if (offered) this.#fail(appError(password ? 'ssh.passwordRefused' : 'ssh.keyRefused', { host, user }));
    else this.#fail(appError('ssh.methodNotOffered', { host, user, method: authentication.kind }));
  }

  /** The server let us in. */
  accepted(): void {
    this.#state = 'answered';
    this.#over = true;
    this.#credential?.password?.accepted();
  }

  /** The server wants a new password before it lets anybody in. */
  passwordExpired(): void {
    this.#state = 'answered';
    this.#credential?.password?.refused();
    const { host, user } = this.leg.endpoint;
    this.#fail(appError('ssh.passwordExpired', { host, user }));
  }

  /**
   * The connection ended before a yes or a no. A server that says goodbye after an attempt has refused it ("too many
   * authentication failures" comes instead of a no when one attempt is allowed); silence leaves it open.
   */
  ended(saidGoodbye: boolean): AppError | undefined {
    this.#over = true;
    if (this.#state !== 'sent') return this.#failure;
    this.#state = 'answered';
    const { host, user, authentication } = this.leg.endpoint;
    if (!saidGoodbye) {
      this.#credential?.password?.unanswered();
      return undefined;
    }
    this.#credential?.password?.refused();
    return appError(authentication.kind === 'password' ? 'ssh.passwordRefused' : 'ssh.keyRefused', {
      host,
      user,
    });
  }

  /** The agent could not be asked. */
  agentFailed(): void {
    this.#fail(appError('ssh.agentUnavailable', { host: this.leg.endpoint.host }));
  }

  #fail(error: AppError): void {
    if (this.#over) return;
    this.#over = true;
    this.#failure = error;
    this.onFailure(error);
  }
}
