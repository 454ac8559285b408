import { type AppError, appError } from '../../shared/errors';
import type { SecretEntry } from './secret-document';

/** How one sending of a password ended. `notSent`: it cannot have counted. */
export type PasswordOutcome = 'accepted' | 'refused' | 'unanswered' | 'notSent';

/** Sent so often without an answer, it may have counted every time: once more might be the one too many. */
const MOST_UNANSWERED = 2;

interface Tries {
  readonly refused: boolean;
  readonly accepted: boolean;
  readonly unanswered: number;
  /** Handed out, and not heard of since. */
  readonly lent: number;
}

/** What `secrets.json` says of the tries of one version. */
export type NotedTries = Pick<SecretEntry, 'refusedVersion' | 'unanswered' | 'accepted'>;

const NONE: Tries = { refused: false, accepted: false, unanswered: 0, lent: 0 };

/**
 * How often each version of a password may still be sent: never again once refused, twice while nobody answers (R27).
 * A version that was never accepted counts as sent from the moment it is handed out, so that a crash forgets nothing.
 */
export class PasswordTries {
  readonly #byVersion = new Map<number, Tries>();

  /** Why this version must not be sent; undefined while it may. */
  obstacle(version: number, noted: SecretEntry | undefined): AppError | undefined {
    const { refused, unanswered } = this.#of(version, noted);
    if (refused) return appError('ssh.passwordRefused');
    return unanswered >= MOST_UNANSWERED ? appError('ssh.passwordUnanswered') : undefined;
  }

  lend(version: number, noted: SecretEntry | undefined): void {
    const tries = this.#of(version, noted);
    this.#byVersion.set(version, { ...tries, lent: tries.lent + 1 });
  }

  settle(version: number, noted: SecretEntry | undefined, outcome: PasswordOutcome): void {
    const tries = this.#of(version, noted);
    this.#byVersion.set(version, {
      refused: tries.refused || outcome === 'refused',
      accepted: tries.accepted || outcome === 'accepted',
      unanswered:
        outcome === 'accepted' ? 0 : outcome === 'unanswered' ? tries.unanswered + 1 : tries.unanswered,
      lent: Math.max(0, tries.lent - 1),
    });
  }

  /** Versions that are handed out; whoever has them is gone, and with them the answer: they are unanswered now. */
  abandon(): ReadonlySet<number> {
    const abandoned = new Set<number>();
    for (const [version, tries] of this.#byVersion) {
      if (tries.lent === 0) continue;
      // Sendings of one password wait for each other: one was on its way at most.
      this.#byVersion.set(version, { ...tries, unanswered: tries.unanswered + 1, lent: 0 });
      abandoned.add(version);
    }
    return abandoned;
  }

  /** The entry with what a later session has to know of its version. */
  noteIn(entry: SecretEntry): SecretEntry {
    const tries = this.#of(entry.version, entry);
    const onTheWay = tries.lent > 0 && !tries.accepted ? 1 : 0;
    return {
      ...entry,
      refusedVersion: tries.refused ? entry.version : entry.refusedVersion,
      accepted: tries.accepted,
      unanswered: tries.unanswered + onTheWay,
    };
  }

  #of(version: number, noted: SecretEntry | undefined): Tries {
    const known = this.#byVersion.get(version);
    if (known) return known;
    if (noted?.version !== version) return NONE;
    const { refusedVersion, accepted, unanswered } = noted;
    const tries = { refused: refusedVersion === version, accepted, unanswered, lent: 0 };
    this.#byVersion.set(version, tries);
    return tries;
  }
}

export const sameTries = (a: NotedTries, b: NotedTries): boolean =>
  a.refusedVersion === b.refusedVersion && a.accepted === b.accepted && a.unanswered === b.unanswered;
