import { createHmac, randomBytes } from 'node:crypto';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';

/** Whose password, and which. */
export interface PasswordUse {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The jump hosts before it: the same private address behind another one is another machine. */
  readonly via: string;
  readonly password: string;
}

/** One permitted attempt. Exactly one of its functions is called, once. */
export interface PasswordAttempt {
  accepted(): void;
  refused(): void;
  /** It was sent, and the connection ended without a yes or a no. */
  unanswered(): void;
  /** The server takes no passwords at all: it was not tried, and is not sent again by itself. */
  notTaken(): void;
  /** It was not sent after all. */
  notSent(): void;
}

/**
 * Remembers which passwords were refused, so that none is ever sent twice: a refused SSH password counts towards
 * the account's lockout (R27). Shared by everything that connects; attempts with the same password wait for each
 * other. Passwords are kept as keyed hashes only, and only in memory.
 */
export interface PasswordLedger {
  /** Errors: ssh.passwordRefused, ssh.passwordUnanswered (it was sent twice and never answered). */
  begin(use: PasswordUse): Promise<Result<PasswordAttempt>>;
  /** The admin entered this account's password anew: what was remembered of the account is void. */
  forget(account: Pick<PasswordUse, 'host' | 'port' | 'user'>): void;
}

/** An attempt without an answer may be repeated once; a second one might be the one too many. */
const MAX_UNANSWERED = 2;

interface Entry {
  readonly account: string;
  refused: boolean;
  unanswered: number;
  inFlight: Promise<void> | undefined;
}

const accountKey = ({ host, port, user }: Pick<PasswordUse, 'host' | 'port' | 'user'>) =>
  JSON.stringify([host.toLowerCase(), port, user.toLowerCase()]);

export function createPasswordLedger(): PasswordLedger {
  const secretKey = randomBytes(32);
  const entries = new Map<string, Entry>();

  const entryOf = (use: PasswordUse): Entry => {
    const account = accountKey(use);
    const id = createHmac('sha256', secretKey)
      .update(JSON.stringify([account, use.via, use.password]))
      .digest('base64');
    const known = entries.get(id);
    if (known) return known;
    const entry: Entry = { account, refused: false, unanswered: 0, inFlight: undefined };
    entries.set(id, entry);
    return entry;
  };

  return {
    async begin(use) {
      const entry = entryOf(use);
      while (entry.inFlight) await entry.inFlight;
      const params = { host: use.host, user: use.user };
      if (entry.refused) return err(appError('ssh.passwordRefused', params));
      if (entry.unanswered >= MAX_UNANSWERED) return err(appError('ssh.passwordUnanswered', params));
      let release = () => {};
      entry.inFlight = new Promise((resolve) => {
        release = () => {
          entry.inFlight = undefined;
          resolve();
        };
      });
      const settle = (change: () => void) => {
        let open = true;
        return () => {
          if (!open) return;
          open = false;
          change();
          release();
        };
      };
      return ok({
        accepted: settle(() => {
          entry.unanswered = 0;
        }),
        refused: settle(() => {
          entry.refused = true;
        }),
        notTaken: settle(() => {
          entry.refused = true;
        }),
        unanswered: settle(() => {
          entry.unanswered += 1;
        }),
        notSent: settle(() => {}),
      });
    },
    forget(account) {
      const key = accountKey(account);
      for (const [id, entry] of entries) if (entry.account === key && !entry.inFlight) entries.delete(id);
    },
  };
}
