import type { CertificateQuestion } from '../../../shared/directory';
import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { type ControllerSession, openSession, type SessionFailure, type SessionOptions } from './session';
import type { ControllerAddress } from './types';

/** Connections to a domain's controllers, kept open: one each, opened when it is wanted. */
export interface SessionPool {
  /** The open connection, or a new one; whoever asks meanwhile waits for the same. */
  get(address: ControllerAddress, signal: AbortSignal): Promise<Result<ControllerSession, SessionFailure>>;
  /** This controller is also known by that name. */
  alias(host: string, session: ControllerSession): void;
  /** Certificates that controllers showed and nobody has accepted. */
  questions(): readonly CertificateQuestion[];
  close(): void;
}

const keyOf = (host: string): string => host.toLowerCase();

export function createSessionPool(options: SessionOptions): SessionPool {
  const open = new Map<string, ControllerSession>();
  const opening = new Map<string, Promise<Result<ControllerSession, SessionFailure>>>();
  const questions = new Map<string, CertificateQuestion>();
  const refusals = new Map<string, AppError>();
  let closed = false;

  async function connect(
    address: ControllerAddress,
    signal: AbortSignal,
  ): Promise<Result<ControllerSession, SessionFailure>> {
    const key = keyOf(address.host);
    const session = await openSession(address, options, signal);
    if (!session.ok) {
      const question = session.error.verdict?.question;
      if (question) {
        questions.set(key, question);
        refusals.set(key, session.error.error);
      }
      return session;
    }
    if (closed) {
      session.value.close();
      return err({ error: appError('app.cancelled'), verdict: null, step: 'tcp' });
    }
    questions.delete(key);
    open.set(key, session.value);
    session.value.onLost(() => {
      for (const [name, held] of open) if (held === session.value) open.delete(name);
    });
    return ok(session.value);
  }

  return {
    get(address, signal) {
      const key = keyOf(address.host);
      const held = open.get(key);
      if (held && !held.ended) return Promise.resolve(ok(held));
      const refused = refusals.get(key);
      // Shown once, it waits for the admin; another try would only show it again.
      if (refused) return Promise.resolve(err({ error: refused, verdict: null, step: 'certificate' }));
      const known = opening.get(key);
      if (known) return known;
      const begun = connect(address, signal).finally(() => opening.delete(key));
      opening.set(key, begun);
      return begun;
    },
    alias(host, session) {
      if (!session.ended) open.set(keyOf(host), session);
    },
    questions: () => [...questions.values()],
    close() {
      closed = true;
      for (const session of new Set(open.values())) session.close();
      open.clear();
    },
  };
}
