import type { InstanceView, Phrase } from '../../shared/account-status';
import { appError } from '../../shared/errors';
import type {
  IncidentEvidence,
  IncidentEvidenceQuery,
  IncidentId,
  IncidentSummary,
} from '../../shared/incident';
import type { InstanceId } from '../../shared/instance';
import { err, ok, type Result } from '../../shared/result';
import type { Notice } from '../../shared/snapshot';
import type { InstanceIsolation } from '../isolation/service/types';
import type { UnlockFact } from '../unlock/facts';
import type { Clock } from '../watch/clock';
import { EvidenceRounds } from './evidence-rounds';
import { isolationLines, seenOf } from './history/isolation-lines';
import { entryOf, lineOf, withEntries } from './history/lines';
import { type HeldIncident, Keeper } from './keeper';
import { reopened, settleIncidents, stepIncidents, stillMatters } from './rules/step';
import type { Change, IncidentCore } from './rules/types';
import { scopeOf } from './scope';
import type { IncidentStore } from './store/store';
import { matches, searchTextOf, summaryOf } from './summary';
import type { HistoryLine, IncidentService, JsonValue } from './types';

export interface IncidentServiceOptions {
  readonly store: IncidentStore;
  readonly clock: Clock;
  readonly newId: () => IncidentId;
  readonly nameOf: (id: InstanceId) => string;
  /** Who works here. */
  readonly admin: () => string;
  /** Words of the catalogue: the history is searched as it reads. */
  readonly say: (phrase: Phrase) => string;
  /** What the evidence process knows of an incident's failures. */
  readonly evidence: (asked: IncidentEvidenceQuery) => Promise<Result<IncidentEvidence>>;
  readonly onNotices: (notices: readonly Notice[]) => void;
  /** After an incident was closed; what is kept of it is on the disk then. */
  readonly onClosed: (incident: IncidentSummary, by: 'proof' | 'hand') => void;
}

/** Views are looked at this often, milliseconds. */
const EVERY_MS = 500;
/** Closed incidents are shown beside the open ones for so long, milliseconds. */
const RECENT_MS = 7 * 24 * 60 * 60_000;
const MOST_RECENT = 300;

const empty: Pick<
  HeldIncident,
  'entries' | 'nextSeq' | 'linesLeftOut' | 'failures' | 'addresses' | 'memory'
> = {
  entries: [],
  nextSeq: 1,
  linesLeftOut: 0,
  failures: 0,
  addresses: 0,
  memory: null,
};

const newestFirst = (a: IncidentSummary, b: IncidentSummary): number =>
  Number(a.state === 'closed') - Number(b.state === 'closed') ||
  b.openedAtMs - a.openedAtMs ||
  (a.id < b.id ? -1 : 1);

