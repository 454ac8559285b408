import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import type { AppliedPlan, IsolationService } from '../isolation/service/service';
import type { Handlers } from './dispatch';

export interface IsolationServices {
  readonly isolation: IsolationService;
  /** Asks the admin for a place; null when none was chosen. */
  readonly choosePlace: (suggestion: string) => Promise<string | null>;
  readonly writeFile: (path: string, text: string) => Promise<Result<null>>;
  readonly nameOf: (id: string) => string;
}

/** What the window asks of isolation. Plans run on after the answer; the snapshot tells how each goes. */
export function createIsolationHandlers({
  isolation,
  choosePlace,
  writeFile,
  nameOf,
}: IsolationServices): Handlers['isolation'] {
  return {
    refresh: ({ ids }) => isolation.refresh(ids),
    plan: (request) => isolation.plan(request),
    async apply(request) {
      const applied = await isolation.apply(request);
      return applied.ok ? judge(applied.value) : applied;
    },
    cancel: ({ id }) => isolation.cancel(id),
    async resume({ id }) {
      const resumed = await isolation.resume(id);
      if (!resumed.ok) return resumed;
      return ok(resumed.value.kind === 'replaced' ? resumed.value.preview : null);
    },
    recipe: ({ id }) => isolation.recipe(id),
    async saveRecipe({ id }) {
      const text = await isolation.recipeText(id);
      if (!text.ok) return text;
      const path = await choosePlace(`rollback-${fileName(nameOf(id))}.txt`);
      if (path === null) return ok(null);
      const written = await writeFile(path, text.value);
      return written.ok ? ok({ path }) : written;
    },
    answerOffer: ({ id, answer }) => isolation.answerOffer(id, answer),
  };
}

/** One plan that cannot even begin is the answer; of several, each says in its own view what became of it. */
function judge(applied: readonly AppliedPlan[]): Result<null> {
  const [only] = applied;
  if (applied.length !== 1 || !only || only.kind === 'started') return ok(null);
  return err(only.kind === 'refused' ? only.error : appError('isolation.planOutdated'));
}

const fileName = (name: string): string => name.replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 80);
