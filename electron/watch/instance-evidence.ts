import type { AppError } from '../../shared/errors';
import type { EventRecord } from '../../shared/evidence';
import type { InstanceId } from '../../shared/instance';
import { ok, type Result } from '../../shared/result';
import { type Filetime, filetimeFromMs, msFromFiletime } from '../../shared/time';
import {
  applyGap,
  decodeModel,
  emptyModel,
  encodeModel,
  type GapReason,
  type InstanceModel,
  inReadingOrder,
  instanceTime,
  ourTime,
} from '../lockout';
import type { EvidenceStore } from '../storage/evidence-store';
import type {
  AddressAmendment,
  BrokenNote,
  GapNote,
  StoredRecord,
  StreamBookmark,
} from '../storage/evidence-types';
import { amendmentsBetween } from './amendments';
import { foldAll } from './fold-events';

/** What one look at an instance brought. */
export interface Taking {
  readonly events: readonly EventRecord[];
  /** By channel: how far it has been read with this taking. */
  readonly bookmarks: ReadonlyMap<string, StreamBookmark>;
  readonly broken: readonly BrokenNote[];
  readonly brokenCount: number;
}

/** Encoding a model costs more than storing a batch: while a long log is read, it is saved this often. */
const SAVE_EVERY_MS = 2_000;
/** Readings alone change little: what they taught is asked for again after a crash. */
const SAVE_READINGS_EVERY_MS = 30_000;
const REBUILD_PAGE = 1_000;

/** One instance's model, bookmarks and stored evidence: changed together or not at all. */
export class InstanceEvidence {
  readonly id: InstanceId;
  #model: InstanceModel = emptyModel();
  #bookmarks = new Map<string, StreamBookmark>();
  #stored = 0;
  #broken = 0;
  #savedAtMs = 0;
  #unsaved = false;

  constructor(
    id: InstanceId,
    private readonly store: EvidenceStore,
    private readonly now: () => number,
  ) {
    this.id = id;
  }

  get model(): InstanceModel {
    return this.#model;
  }
  get eventsStored(): number {
    return this.#stored;
  }
  get brokenRecords(): number {
    return this.#broken;
  }
  bookmark(channel: string): StreamBookmark | undefined {
    return this.#bookmarks.get(channel);
  }

  /**
   * Reads model and bookmarks, and folds in what was stored after the model was last saved. `pause` lets others run
   * between two pages of a long history.
   */
  async open(pause: () => Promise<void>): Promise<Result<null>> {
    const { store } = this;
    const saved = store.model(this.id);
    if (!saved.ok) return saved;
    const decoded = saved.value === null ? null : decodeModel(saved.value.text);
    this.#model = decoded?.ok ? decoded.value : emptyModel();
    // A model that cannot be used is folded again from everything that is stored.
    let after = decoded?.ok ? null : 0;
    for (;;) {
      const page = store.records(this.id, after, REBUILD_PAGE);
      if (!page.ok) return page;
      if (page.value.records.length === 0) break;
      this.#model = foldAll(this.#model, page.value.records).model;
      this.#unsaved = true;
      after = page.value.lastId;
      await pause();
    }
    const bookmarks = store.bookmarks(this.id);
    if (!bookmarks.ok) return bookmarks;
    this.#bookmarks = newestByChannel(bookmarks.value);
    const count = store.queries.count(this.id);
    if (!count.ok) return count;
    this.#stored = count.value.rows;
    this.#broken = count.value.broken;
    return ok(null);
  }