/** What happened on all instances, incident by incident. */
export function createIncidentService(options: IncidentServiceOptions): IncidentService {
  const { clock, newId, nameOf } = options;
  const listeners = new Set<() => void>();
  const seenIsolations = new Map<InstanceId, ReturnType<typeof seenOf>>();
  const seenViews = new Map<InstanceId, InstanceView>();
  const dueViews = new Map<InstanceId, InstanceView>();
  let started = false;
  let disposed = false;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let cancelLook: (() => void) | undefined;
  let waiting: (() => void)[] = [];

  const keeper = new Keeper({
    store: options.store,
    clock,
    onNotices: options.onNotices,
    summaryOf,
    searchTextOf: (document) => searchTextOf(document, options.say),
  });
  const rounds = new EvidenceRounds({
    clock,
    ask: options.evidence,
    scope(id) {
      const held = keeper.get(id);
      return held ? scope(held, clock.now()) : null;
    },
    onEvidence(id, evidence) {
      const held = keeper.get(id);
      if (held?.core.state !== 'open') return;
      keeper.put(counted(held, evidence), keptOf(evidence));
      tell();
    },
  });

  function tell(): void {
    for (const listener of listeners) listener();
  }

  const scope = ({ core }: HeldIncident, nowMs: number): IncidentEvidenceQuery =>
    scopeOf(
      core,
      keeper.ofInstance(core.instanceId).map((one) => one.core),
      nowMs,
    );

  /** Of an instance that is watched no more the evidence may be gone already. */
  const isWatched = (id: InstanceId): boolean => seenViews.has(id);

  const whenStarted = (run: () => void): void => {
    if (started) run();
    else waiting.push(run);
  };

  function addLines(id: IncidentId, lines: readonly HistoryLine[]): boolean {
    const held = keeper.get(id);
    if (!held || lines.length === 0) return false;
    const history = withEntries(held, lines.map(entryOf));
    if (history === held) return false;
    keeper.put({ ...held, ...history });
    return true;
  }

  function take(changed: readonly IncidentCore[], changes: readonly Change[]): void {
    for (const core of changed) {
      const held = keeper.get(core.id);
      keeper.put(held ? { ...held, core } : { ...empty, core, instanceName: nameOf(core.instanceId) });
    }
    for (const change of changes) {
      addLines(change.id, [lineOf(change)]);
      if (change.kind === 'joined') inherit(change.id, change.other);
    }
    for (const { id, state } of changed) if (state === 'open') rounds.wanted(id);
    if (changes.length > 0) void keeper.flush();
    if (changed.length > 0) tell();
  }

  /** History and memory of an incident go on in the one that took it in. */
  function inherit(id: IncidentId, otherId: IncidentId): void {
    const [held, other] = [keeper.get(id), keeper.get(otherId)];
    if (!held || !other) return;
    const entries = other.entries.map(({ seq: _seq, ...entry }) => entry);
    keeper.put({ ...held, ...withEntries(held, entries), memory: held.memory ?? other.memory });
  }

  function look(): void {
    cancelLook = undefined;
    const nowMs = clock.now();
    lookedAtMs = nowMs;
    let againAtMs: number | null = null;
    for (const [id, view] of dueViews) {
      dueViews.delete(id);
      const known = keeper
        .ofInstance(id)
        .map(({ core }) => core)
        .filter((core) => stillMatters(core, nowMs));
      const step = stepIncidents(known, view, nowMs, newId);
      take(step.changed, step.changes);
      if (step.againAtMs === null) continue;
      againAtMs = Math.min(againAtMs ?? step.againAtMs, step.againAtMs);
      again.add(id);
    }
    if (againAtMs !== null) lookAgainAt(againAtMs);
  }

  const again = new Set<InstanceId>();
  function lookAgainAt(atMs: number): void {
    clock.after(Math.max(EVERY_MS, atMs - clock.now()), () => {
      for (const id of again) {
        const view = seenViews.get(id);
        if (view) dueViews.set(id, view);
      }
      again.clear();
      lookSoon();
    });
  }

  function lookSoon(): void {
    if (disposed || dueViews.size === 0 || cancelLook) return;
    const waitMs = Math.min(EVERY_MS, lookedAtMs + EVERY_MS - clock.now());
    if (waitMs <= 0) look();
    else cancelLook = clock.after(waitMs, look);
  }

  /** The profile is gone, and its evidence will be: what is known of it now is kept. */
  function instanceGone(id: InstanceId): void {
    seenViews.delete(id);
    dueViews.delete(id);
    for (const { core } of keeper.ofInstance(id)) if (core.state === 'open') void rounds.now(core.id);
  }

  function setCore(held: HeldIncident, core: IncidentCore, line: Change | HistoryLine): void {
    const entry = entryOf('text' in line ? line : lineOf(line));
    keeper.put({ ...held, ...withEntries(held, [entry]), core });
  }

  const missing = err(appError('app.notFound'));

  return {
    async start() {
      await keeper.open();
      started = true;
      const instances = new Set(keeper.summaries().map(({ instanceId }) => instanceId));
      for (const id of instances) {
        const cores = keeper.ofInstance(id).map(({ core }) => core);
        const settled = settleIncidents(cores, clock.now());
        take(settled.changed, settled.changes);
      }
      for (const { id, state } of keeper.summaries()) if (state === 'open') rounds.wanted(id);
      for (const run of waiting) run();
      waiting = [];
      tell();
      lookSoon();
    },
    async dispose() {
      disposed = true;
      cancelLook?.();
      rounds.dispose();
      listeners.clear();
      await keeper.dispose();
    },

    open: () =>
      keeper
        .summaries()
        .filter(({ state }) => state === 'open')
        .sort(newestFirst),
    recent() {
      const since = clock.now() - RECENT_MS;
      return keeper
        .summaries()
        .filter(
          ({ state, closedBy, closedAtMs }) =>
            state === 'open' || (closedBy !== 'joined' && (closedAtMs ?? 0) >= since),
        )
        .sort(newestFirst)
        .slice(0, MOST_RECENT);
    },
    get: (id) => keeper.summary(id) ?? null,
    list({ search, state, before, limit }) {
      const all = keeper
        .summaries()
        .filter((one) => one.closedBy !== 'joined' && (state === null || one.state === state))
        .sort(newestFirst);
      const from = before === null ? 0 : all.findIndex(({ id }) => id === before) + 1;
      const wanted = search.trim();
      const found: IncidentSummary[] = [];
      for (const one of all.slice(from)) {
        if (wanted !== '' && !matches(keeper.text(one.id), wanted)) continue;
        found.push(one);
        if (found.length > limit) break;
      }
      return { incidents: found.slice(0, limit), more: found.length > limit };
    },
    async record(id) {
      const known = keeper.get(id);
      if (!known) return missing;
      if (known.core.state === 'open' && isWatched(known.core.instanceId)) await rounds.now(id);
      const kept = await keeper.evidence(id);
      if (!kept.ok) return kept;
      const held = keeper.get(id);
      const summary = keeper.summary(id);
      if (!held || !summary) return missing;
      return ok({
        summary,
        entries: held.entries,
        linesLeftOut: held.linesLeftOut,
        sources: kept.value?.sources ?? [],
        timeline: kept.value?.timeline ?? null,
        joinedInto: held.core.joinedInto,
      });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async addNote(id, note) {
      const held = keeper.get(id);
      if (!held) return missing;
      const entry = { kind: 'note' as const, atMs: clock.now(), who: options.admin(), text: null, note };
      keeper.put({ ...held, ...withEntries(held, [entry]) });
      const written = await keeper.writeNow(id);
      tell();
      return written;
    },
    addLine(id, line) {
      whenStarted(() => {
        if (!addLines(id, [line])) return;
        void keeper.flush();
        tell();
      });
    },
    async close(id, by) {
      const before = keeper.get(id);
      if (!before) return missing;
      if (before.core.state === 'closed') return ok(null);
      if (isWatched(before.core.instanceId)) await rounds.now(id);
      const held = keeper.get(id);
      if (!held || held.core.state === 'closed') return ok(null);
      const nowMs = clock.now();
      setCore(
        held,
        { ...held.core, state: 'closed', closedAtMs: nowMs, closedBy: by },
        {
          kind: by === 'proof' ? 'proof' : 'action',
          atMs: nowMs,
          who: by === 'proof' ? null : options.admin(),
          text: { key: `incident.line.closed.${by}`, params: {} },
        },
      );
      const written = await keeper.writeNow(id);
      tell();
      const summary = keeper.summary(id);
      if (summary) options.onClosed(summary, by);
      return written;
    },
    async reopen(id) {
      const held = keeper.get(id);
      if (!held) return missing;
      if (held.core.state === 'open') return ok(null);
      if (held.core.closedBy === 'joined') return err(appError('app.invalidArgument'));
      setCore(held, reopened(held.core), {
        kind: 'action',
        atMs: clock.now(),
        who: options.admin(),
        text: { key: 'incident.line.reopened.hand', params: {} },
      });
      rounds.wanted(id);
      const written = await keeper.writeNow(id);
      tell();
      return written;
    },

    memoryOf: (id) => keeper.get(id)?.memory ?? null,
    async saveMemory(id, memory: JsonValue) {
      const held = keeper.get(id);
      if (!held) return missing;
      keeper.put({ ...held, memory });
      return keeper.writeNow(id);
    },

    views(views) {
      const gone = new Set(seenViews.keys());
      for (const view of views) {
        gone.delete(view.id);
        if (seenViews.get(view.id) === view) continue;
        seenViews.set(view.id, view);
        dueViews.set(view.id, view);
      }
      for (const id of gone) instanceGone(id);
      whenStarted(lookSoon);
    },
    isolations(views: readonly InstanceIsolation[]) {
      for (const view of views) {
        const before = seenIsolations.get(view.id);
        seenIsolations.set(view.id, seenOf(view));
        const lines = isolationLines(before, view, clock.now());
        if (lines.length > 0) whenStarted(() => noteOn(view.id, null, lines));
      }
    },
    fact(fact: UnlockFact) {
      const line: HistoryLine = {
        kind: fact.kind === 'rdpProbed' ? 'proof' : 'action',
        atMs: fact.atMs,
        who: fact.who,
        text: fact.text,
      };
      whenStarted(() => noteOn(fact.instanceId, fact.accountKey, [line]));
    },
  };

  /** On the open incidents of an instance that an account is in, or all when it is in none. */
  function noteOn(instanceId: InstanceId, accountKey: string | null, lines: readonly HistoryLine[]): void {
    const open = keeper.ofInstance(instanceId).filter(({ core }) => core.state === 'open');
    const own = open.filter(({ core }) => core.accounts.some(({ key }) => key === accountKey));
    let news = false;
    for (const { core } of own.length > 0 ? own : open) news = addLines(core.id, lines) || news;
    if (!news) return;
    void keeper.flush();
    tell();
  }
}

const keptOf = ({ sources, timeline }: IncidentEvidence) => ({ sources, timeline });

/** Numbers never go down: evidence that is pruned was there. */
const counted = (held: HeldIncident, { failures, addresses }: IncidentEvidence): HeldIncident => ({
  ...held,
  failures: Math.max(held.failures, failures),
  addresses: Math.max(held.addresses, addresses),
});
