import type { InstanceView, Phrase } from '../../shared/account-status';
import type { IncidentEntry, IncidentId, IncidentRecord, IncidentSummary } from '../../shared/incident';
import type { IncidentQuery } from '../../shared/incident-contract';
import type { Result } from '../../shared/result';
import type { InstanceIsolation } from '../isolation/service/types';
import type { UnlockFact } from '../unlock/facts';

/** Plain data that JSON keeps as it is. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A line that somebody else puts into an incident's history. */
export interface HistoryLine {
  readonly kind: Exclude<IncidentEntry['kind'], 'note'>;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** The admin's name; null for what was only seen. */
  readonly who: string | null;
  readonly text: Phrase;
}

/** The incidents of all instances: opened by evidence, kept on the disk, closed by proof or by hand. */
export interface IncidentService {
  /** Reads what is kept. Views, facts and isolations given before it is done are looked at then. */
  start(): Promise<void>;
  /** Writes what is waiting. */
  dispose(): Promise<void>;

  /** Open incidents, the newest first. */
  open(): readonly IncidentSummary[];
  /** Open ones, then those closed within the last days, the newest first: what the window mirrors. */
  recent(): readonly IncidentSummary[];
  /** Any incident, also of long ago; null when there is none of this id. */
  get(id: IncidentId): IncidentSummary | null;
  /** Incidents in which a text occurs, open ones first, then the newest. */
  list(query: IncidentQuery): { readonly incidents: readonly IncidentSummary[]; readonly more: boolean };
  /** Everything about one. `app.notFound`; what only the evidence process knows is null or empty when it is down. */
  record(id: IncidentId): Promise<Result<IncidentRecord>>;
  /** Called after anything changed that `open`, `recent` or an incident's entries show. */
  onChange(listener: () => void): () => void;

  /** The admin's own words. On the disk when it succeeds. */
  addNote(id: IncidentId, note: string): Promise<Result<null>>;
  /** Puts a line into the history; one that is there already is not doubled. An id that is unknown is ignored. */
  addLine(id: IncidentId, line: HistoryLine): void;
  /** `proof`: every proving part of the checklist was done by evidence. Closing what is closed succeeds. */
  close(id: IncidentId, by: 'proof' | 'hand'): Promise<Result<null>>;
  reopen(id: IncidentId): Promise<Result<null>>;

  /** What the checklist keeps about an incident; null when it kept nothing yet. */
  memoryOf(id: IncidentId): JsonValue;
  /** Replaces it; `memoryOf` gives the new one at once. On the disk when it succeeds. */
  saveMemory(id: IncidentId, memory: JsonValue): Promise<Result<null>>;

  /** The fleet as it is seen now. */
  views(views: readonly InstanceView[]): void;
  /** How instances are isolated now. */
  isolations(views: readonly InstanceIsolation[]): void;
  /** What was done for an unlock. */
  fact(fact: UnlockFact): void;
}