  /** Folds and stores in one transaction; when it cannot be stored, nothing has changed and it can be taken again. */
  take(taking: Taking): Result<{ readonly fresh: number }> {
    const before = this.#model;
    const { events: found, bookmarks, brokenCount } = taking;
    if (found.length === 0 && bookmarks.size === 0 && brokenCount === 0) {
      const due = this.#unsaved && this.now() - this.#savedAtMs >= SAVE_READINGS_EVERY_MS;
      return due ? this.save() : ok({ fresh: 0 });
    }
    const folded = foldAll(before, inReadingOrder(found));
    const { model, records } = folded;
    const broken = [...taking.broken, ...folded.broken];
    const allBroken = brokenCount + folded.broken.length;
    const gaps: GapNote[] = records
      .filter((record) => record.kind === 'gap')
      .map(({ record }) => ({
        atMs: msFromFiletime(record.time),
        channel: record.channel,
        reason: 'logCleared',
      }));
    const amendments = amendmentsBetween(before, model);
    const batch = { bookmarks, broken, brokenCount: allBroken, records, gaps, amendments };
    return this.#store(model, batch, gaps.length > 0);
  }

  /** Changes the model by something other than events; saved with the next batch, or at once by `save`. */
  learn(change: (model: InstanceModel) => InstanceModel): void {
    this.#model = change(this.#model);
    this.#unsaved = true;
  }

  /** Evidence before now may be missing. For a rebuilt log the bookmark begins anew, in the same transaction. */
  noteGap(reason: GapReason, channel: string): Result<unknown> {
    const nowMs = this.now();
    const at = instanceTime(this.#model, filetimeFromMs(nowMs));
    const model = applyGap(this.#model, { at, reason, channel });
    const bookmark = this.#bookmarks.get(channel);
    const bookmarks = new Map<string, StreamBookmark>();
    if (reason === 'logRebuilt' && bookmark) bookmarks.set(channel, { ...bookmark, recordId: 0 });
    const gaps = [{ atMs: nowMs, channel, reason }];
    return this.#store(
      model,
      { bookmarks, broken: [], brokenCount: 0, records: [], gaps, amendments: [] },
      true,
    );
  }

  /** Writes the model if it changed since it was last written. */
  save(): Result<{ readonly fresh: number }> {
    if (!this.#unsaved) return ok({ fresh: 0 });
    const nothing = {
      bookmarks: new Map(),
      broken: [],
      brokenCount: 0,
      records: [],
      gaps: [],
      amendments: [],
    };
    return this.#store(this.#model, nothing, true);
  }

  /** Now, on the instance's clock. */
  instanceNow(): Filetime {
    return instanceTime(this.#model, filetimeFromMs(this.now()));
  }

  /** Our time of an event, in milliseconds since 1970. */
  ourMs(event: EventRecord): number {
    return msFromFiletime(ourTime(this.#model, event.time));
  }

  #store(
    model: InstanceModel,
    batch: Omit<Taking, 'events'> & {
      readonly records: readonly StoredRecord[];
      readonly gaps: readonly GapNote[];
      readonly amendments: readonly AddressAmendment[];
    },
    saveNow: boolean,
  ): Result<{ readonly fresh: number }, AppError> {
    const nowMs = this.now();
    const save = saveNow || nowMs - this.#savedAtMs >= SAVE_EVERY_MS;
    const result = this.store.appendBatch({
      instanceId: this.id,
      records: batch.records,
      bookmarks: [...batch.bookmarks.values()],
      broken: batch.broken,
      brokenCount: batch.brokenCount,
      gaps: batch.gaps,
      amendments: batch.amendments,
      ...(save ? { modelText: encodeModel(model) } : {}),
    });
    if (!result.ok) return result;
    this.#model = model;
    for (const [channel, bookmark] of batch.bookmarks) this.#bookmarks.set(channel, bookmark);
    this.#stored += result.value.stored;
    this.#broken += batch.brokenCount;
    this.#unsaved = !save;
    if (save) this.#savedAtMs = nowMs;
    return ok({ fresh: result.value.stored });
  }
}

/** A renamed instance goes on with the same log: of a channel's bookmarks the latest holds. */
function newestByChannel(bookmarks: readonly StreamBookmark[]): Map<string, StreamBookmark> {
  const newest = new Map<string, StreamBookmark>();
  for (const bookmark of bookmarks) {
    const known = newest.get(bookmark.channel);
    if (!known || bookmark.time >= known.time) newest.set(bookmark.channel, bookmark);
  }
  return newest;
}
