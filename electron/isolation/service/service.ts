import { setMaxListeners } from 'node:events';
import { appError } from '../../../shared/errors';
import type { Exposure, JournalEntry, Recipe } from '../../../shared/isolation';
import { err, ok, type Result } from '../../../shared/result';
import type { Notice } from '../../../shared/snapshot';
import { createLimiter } from '../../watch/limiter';
import { evaluateExposure } from '../exposure';
import { rollbackRecipe } from '../plan';
import { confirmed } from './apply';
import { auditRecord, standing } from './audit-rows';
import { createBoard } from './board';
import {
  type Context,
  entryOf,
  type IsolationServiceOptions,
  type Reachable,
  refOf,
  targetOf,
} from './context';
import { followIntent, offersFor } from './follow';
import { createLooks } from './looks';
import { createPreviews } from './previews';
import { intentOf, prepareResume } from './resume';
import { recipeOf } from './runner';
import { type AppliedPlan, createRuns } from './runs';
import type {
  AddressOffer,
  ApplyRequest,
  InstanceIsolation,
  Intent,
  PlanPreview,
  PlanRequest,
} from './types';

export type { AppliedPlan } from './runs';

export interface IsolationService {
  /** Opens the journal and compares what is open with the cloud, in the background. Changes nothing there. */
  start(): Promise<void>;
  views(): InstanceIsolation[];
  offers(): readonly AddressOffer[];
  exposure(id: string): Promise<Result<Exposure>>;
  /** Reads the rules of these instances again. */
  refresh(ids: readonly string[]): Promise<Result<null>>;
  /** A plan for each instance, with the exact calls. Nothing is changed. */
  plan(request: PlanRequest): Promise<Result<PlanPreview[]>>;
  /** Applies exactly the plans that were shown; each by itself, so many at once. */
  apply(request: ApplyRequest): Promise<Result<readonly AppliedPlan[]>>;
  cancel(id: string): Result<null>;
  /** Goes on with what was interrupted. A new plan comes back when there is something new to agree to. */
  resume(id: string): Promise<Result<AppliedPlan>>;
  /** Compares open entries with the cloud. Called by `start`; whenever the cloud can be reached again, call it anew. */
  reconcile(): Promise<void>;
  /** The admin's address changed: offered, or followed if that is switched on. */
  addressChanged(from: string, to: string): Promise<void>;
  answerOffer(id: string, answer: 'plan' | 'dismiss'): Promise<Result<PlanPreview | null>>;
  recipe(id: string): Promise<Result<Recipe>>;
  recipeText(id: string): Promise<Result<string>>;
  /** Profiles or accounts changed: views are made anew, and what is open there is compared. */
  targetsChanged(): Promise<void>;
  /** Ends what is under way. Its journal stands; the next start finds out the rest. */
  dispose(): Promise<void>;
}

const CONCURRENCY = 4;

