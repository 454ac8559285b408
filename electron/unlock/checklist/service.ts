import type { InstanceView } from '../../../shared/account-status';
import type { Checklist, ChecklistPartId } from '../../../shared/checklist';
import { appError } from '../../../shared/errors';
import type { IncidentId, IncidentSummary } from '../../../shared/incident';
import type { ConnectionProfile, InstanceId } from '../../../shared/instance';
import { err, ok, type Result } from '../../../shared/result';
import type { AuditTrail } from '../../audit/trail';
import type { IncidentService, JsonValue } from '../../incidents/types';
import type { InstanceIsolation } from '../../isolation/service/types';
import type { Log } from '../../log/log';
import type { Clock } from '../../watch/clock';
import { share } from '../../watch/structural-sharing';
import { auditInstance } from '../audit-instance';
import type { UnlockFact, UnlockFacts } from '../facts';
import { lineOf } from './history';
import { decodeMemory, encodeMemory } from './memory';
import {
  type ChecklistInput,
  type ChecklistMemory,
  type ChecklistProvider,
  evaluateChecklist,
  focusByHand,
  remember,
  tickByHand,
} from './rules';

export interface ChecklistServiceOptions {
  readonly incidents: Pick<
    IncidentService,
    'open' | 'memoryOf' | 'saveMemory' | 'addLine' | 'close' | 'onChange'
  >;
  readonly facts: Pick<UnlockFacts, 'onFact'>;
  readonly profileOf: (id: InstanceId) => ConnectionProfile | undefined;
  /** What the instance's cloud can do with the accounts at hand; null: it cannot be reached. */
  readonly providerOf: (id: InstanceId) => ChecklistProvider | null;
  readonly audit: Pick<AuditTrail, 'appendLater'>;
  /** Who works here. */
  readonly admin: () => string;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error'>;
  /** Those of the open incidents, in their order; those that did not change are the same objects as before. */
  readonly onChecklists: (checklists: readonly Checklist[]) => void;
}

export interface ChecklistService {
  start(): void;
  dispose(): void;
  views(views: readonly InstanceView[]): void;
  isolations(views: readonly InstanceIsolation[]): void;
  /** Profiles or cloud accounts changed: another console, another way to the rules. */
  surroundingsChanged(): void;
  list(): readonly Checklist[];
  of(id: IncidentId): Checklist | null;
  tick(id: IncidentId, part: ChecklistPartId, done: boolean): Result<null>;
  focus(id: IncidentId, accountKey: string): Result<null>;
}

/** What comes together is looked at together, milliseconds. */
const SOON_MS = 20;

interface Kept {
  memory: ChecklistMemory;
  /** As the incident keeps it. */
  raw: JsonValue;
  checklist: Checklist | null;
  /** What the last look was made of. */
  input: ChecklistInput | null;
  nextLookAtMs: number | null;
  closing: boolean;
}

