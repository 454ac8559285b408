import type {
  CertificateQuestion,
  DirectoryAccount,
  DirectoryId,
  DirectoryView,
} from '../../shared/directory';
import type { Clock } from '../watch/clock';
import type { DirectoryReport } from '../watch/directory-protocol';

export interface DirectoryBoardOptions {
  readonly clock: Clock;
  readonly staleAfterSeconds: () => number;
  readonly onChange: () => void;
}

/** Accounts that were locked a moment ago are remembered as open so many at most: an unlock is told by them. */
const MOST_OPENED = 200;

const emptyView = (id: DirectoryId): DirectoryView => ({
  id,
  status: 'unknown',
  reason: { key: 'directory.reason.neverRead', params: {} },
  checkedAtMs: null,
  connection: 'connecting',
  failure: null,
  nextAttemptAtMs: null,
  domainName: null,
  netbiosName: null,
  domainSid: null,
  pdcHost: null,
  controllers: [],
  policy: null,
  passwordSettings: null,
  locked: 0,
  counting: 0,
  accounts: [],
  lastFull: null,
  lastIncremental: null,
  doubts: [],
});

interface Entry {
  report: DirectoryReport;
  readonly opened: Map<string, DirectoryAccount>;
}

/** The newest report on each directory, and whether it is still to be believed. */
export class DirectoryBoard {
  readonly #options: DirectoryBoardOptions;
  #entries = new Map<DirectoryId, Entry>();
  #staleBeforeMs = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | undefined;

  constructor(options: DirectoryBoardOptions) {
    this.#options = options;
  }

  setDirectories(ids: readonly DirectoryId[]): void {
    this.#entries = new Map(
      ids.map((id) => [
        id,
        this.#entries.get(id) ?? { report: { view: emptyView(id), questions: [] }, opened: new Map() },
      ]),
    );
    this.#changed();
  }

  accept(report: DirectoryReport): void {
    const entry = this.#entries.get(report.view.id);
    // Deleted a moment ago.
    if (!entry) return;
    noteOpened(entry, report.view);
    entry.report = report;
    this.#changed();
  }

  /** Everything read before now is stale: we slept, or nobody was watching. */
  allStale(): void {
    this.#staleBeforeMs = this.#options.clock.now();
    for (const entry of this.#entries.values()) {
      const { view } = entry.report;
      if (view.connection !== 'off') {
        entry.report = {
          ...entry.report,
          view: { ...view, connection: 'connecting', nextAttemptAtMs: null },
        };
      }
    }
    this.#changed();
  }

  views(): readonly DirectoryView[] {
    const nowMs = this.#options.clock.now();
    return [...this.#entries.values()].map(({ report }) => this.#honest(report.view, nowMs));
  }

  /** With the accounts that were locked and are no more. */
  viewsWithOpened(): readonly DirectoryView[] {
    return this.views().map((view) => {
      const opened = this.#entries.get(view.id)?.opened ?? new Map<string, DirectoryAccount>();
      return view.status === 'unknown' ? view : { ...view, accounts: [...view.accounts, ...opened.values()] };
    });
  }

  questions(): readonly CertificateQuestion[] {
    return [...this.#entries.values()].flatMap(({ report }) => report.questions);
  }

  dispose(): void {
    this.#cancelTimer?.();
  }

  /** Too old a reading is no clear, and no lock either: only what was last known. */
  #honest(view: DirectoryView, nowMs: number): DirectoryView {
    const { checkedAtMs } = view;
    if (view.status === 'unknown' || checkedAtMs === null) return view;
    const young = nowMs - checkedAtMs <= this.#options.staleAfterSeconds() * 1000;
    if (young && checkedAtMs > this.#staleBeforeMs) return view;
    return { ...view, status: 'unknown', reason: { key: 'directory.reason.stale', params: {} } };
  }

  #changed(): void {
    this.#arm();
    this.#options.onChange();
  }

  /** One timer for the next view to become stale. */
  #arm(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const { clock, staleAfterSeconds, onChange } = this.#options;
    const due = [...this.#entries.values()].flatMap(({ report: { view } }) => {
      const { checkedAtMs, status } = view;
      return checkedAtMs === null || status === 'unknown' || checkedAtMs <= this.#staleBeforeMs
        ? []
        : [checkedAtMs + staleAfterSeconds() * 1000 + 1];
    });
    const next = due.filter((atMs) => atMs > clock.now());
    if (next.length === 0) return;
    this.#cancelTimer = clock.after(Math.min(...next) - clock.now(), () => {
      this.#arm();
      onChange();
    });
  }
}

/** An account that is no longer among those shown is open now, unless there was no room for it. */
function noteOpened({ report: { view: before }, opened }: Entry, after: DirectoryView): void {
  for (const { key } of after.accounts) opened.delete(key);
  if (after.status === 'unknown' || after.locked + after.counting > after.accounts.length) return;
  const shown = new Set(after.accounts.map(({ key }) => key));
  for (const account of before.accounts) {
    if (account.status !== 'locked' || shown.has(account.key)) continue;
    const { lockedAtMs: _lockedAt, autoUnlockAtMs: _unlockAt, ...rest } = account;
    const open = { ...rest, status: 'clear' as const, badPasswordCount: 0 };
    opened.set(account.key, { ...open, lockedAtMs: null, autoUnlockAtMs: null, lockedUntilAdmin: false });
    const oldest = opened.keys().next().value;
    if (opened.size > MOST_OPENED && oldest !== undefined) opened.delete(oldest);
  }
}