/** Isolates and restores instances: plans, journals, carries out, verifies, and tells how each stands. */
export function createIsolationService(options: IsolationServiceOptions): IsolationService {
  const quitting = new AbortController();
  // Every call under way listens to it, and there are as many as instances.
  setMaxListeners(0, quitting.signal);
  const board = createBoard(options.targets, options.onViews);
  const context: Context = { ...options, board, refusedDrops: new WeakSet(), quit: quitting.signal };
  const { journal, clock } = options;
  const limiter = createLimiter(options.concurrency ?? CONCURRENCY);
  const background = new Set<Promise<unknown>>();
  let offers: readonly AddressOffer[] = [];
  let journalNotices: readonly Notice[] = [];

  function track(work: Promise<unknown>): void {
    const settled = work.catch(() => undefined).finally(() => background.delete(settled));
    background.add(settled);
  }

  const limited = async <T>(work: () => Promise<T>, signal = quitting.signal): Promise<Result<T>> => {
    try {
      return ok(await limiter.run(signal, work));
    } catch (thrown) {
      if (signal.aborted) return err(appError('app.cancelled'));
      throw thrown;
    }
  };

  const previews = createPreviews(context, async (target, entry, now) => {
    const closed = await journal.update(entry.id, (before) => ({ ...before, state: 'restored' }));
    if (!closed.ok) return;
    board.set(target.instanceId, { entry: closed.value, said: null });
    const run = entry.runs.at(-1);
    if (!run) return;
    const intent = intentOf(entry, run, clock.now());
    await options.audit.appendLater(
      auditRecord({ ...run.plan, kind: 'undo' }, intent.note, {
        outcome: 'noted',
        after: standing(now, target.rdpPort, []),
        entryId: entry.id,
      }),
    );
  });

  const runs = createRuns(context, previews, limited, track);
  const { look, ...looks } = createLooks(context, runs.isUnderWay, limited);

  async function reconcile(): Promise<void> {
    options.onNotices([...journalNotices, ...(await looks.reconcile())]);
  }

  function setOffers(next: readonly AddressOffer[]): void {
    offers = next;
    options.onOffers(offers);
  }

  async function entryFor(id: string): Promise<Result<{ target: Reachable; entry: JournalEntry }>> {
    const target = targetOf(context, id);
    if (!target.ok) return target;
    const entry = entryOf(context, target.value.instanceId);
    return entry ? ok({ target: target.value, entry }) : err(appError('app.notFound'));
  }

  return {
    async start() {
      journalNotices = await journal.open();
      options.onNotices(journalNotices);
      for (const entry of journal.openEntries()) board.set(entry.instance.instanceId, { entry });
      track(reconcile());
    },
    views: board.views,
    offers: () => offers,
    async exposure(id) {
      const target = targetOf(context, id);
      if (!target.ok) return target;
      const now = await look(target.value, false);
      if (!now.ok) return now;
      return ok(board.view(id)?.exposure ?? evaluateExposure(now.value, target.value.rdpPort));
    },
    async refresh(ids) {
      const looks = ids.map(async (id) => {
        const target = targetOf(context, id);
        return target.ok ? limited(() => look(target.value, false)) : target;
      });
      const results = await Promise.all(looks);
      const failed = results.find((result) => !result.ok);
      return failed && !failed.ok && ids.length === 1 ? failed : ok(null);
    },
    async plan(request) {
      const { kind, strategy, trusted, driftDecisions: decisions, reason, incident } = request;
      const note = { admin: options.admin(), reason, incident, nowMs: clock.now() };
      const intent: Intent = { kind, strategy, trusted, decisions, note };
      const made = await Promise.all(request.ids.map((id) => limited(() => previews.make(id, intent))));
      const failed = made.find((one) => !one.ok);
      if (failed && !failed.ok) return failed;
      return ok(made.flatMap((one) => (one.ok ? [one.value] : [])));
    },
    async apply({ previewIds, typed }) {
      const shown = previewIds.map((previewId) => previews.find(previewId));
      const plans = shown.flatMap((one) => (one ? [one.plan] : []));
      if (plans.length !== previewIds.length) return err(appError('app.notFound'));
      const agreed = confirmed(plans, typed);
      if (!agreed.ok) return agreed;
      return ok(await Promise.all(previewIds.map(runs.apply)));
    },
    cancel(id) {
      const target = targetOf(context, id);
      if (!target.ok) return target;
      return runs.cancel(target.value.instanceId);
    },
    async resume(id) {
      const answer = await runs.work(id, async (target) => {
        const resumed = await prepareResume(context, target);
        if (resumed.kind === 'ask') return { ask: await previews.on(target, resumed.intent, resumed.base) };
        const entry = entryOf(context, target.instanceId);
        const run = entry?.runs.at(-1);
        if (!entry || !run) throw new Error('What was resumed has no entry');
        return { prepared: resumed, intent: intentOf(entry, run, clock.now()) };
      });
      return answer.kind === 'refused' ? err(answer.error) : ok(answer);
    },
    reconcile,
    async addressChanged(from, to) {
      const found = offersFor(context, from, to, clock.now());
      if (!options.followByItself()) {
        const others = offers.filter(({ id }) => !found.some((offer) => offer.id === id));
        setOffers([...others, ...found]);
        return;
      }
      const waiting = await Promise.all(
        found.map(async (offer) => {
          const preview = await previews.make(offer.id, followIntent(context, offer));
          // What asks for more than was agreed to when this was switched on is left to the admin.
          if (preview.plan?.confirmation !== 'none') return [offer];
          const applied = await runs.apply(preview.previewId);
          return applied.kind === 'started' && (await applied.done).kind === 'verified' ? [] : [offer];
        }),
      );
      setOffers([...offers, ...waiting.flat()]);
    },
    async answerOffer(id, answer) {
      const offer = offers.find((one) => one.id === id);
      if (!offer) return err(appError('app.notFound'));
      setOffers(offers.filter((one) => one !== offer));
      return ok(answer === 'plan' ? await previews.make(id, followIntent(context, offer)) : null);
    },
    async recipe(id) {
      const found = await entryFor(id);
      if (!found.ok) return found;
      const { target, entry } = found.value;
      const recipe = rollbackRecipe(entry, target.provider.capabilities);
      if (!recipe.ok) return err(appError('app.notFound'));
      return ok({
        ...recipe.value,
        lines: recipe.value.lines.map((line) => ({
          ...line,
          calls: [...target.provider.describe(line.change, refOf(target))],
        })),
      });
    },
    async recipeText(id) {
      const found = await entryFor(id);
      if (!found.ok) return found;
      const { target, entry } = found.value;
      const text = recipeOf(context, target, entry);
      if (text === null) return err(appError('app.notFound'));
      const run = entry.runs.at(-1);
      if (run)
        await options.audit.appendLater(
          auditRecord(
            run.plan,
            { ...entry, admin: options.admin() },
            {
              action: 'recipeExported',
              outcome: 'noted',
              entryId: entry.id,
            },
          ),
        );
      return ok(text);
    },
    async targetsChanged() {
      options.onViews(board.views());
      await reconcile();
    },
    async dispose() {
      quitting.abort();
      await Promise.all(background);
    },
  };
}