/** The checklists of all open incidents: looked at again whenever something changes that one rests on. */
export function createChecklistService(options: ChecklistServiceOptions): ChecklistService {
  const { incidents, clock, log } = options;
  const kept = new Map<IncidentId, Kept>();
  let fleet = new Map<InstanceId, InstanceView>();
  let isolations = new Map<InstanceId, InstanceIsolation>();
  let shown: readonly Checklist[] = [];
  let running = false;
  let cancelSoon: (() => void) | undefined;
  let cancelTimer: (() => void) | undefined;
  let unsubscribe: (() => void)[] = [];

  const soon = (): void => {
    if (running) cancelSoon ??= clock.after(SOON_MS, lookAtAll);
  };

  const keptOf = (id: IncidentId): Kept => {
    const known = kept.get(id);
    if (known) {
      // An incident that took another one in has that one's memory.
      const now = incidents.memoryOf(id);
      if (now !== known.raw) Object.assign(known, { raw: now, memory: decodeMemory(now), input: null });
      return known;
    }
    const raw = incidents.memoryOf(id);
    const made: Kept = {
      memory: decodeMemory(raw),
      raw,
      checklist: null,
      input: null,
      nextLookAtMs: null,
      closing: false,
    };
    kept.set(id, made);
    return made;
  };

  function save(id: IncidentId, one: Kept, memory: ChecklistMemory): void {
    if (memory === one.memory) return;
    one.memory = memory;
    const saving = incidents.saveMemory(id, encodeMemory(memory));
    one.raw = incidents.memoryOf(id);
    void saving.then((saved) => {
      if (!saved.ok) log.error('checklist.notKept', { code: saved.error.code });
    });
  }

  function inputOf(incident: IncidentSummary): ChecklistInput {
    const { instanceId: id } = incident;
    const profile = options.profileOf(id);
    return {
      incident,
      view: fleet.get(id) ?? null,
      isolation: isolations.get(id) ?? null,
      instance: profile
        ? {
            name: profile.name,
            rdpPort: profile.rdpPort,
            vnc: profile.vnc !== undefined,
          }
        : null,
      provider: options.providerOf(id),
      nowMs: clock.now(),
    };
  }

  function look(incident: IncidentSummary): void {
    const { id } = incident;
    const one = keptOf(id);
    const input = inputOf(incident);
    const due = one.nextLookAtMs !== null && one.nextLookAtMs <= input.nowMs;
    if (one.input && !due && sameInput(one.input, input)) return;
    one.input = input;
    const { checklist, memory, changes, nextLookAtMs } = evaluateChecklist(input, one.memory);
    one.nextLookAtMs = nextLookAtMs;
    save(id, one, memory);
    for (const change of changes) incidents.addLine(id, lineOf(change));
    one.checklist = share(one.checklist, checklist);
    if (checklist.proven && !one.closing) closeByProof(id, one);
  }

  function closeByProof(id: IncidentId, one: Kept): void {
    one.closing = true;
    void incidents.close(id, 'proof').then((closed) => {
      // Closed, it is no longer among the open ones; opened again, it can be proven again.
      one.closing = false;
      if (!closed.ok) log.error('checklist.notClosed', { code: closed.error.code });
    });
  }

  function lookAtAll(): void {
    cancelSoon = undefined;
    const open = incidents.open();
    for (const incident of open) look(incident);
    const ids = new Set(open.map(({ id }) => id));
    for (const id of kept.keys()) if (!ids.has(id)) kept.delete(id);
    tell(open);
    armTimer();
  }

  function tell(open: readonly IncidentSummary[]): void {
    const next = open.flatMap(({ id }) => kept.get(id)?.checklist ?? []);
    const told = share(shown, next);
    if (told === shown) return;
    shown = told;
    options.onChecklists(shown);
  }

  function armTimer(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    const moments = [...kept.values()].flatMap(({ nextLookAtMs }) => nextLookAtMs ?? []);
    if (moments.length === 0) return;
    cancelTimer = clock.after(Math.max(0, Math.min(...moments) - clock.now()), lookAtAll);
  }

  function fact(noted: UnlockFact): void {
    for (const { id, instanceId } of incidents.open()) {
      if (instanceId !== noted.instanceId) continue;
      const one = keptOf(id);
      const memory = remember(one.memory, noted);
      if (memory === one.memory) continue;
      save(id, one, memory);
      one.input = null;
    }
    soon();
  }

  /** Looks at one at once, so that the answer to the admin's click is on the screen with it. */
  function lookNow(id: IncidentId, one: Kept): void {
    one.input = null;
    const open = incidents.open();
    const incident = open.find((each) => each.id === id);
    if (incident) look(incident);
    tell(open);
    armTimer();
  }

  function noteByHand(incident: IncidentSummary, said: string, before: string, after: string): void {
    void options.audit.appendLater({
      action: 'checklistStated',
      outcome: 'noted',
      admin: options.admin(),
      instance: auditInstance(incident.instanceId, options.profileOf(incident.instanceId)),
      reason: said,
      incident: incident.id,
      before,
      after,
      requestIds: [],
      error: null,
      entryId: null,
    });
  }

  const opened = (id: IncidentId): IncidentSummary | undefined =>
    incidents.open().find((incident) => incident.id === id);

  return {
    start() {
      running = true;
      unsubscribe = [incidents.onChange(soon), options.facts.onFact(fact)];
      soon();
    },
    dispose() {
      running = false;
      for (const stop of unsubscribe) stop();
      cancelSoon?.();
      cancelTimer?.();
    },
    views(views) {
      fleet = new Map(views.map((view) => [view.id, view]));
      soon();
    },
    isolations(views) {
      isolations = new Map(views.map((view) => [view.id, view]));
      soon();
    },
    surroundingsChanged: soon,
    list: () => shown,
    of: (id) => shown.find(({ incidentId }) => incidentId === id) ?? null,
    tick(id, part, done) {
      const incident = opened(id);
      if (!incident) return err(appError('app.notFound'));
      const one = keptOf(id);
      one.input = null;
      look(incident);
      const { checklist } = one;
      const who = options.admin();
      const ticked = checklist && tickByHand(checklist, one.memory, { part, done, who, nowMs: clock.now() });
      if (!ticked) return err(appError('app.invalidArgument'));
      save(id, one, ticked.memory);
      incidents.addLine(id, lineOf(ticked.change));
      noteByHand(incident, part, stateOf(checklist, part), done ? 'done by hand' : 'taken back');
      lookNow(id, one);
      return ok(null);
    },
    focus(id, accountKey) {
      const incident = opened(id);
      const account = incident?.accounts.find(({ key }) => key === accountKey);
      if (!incident || !account) return err(appError('app.notFound'));
      const one = keptOf(id);
      const before = one.checklist?.accountName ?? '';
      save(id, one, focusByHand(one.memory, account));
      noteByHand(incident, 'account', before, account.name);
      lookNow(id, one);
      return ok(null);
    },
  };
}

const stateOf = (checklist: Checklist, id: ChecklistPartId): string =>
  checklist.steps.flatMap(({ parts }) => parts).find((part) => part.id === id)?.state ?? '';

const sameInput = (a: ChecklistInput, b: ChecklistInput): boolean =>
  a.incident === b.incident &&
  a.view === b.view &&
  a.isolation === b.isolation &&
  JSON.stringify([a.instance, a.provider]) === JSON.stringify([b.instance, b.provider]);
