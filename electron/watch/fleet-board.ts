import type { InstanceView } from '../../shared/account-status';
import type { HostKeyQuestion, InstanceId } from '../../shared/instance';
import type { Settings } from '../../shared/settings';
import { type AccountRecord, emptyModel, type InstanceModel } from '../lockout';
import { DetailCache } from './account-details';
import type { Clock } from './clock';
import { evaluate } from './instance-view';
import { addressBlocks, rememberOwnAddresses } from './own-addresses';
import type { HostEvents, ModelDelta, WatcherReport } from './protocol';
import { share } from './structural-sharing';

export interface FleetBoardOptions {
  /** The model with what is known of its accounts from elsewhere; the same object while that does not change. */
  readonly enrich?: (model: InstanceModel) => InstanceModel;
  readonly clock: Clock;
  readonly settings: () => Pick<Settings, 'staleAfterSeconds' | 'ownAddresses'>;
  /** All views in the order of the instances; those that did not change are the same objects as before. */
  readonly onViews: (views: readonly InstanceView[]) => void;
}

/** Views are evaluated at most this often, in milliseconds. */
const EVERY_MS = 100;
/** Between two turns of a long evaluation, in milliseconds. */
const GO_ON_AFTER_MS = 10;
/** Accounts evaluated in one go: main has other things to do. */
const MOST_ACCOUNTS = 64;
/** That an instance was read again, and nothing else, is told this seldom, in milliseconds. */
const TELL_READING_EVERY_MS = 10_000;

interface Entry {
  report: WatcherReport;
  model: InstanceModel;
  view: InstanceView;
  nextChangeAtMs: number | null;
  readonly details: DetailCache;
  readonly ownAddresses: ReturnType<typeof rememberOwnAddresses>;
}

const unread = (id: InstanceId): WatcherReport => ({
  id,
  connection: 'connecting',
  failure: null,
  nextAttemptAtMs: null,
  catchUpProgress: null,
  checkedAtMs: null,
  computer: null,
  system: null,
  clockOffsetMs: null,
  clientAddress: null,
  eventsStored: 0,
  brokenRecords: 0,
  doubts: [],
  question: null,
});

