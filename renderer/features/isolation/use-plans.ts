import { useRef, useState } from 'react';
import type { z } from 'zod';
import type { AppError } from '../../../shared/errors';
import type { InstanceId } from '../../../shared/instance';
import type { isolationRequests, NotBegun, PlanPreview } from '../../../shared/isolation-contract';
import { ok } from '../../../shared/result';
import { api } from '../../api';
import { useLoaded } from '../../store/use-loaded';
import { mirror } from '../../store/window-mirror';
import type { RunnablePreview } from './plan-model';
import { type InstanceIsolation, isolationById } from './state';

export type PlanRequest = z.infer<typeof isolationRequests.isolation.plan.input>;

export interface Plans {
  readonly previews: readonly PlanPreview[];
  readonly error: AppError | null;
  /** True while the previews are not those of the request. */
  readonly loading: boolean;
  readonly reload: () => void;
}

const none: readonly PlanPreview[] = [];

/** The previews for a request; null asks for nothing yet. The last ones stay in sight while newer ones are made. */
export function usePlans(request: PlanRequest | null): Plans {
  const key = JSON.stringify(request);
  const subject = request ? `${request.kind} ${request.ids.join(' ')} ${request.trusted.join(' ')}` : '';
  const loaded = useLoaded(
    () => (request ? api.isolation.plan(request) : Promise.resolve(ok([] as PlanPreview[]))),
    key,
    subject,
  );
  // Between a changed request and its effect the answer at hand is still the old one.
  const asked = useRef(key);
  const stale = asked.current !== key;
  asked.current = key;
  return {
    previews: request ? (loaded.data ?? none) : none,
    error: loaded.error,
    loading: request !== null && (loaded.loading || stale),
    reload: loaded.reload,
  };
}

export interface Run {
  readonly ids: readonly InstanceId[];
  readonly before: ReadonlyMap<InstanceId, InstanceIsolation>;
  /** Set when main has taken the plans: those that it did not begin. */
  readonly notBegun: NotBegun | null;
}

export interface Runner {
  readonly run: Run | null;
  readonly error: AppError | null;
  /** New plans in place of those that the rules have outrun, to be confirmed anew. */
  readonly replaced: readonly PlanPreview[] | null;
  start(previews: readonly RunnablePreview[], typed: string): void;
  /** Turns from what became of several plans to the new ones. */
  look(replaced: readonly PlanPreview[]): void;
  /** The new plans are not those that are wanted any more. */
  forget(): void;
}

/** Applies exactly these previews; what becomes of each is then read from the mirror. */
export function useRun(): Runner {
  const [run, setRun] = useState<Run | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [replaced, setReplaced] = useState<readonly PlanPreview[] | null>(null);
  const stop = (why: AppError | null, instead: readonly PlanPreview[] | null): void => {
    setRun(null);
    setError(why);
    setReplaced(instead);
  };
  const start = (previews: readonly RunnablePreview[], typed: string): void => {
    const ids = previews.map((one) => one.id);
    const before = isolationById(mirror.store.getState());
    setRun({ ids, before, notBegun: null });
    setError(null);
    const previewIds = previews.map((one) => one.previewId);
    void api.isolation.apply({ previewIds, confirmed: true, typed }).then((answer) => {
      if (!answer.ok) return stop(answer.error, replaced);
      const notBegun = answer.value;
      const [refused] = notBegun.refused;
      if (ids.length === 1 && refused) stop(refused.error, replaced);
      else if (ids.length === 1 && notBegun.replaced.length > 0) stop(null, notBegun.replaced);
      else setRun({ ids, before, notBegun });
    });
  };
  return {
    run,
    error,
    replaced,
    start,
    look: (previews) => stop(null, previews),
    forget: () => setReplaced(null),
  };
}
