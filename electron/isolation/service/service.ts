import { setMaxListeners } from 'node:events';
import { appError } from '../../../shared/errors';
import type { Exposure, JournalEntry, Recipe } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import type { Notice } from '../../../shared/snapshot';
import { createLimiter } from '../../watch/limiter';
import type { RunOutcome } from '../executor/executor';
import { evaluateExposure } from '../exposure';
import { rollbackRecipe } from '../plan';
import { confirmed, type Prepared, prepare } from './apply';
import { auditRecord, standing } from './audit-rows';
import { createBoard } from './board';
import {
  type Context,
  entryOf,
  type IsolationServiceOptions,
  type Reachable,
  readInstance,
  refOf,
  targetOf,
} from './context';
import { followIntent, offersFor } from './follow';
import { createPreviews } from './previews';
import { intentOf, prepareResume, reconcileEntry } from './resume';
import { recipeOf, runEntry } from './runner';
import type {
  AddressOffer,
  ApplyRequest,
  InstanceIsolation,
  Intent,
  PlanPreview,
  PlanRequest,
} from './types';

/** What became of one plan. */
export type AppliedPlan =
  /** `done` is fulfilled when it has been carried out and read again; it never rejects. */
  | { readonly kind: 'started'; readonly id: string; readonly done: Promise<RunOutcome> }
  /** The world changed since the plan was shown: nothing was done, here is the new one. */
  | { readonly kind: 'replaced'; readonly id: string; readonly preview: PlanPreview }
  | { readonly kind: 'refused'; readonly id: string; readonly error: ReturnType<typeof appError> };

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
  const underWay = new Map<string, AbortController>();
  const background = new Set<Promise<unknown>>();
  const foreignTold = new Set<string>();
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

  /** Reads one instance and holds its entry against what was read. */
  async function look(target: Reachable, atStart: boolean): Promise<Result<NetworkSnapshot>> {
    const now = await readInstance(context, target);
    if (!now.ok) return now;
    const entry = entryOf(context, target.instanceId);
    if (entry && !underWay.has(target.instanceId)) {
      const after = await reconcileEntry(context, entry, now.value, atStart);
      board.set(target.instanceId, { entry: after });
    }
    await tellForeign(target, now.value);
    return now;
  }

  async function tellForeign(target: Reachable, now: NetworkSnapshot): Promise<void> {
    const foreign = board.view(target.id)?.foreign;
    const key = foreign ? `${target.instanceId} ${foreign.groupIds.join(' ')} ${foreign.at}` : '';
    if (!foreign || foreignTold.has(key)) return;
    foreignTold.add(key);
    await options.audit.appendLater({
      action: 'foreignFound',
      outcome: 'noted',
      admin: foreign.by,
      instance: { region: target.region, instanceId: target.instanceId, name: target.name },
      reason: foreign.reason,
      incident: foreign.incident,
      before: '',
      after: standing(now, target.rdpPort, foreign.trusted),
      requestIds: [],
      error: null,
      entryId: null,
    });
  }

  /** One instance is worked on once at a time. `begin` decides; the run itself follows and is waited for elsewhere. */
  async function work(
    id: string,
    begin: (
      target: Reachable,
    ) => Promise<{ readonly prepared: Prepared; readonly intent: Intent } | { readonly ask: PlanPreview }>,
  ): Promise<AppliedPlan> {
    const target = targetOf(context, id);
    if (!target.ok) return { kind: 'refused', id, error: target.error };
    const { instanceId } = target.value;
    if (underWay.has(instanceId)) return { kind: 'refused', id, error: appError('app.busy') };
    const cancel = new AbortController();
    underWay.set(instanceId, cancel);
    const release = (): void => {
      if (underWay.get(instanceId) === cancel) underWay.delete(instanceId);
    };
    let started: (plan: AppliedPlan) => void = () => undefined;
    const answer = new Promise<AppliedPlan>((resolve) => {
      started = resolve;
    });
    const whole = async (): Promise<void> => {
      const begun = await begin(target.value);
      if ('ask' in begun) return started({ kind: 'replaced', id, preview: begun.ask });
      const { prepared, intent } = begun;
      if (prepared.kind === 'failed') {
        board.set(instanceId, { said: { key: prepared.error.messageKey, params: prepared.error.params } });
        return started({ kind: 'refused', id, error: prepared.error });
      }
      if (prepared.kind === 'outdated') {
        const preview = await previews.on(target.value, intent, prepared.base);
        const said = { key: 'isolation.run.replaced', params: { name: target.value.name } };
        board.set(instanceId, { said });
        return started({ kind: 'replaced', id, preview });
      }
      const done = runEntry(
        context,
        target.value,
        prepared.entryId,
        prepared.base,
        intent,
        cancel.signal,
        track,
      ).finally(release);
      started({ kind: 'started', id, done });
      await done;
    };
    const run = limited(whole, AbortSignal.any([quitting.signal, cancel.signal]))
      .then((result) => {
        if (!result.ok) started({ kind: 'refused', id, error: result.error });
      })
      .finally(release);
    track(run);
    return Promise.race([answer, run.then(() => answer)]);
  }

  const applyShown = (previewId: string): Promise<AppliedPlan> => {
    const shown = previews.take(previewId);
    if (!shown) return Promise.resolve({ kind: 'refused', id: previewId, error: appError('app.notFound') });
    return work(shown.targetId, async (target) => ({
      prepared: await prepare(context, target, shown),
      intent: shown.intent,
    }));
  };

  function setOffers(next: readonly AddressOffer[]): void {
    offers = next;
    options.onOffers(offers);
  }

  async function reconcile(): Promise<void> {
    const withoutAccount: string[] = [];
    const looks = journal.openEntries().map(async (entry: JournalEntry) => {
      board.set(entry.instance.instanceId, { entry });
      const known = options.targets().find((one) => one.instanceId === entry.instance.instanceId);
      const target = known ? targetOf(context, known.id) : null;
      if (!target?.ok) withoutAccount.push(entry.instance.name);
      else await limited(() => look(target.value, true));
    });
    await Promise.all(looks);
    const missing: Notice[] =
      withoutAccount.length === 0
        ? []
        : [
            {
              id: 'journal.noAccount',
              severity: 'warning',
              message: {
                key: 'notice.journal.noAccount',
                params: {
                  count: withoutAccount.length,
                  names: withoutAccount.join(', '),
                  folder: options.journalFolder,
                },
              },
              atMs: clock.now(),
            },
          ];
    options.onNotices([...journalNotices, ...missing]);
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
      return ok(await Promise.all(previewIds.map(applyShown)));
    },
    cancel(id) {
      const target = targetOf(context, id);
      if (!target.ok) return target;
      const controller = underWay.get(target.value.instanceId);
      controller?.abort();
      return controller ? ok(null) : err(appError('app.notFound'));
    },
    async resume(id) {
      const answer = await work(id, async (target) => {
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
          const applied = await applyShown(preview.previewId);
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
