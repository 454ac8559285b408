import type { IncidentId, IncidentSummary } from '../../shared/incident';
import type { InstanceId } from '../../shared/instance';
import { ok, type Result } from '../../shared/result';
import type { Notice } from '../../shared/snapshot';
import type { Clock } from '../watch/clock';
import type { IncidentDocument, KeptEvidence } from './store/document';
import type { IncidentStore } from './store/store';

/** An incident in memory: all but the evidence of those that are closed, which stays on the disk. */
export type HeldIncident = Omit<IncidentDocument, 'evidence'>;

interface Held {
  light: HeldIncident;
  summary: IncidentSummary;
  /** What is to be searched; made anew when it is next needed. */
  text: string | null;
  /** Of an open one, or one that has not been written since. */
  evidence: KeptEvidence | null;
  evidenceInMemory: boolean;
  dirty: boolean;
}

export interface KeeperOptions {
  readonly store: IncidentStore;
  readonly clock: Clock;
  readonly onNotices: (notices: readonly Notice[]) => void;
  readonly summaryOf: (held: HeldIncident) => IncidentSummary;
  readonly searchTextOf: (document: IncidentDocument) => string;
}

/** So many incidents are kept; beyond, the oldest closed ones are removed. */
const MOST_INCIDENTS = 1000;
/** What changes all the time is written this seldom, milliseconds; what matters is flushed at once. */
const WRITE_AFTER_MS = 15_000;
const RETRY_AFTER_MS = 10_000;

/** All incidents in memory, and their way to the disk. */
export class Keeper {
  readonly #options: KeeperOptions;
  readonly #held = new Map<IncidentId, Held>();
  #byInstance = new Map<InstanceId, Set<IncidentId>>();
  #notices: readonly Notice[] = [];
  readonly #writing = new Set<Promise<unknown>>();
  #cancelWrite: (() => void) | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    const { documents, notices } = await this.#options.store.open();
    for (const document of documents) {
      this.#put(document, document.evidence, false);
      const held = this.#held.get(document.core.id);
      if (held) held.text = this.#options.searchTextOf(document);
    }
    this.#notices = notices;
    if (notices.length > 0) this.#options.onNotices(notices);
  }

  get(id: IncidentId): HeldIncident | undefined {
    return this.#held.get(id)?.light;
  }

  summary(id: IncidentId): IncidentSummary | undefined {
    return this.#held.get(id)?.summary;
  }

  summaries(): IncidentSummary[] {
    return [...this.#held.values()].map(({ summary }) => summary);
  }

  ofInstance(id: InstanceId): HeldIncident[] {
    return [...(this.#byInstance.get(id) ?? [])].flatMap((one) => this.#held.get(one)?.light ?? []);
  }

  text(id: IncidentId): string {
    const held = this.#held.get(id);
    if (!held) return '';
    held.text ??= this.#options.searchTextOf({ ...held.light, evidence: held.evidence });
    return held.text;
  }

  /** Sources and timeline as they were last kept. */
  async evidence(id: IncidentId): Promise<Result<KeptEvidence | null>> {
    const held = this.#held.get(id);
    if (!held || held.evidenceInMemory) return ok(held?.evidence ?? null);
    const read = await this.#options.store.read(id);
    return read.ok ? ok(read.value.evidence) : read;
  }

  /** Takes in a changed incident; it is written within `WRITE_AFTER_MS`, or by `writeNow`. */
  put(light: HeldIncident, evidence?: KeptEvidence): void {
    this.#put(light, evidence, true);
    this.#cancelWrite ??= this.#options.clock.after(WRITE_AFTER_MS, () => void this.flush());
  }

  /** On the disk when it succeeds. */
  writeNow(id: IncidentId): Promise<Result<null>> {
    const writing = this.#write(id).finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
    return writing;
  }

  async #write(id: IncidentId): Promise<Result<null>> {
    const held = this.#held.get(id);
    if (!held) return ok(null);
    if (!held.evidenceInMemory) {
      const kept = await this.evidence(id);
      if (!kept.ok) return kept;
      if (!held.evidenceInMemory) Object.assign(held, { evidence: kept.value, evidenceInMemory: true });
    }
    const { light, evidence } = held;
    held.dirty = false;
    const written = await this.#options.store.write({ ...light, evidence });
    if (!written.ok) {
      held.dirty = true;
      return written;
    }
    // Of a closed one the search text is made while its addresses are at hand; the rest waits on the disk.
    if (light.core.state === 'closed' && held.light === light && held.evidence === evidence) {
      this.text(id);
      Object.assign(held, { evidence: null, evidenceInMemory: false });
    }
    return written;
  }

  /** Writes everything that waits. What cannot be written now is announced and tried again. */
  async flush(): Promise<void> {
    this.#cancelWrite?.();
    this.#cancelWrite = undefined;
    let failed: { readonly file: string } | null = null;
    // An incident that takes in another is older, and comes first: what is in neither file would be lost.
    const waiting = [...this.#held.values()]
      .filter(({ dirty }) => dirty)
      .sort((a, b) => Number(a.light.core.joinedInto !== null) - Number(b.light.core.joinedInto !== null));
    for (const { light } of waiting) {
      const written = await this.writeNow(light.core.id);
      if (!written.ok) failed = { file: String(written.error.params.file ?? '') };
    }
    this.#tell(failed);
    if (failed && !this.#cancelWrite)
      this.#cancelWrite = this.#options.clock.after(RETRY_AFTER_MS, () => void this.flush());
    await this.#removeOldest();
  }

  async dispose(): Promise<void> {
    await this.flush();
    this.#cancelWrite?.();
    await Promise.all(this.#writing);
  }

  #put(light: HeldIncident, evidence: KeptEvidence | null | undefined, dirty: boolean): void {
    const { id, instanceId, state } = light.core;
    const before = this.#held.get(id);
    const { evidence: _evidence, ...bare } = light as IncidentDocument;
    const keeps = state === 'open' || dirty;
    this.#held.set(id, {
      light: bare,
      summary: this.#options.summaryOf(bare),
      text: null,
      evidence: keeps ? (evidence ?? before?.evidence ?? null) : null,
      evidenceInMemory: evidence !== undefined ? keeps : before === undefined || before.evidenceInMemory,
      dirty,
    });
    const ids = this.#byInstance.get(instanceId) ?? new Set();
    this.#byInstance.set(instanceId, ids.add(id));
  }

  #tell(failed: { readonly file: string } | null): void {
    const said: Notice[] = failed
      ? [
          {
            id: 'incident.notWritable',
            severity: 'error',
            message: { key: 'notice.incident.notWritable', params: failed },
            atMs: this.#options.clock.now(),
          },
        ]
      : [];
    const all = [...this.#notices.filter(({ id }) => id !== 'incident.notWritable'), ...said];
    if (all.length !== this.#notices.length || said.length > 0) this.#options.onNotices(all);
    this.#notices = all;
  }

  async #removeOldest(): Promise<void> {
    if (this.#held.size <= MOST_INCIDENTS) return;
    const closed = [...this.#held.values()]
      .filter(({ light, dirty }) => light.core.state === 'closed' && !dirty)
      .sort((a, b) => (a.light.core.closedAtMs ?? 0) - (b.light.core.closedAtMs ?? 0))
      .slice(0, this.#held.size - MOST_INCIDENTS);
    for (const { light } of closed) {
      const { id, instanceId } = light.core;
      const removed = await this.#options.store.remove(id);
      if (!removed.ok) return;
      this.#held.delete(id);
      this.#byInstance.get(instanceId)?.delete(id);
    }
  }
}
