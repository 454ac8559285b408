import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { RunOutcome } from '../executor/executor';
import { type Prepared, prepare } from './apply';
import { type Context, type Reachable, targetOf } from './context';
import type { Previews } from './previews';
import { runEntry } from './runner';
import type { Intent, PlanPreview } from './types';

/** What became of one plan. */
export type AppliedPlan =
  /** `done` is fulfilled when it has been carried out and read again. */
  | { readonly kind: 'started'; readonly id: string; readonly done: Promise<RunOutcome> }
  /** The world changed since the plan was shown: nothing was done, here is the new one. */
  | { readonly kind: 'replaced'; readonly id: string; readonly preview: PlanPreview }
  | { readonly kind: 'refused'; readonly id: string; readonly error: AppError };

type Begun = { readonly prepared: Prepared; readonly intent: Intent } | { readonly ask: PlanPreview };

export interface Runs {
  /** Applies a plan that was shown. */
  apply(previewId: string): Promise<AppliedPlan>;
  /** Works on one instance, which is done once at a time. `begin` decides what is to be run. */
  work(id: string, begin: (target: Reachable) => Promise<Begun>): Promise<AppliedPlan>;
  /** Stops before the next step, or before it begins. */
  cancel(instanceId: string): Result<null>;
  isUnderWay(instanceId: string): boolean;
}

/** The runs under way: one an instance, a few at once. */
export function createRuns(
  context: Context,
  previews: Previews,
  limited: <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<Result<T>>,
  track: (work: Promise<unknown>) => void,
): Runs {
  const { board } = context;
  const underWay = new Map<string, AbortController>();

  async function work(id: string, begin: (target: Reachable) => Promise<Begun>): Promise<AppliedPlan> {
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
    const run = limited(whole, AbortSignal.any([context.quit, cancel.signal]))
      .then((result) => {
        if (!result.ok) started({ kind: 'refused', id, error: result.error });
      })
      .finally(release);
    track(run);
    return Promise.race([answer, run.then(() => answer)]);
  }

  const apply = (previewId: string): Promise<AppliedPlan> => {
    const shown = previews.take(previewId);
    if (!shown) return Promise.resolve({ kind: 'refused', id: previewId, error: appError('app.notFound') });
    return work(shown.targetId, async (target) => ({
      prepared: await prepare(context, target, shown),
      intent: shown.intent,
    }));
  };

  return {
    apply,
    work,
    cancel(instanceId) {
      const controller = underWay.get(instanceId);
      controller?.abort();
      return controller ? ok(null) : err(appError('app.notFound'));
    },
    isUnderWay: (instanceId) => underWay.has(instanceId),
  };
}
