import type { PublicAddress } from '../../../shared/cloud';
import type { Result } from '../../../shared/result';
import type { Clock } from '../../watch/clock';

/** The admin's public addresses as they were last agreed upon; null where none was ever told. */
export interface KnownAddresses {
  readonly ipv4: string | null;
  readonly ipv6: string | null;
}

export interface AddressWatchOptions {
  readonly clock: Clock;
  readonly find: (signal: AbortSignal) => Promise<Result<PublicAddress>>;
  /** Whether anything trusts an address of the admin at present: nobody is asked while nothing does. */
  readonly isNeeded: () => boolean;
  readonly known: {
    read(): KnownAddresses;
    /** Kept over restarts, so that a change while the app was not running is noticed. */
    write(next: KnownAddresses): Promise<unknown>;
  };
  readonly onChanged: (from: string, to: string) => Promise<void>;
  /** Milliseconds between two questions. */
  readonly everyMs: number;
}

export interface AddressWatch {
  /** Asks now if it is needed and was not asked since; called when something begins to trust an address. */
  wake(): void;
  dispose(): void;
}

/** Services that disagree tell nothing: the admin would be locked out by the wrong one of two addresses. */
const agreed = (told: PublicAddress['ipv4']): string | null =>
  told.length === 1 ? (told[0]?.address ?? null) : null;

/** Asks seldom for the public address while something trusts it, and tells when it is another one. */
export function createAddressWatch(options: AddressWatchOptions): AddressWatch {
  const { clock, known } = options;
  const ending = new AbortController();
  let cancelTimer: (() => void) | undefined;
  let asking = false;

  async function compare(found: PublicAddress): Promise<void> {
    const before = known.read();
    const now = { ipv4: agreed(found.ipv4), ipv6: agreed(found.ipv6) };
    // Kept first: a change that cannot be dealt with now is not told again and again.
    await known.write({ ipv4: now.ipv4 ?? before.ipv4, ipv6: now.ipv6 ?? before.ipv6 });
    for (const family of ['ipv4', 'ipv6'] as const) {
      const from = before[family];
      const to = now[family];
      if (from !== null && to !== null && from !== to) await options.onChanged(from, to);
    }
  }

  async function ask(): Promise<void> {
    cancelTimer?.();
    asking = true;
    try {
      const found = options.isNeeded() ? await options.find(ending.signal) : null;
      if (found?.ok && !ending.signal.aborted) await compare(found.value);
    } finally {
      asking = false;
    }
    if (ending.signal.aborted) return;
    cancelTimer = options.isNeeded()
      ? clock.after(options.everyMs, () => {
          cancelTimer = undefined;
          void ask();
        })
      : undefined;
  }

  return {
    wake() {
      if (asking || cancelTimer || ending.signal.aborted || !options.isNeeded()) return;
      void ask();
    },
    dispose() {
      ending.abort();
      cancelTimer?.();
    },
  };
}