/** The newest model of every instance, and what it means now: evaluated when it changes and when time changes it. */
export class FleetBoard {
  readonly #options: FleetBoardOptions;
  #entries = new Map<InstanceId, Entry>();
  readonly #dirty = new Set<InstanceId>();
  #views: readonly InstanceView[] = [];
  #staleBeforeMs = Number.NEGATIVE_INFINITY;
  #blocks: ReturnType<typeof addressBlocks>;
  #cancelSoon: (() => void) | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(options: FleetBoardOptions) {
    this.#options = options;
    this.#blocks = addressBlocks(options.settings().ownAddresses);
  }

  get views(): readonly InstanceView[] {
    return this.#views;
  }

  /** The instances, in the order in which they are shown. */
  setInstances(ids: readonly InstanceId[]): void {
    const next = new Map<InstanceId, Entry>();
    for (const id of ids) next.set(id, this.#entries.get(id) ?? this.#newEntry(id));
    this.#entries = next;
    this.#tell();
  }

  accept({ report, model }: HostEvents['instance.changed']): void {
    const entry = this.#entries.get(report.id);
    // Deleted a moment ago.
    if (!entry) return;
    entry.report = report;
    if (model) entry.model = withDelta(entry.model, model);
    this.#markDirty(report.id);
  }

  settingsChanged(): void {
    this.#blocks = addressBlocks(this.#options.settings().ownAddresses);
    this.#allDirty();
  }

  /** What `enrich` adds is different now. */
  enrichmentChanged(): void {
    for (const [id, { model }] of this.#entries) {
      const elsewhere = [...model.accounts.values()].some(({ ref }) => ref.authority === 'elsewhere');
      if (elsewhere) this.#dirty.add(id);
    }
    if (this.#dirty.size > 0) this.#soon(0);
  }

  /** Everything read before now is stale: we slept, or nobody was watching. */
  allStale(): void {
    this.#staleBeforeMs = this.#options.clock.now();
    this.#allDirty();
  }

  /** The watchers are gone; what they said last no longer tells where they stand. */
  watchersGone(): void {
    for (const entry of this.#entries.values()) {
      const { connection } = entry.report;
      if (connection !== 'off')
        entry.report = { ...entry.report, connection: 'connecting', nextAttemptAtMs: null };
    }
    this.allStale();
  }

  questions(): readonly HostKeyQuestion[] {
    return [...this.#entries.values()].flatMap(({ report }) => (report.question ? [report.question] : []));
  }

  dispose(): void {
    this.#cancelSoon?.();
    this.#cancelTimer?.();
    this.#dirty.clear();
  }

  #newEntry(id: InstanceId): Entry {
    const report = unread(id);
    const model = emptyModel();
    const details = new DetailCache();
    const ownAddresses = rememberOwnAddresses();
    const { view, nextChangeAtMs } = this.#evaluate({ report, model, details, ownAddresses });
    return { report, model, view, nextChangeAtMs, details, ownAddresses };
  }

  #evaluate(entry: Omit<Entry, 'view' | 'nextChangeAtMs'>): ReturnType<typeof evaluate> {
    const { report, details, ownAddresses } = entry;
    const { clock, settings, enrich } = this.#options;
    const model = enrich ? enrich(entry.model) : entry.model;
    return evaluate({
      model,
      report,
      nowMs: clock.now(),
      staleAfterSeconds: settings().staleAfterSeconds,
      staleBeforeMs: this.#staleBeforeMs,
      ownAddresses: ownAddresses(model, this.#blocks, report.clientAddress),
      details,
    });
  }

  #allDirty(): void {
    for (const id of this.#entries.keys()) this.#dirty.add(id);
    this.#soon(0);
  }

  #markDirty(id: InstanceId): void {
    this.#dirty.add(id);
    this.#soon(EVERY_MS);
  }

  #soon(ms: number): void {
    this.#cancelSoon ??= this.#options.clock.after(ms, () => {
      this.#cancelSoon = undefined;
      this.#work();
    });
  }

  #work(): void {
    let accounts = 0;
    let changed = false;
    for (const id of [...this.#dirty]) {
      if (accounts > MOST_ACCOUNTS) break;
      this.#dirty.delete(id);
      const entry = this.#entries.get(id);
      if (!entry) continue;
      accounts += entry.model.accounts.size + 1;
      const { view, nextChangeAtMs, finished } = this.#evaluate(entry);
      if (!finished) this.#dirty.add(id);
      entry.nextChangeAtMs = nextChangeAtMs;
      const shown = shownView(entry.view, view);
      if (shown === entry.view) continue;
      entry.view = shown;
      changed = true;
    }
    if (changed) this.#tell();
    if (this.#dirty.size > 0) this.#soon(GO_ON_AFTER_MS);
    this.#armTimer();
  }

  #tell(): void {
    this.#views = [...this.#entries.values()].map((entry) => entry.view);
    this.#options.onViews(this.#views);
    this.#armTimer();
  }

  /** One timer for the next instant at which any answer changes by itself. */
  #armTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    let next: number | null = null;
    for (const { nextChangeAtMs } of this.#entries.values()) {
      if (nextChangeAtMs !== null && (next === null || nextChangeAtMs < next)) next = nextChangeAtMs;
    }
    if (next === null) return;
    const { clock } = this.#options;
    this.#cancelTimer = clock.after(Math.max(0, next - clock.now()), () => {
      const nowMs = clock.now();
      for (const [id, { nextChangeAtMs }] of this.#entries) {
        if (nextChangeAtMs !== null && nextChangeAtMs <= nowMs) this.#dirty.add(id);
      }
      this.#work();
    });
  }
}

/** The new view made of the old one's equal parts; the old one when it differs in nothing that is worth telling. */
function shownView(before: InstanceView, after: InstanceView): InstanceView {
  const { checkedAtMs: was } = before;
  const { checkedAtMs: is } = after;
  const readAgain = was === null || is === null ? was !== is : is - was >= TELL_READING_EVERY_MS;
  const sameReading = {
    ...after,
    evaluatedAtMs: before.evaluatedAtMs,
    checkedAtMs: readAgain ? is : was,
    clockOffsetMs: readAgain ? after.clockOffsetMs : before.clockOffsetMs,
  };
  return share(before, sameReading) === before ? before : share(before, after);
}

function withDelta(model: InstanceModel, delta: ModelDelta): InstanceModel {
  const accounts = new Map<string, AccountRecord>(delta.whole ? [] : model.accounts);
  for (const key of delta.removed) accounts.delete(key);
  for (const [key, record] of delta.accounts) accounts.set(key, record);
  return { ...delta.rest, accounts };
}
