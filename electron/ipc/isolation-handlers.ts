import { errorSchema } from '../../shared/errors';
import type { NotBegun } from '../../shared/isolation-contract';
import { ok, type Result } from '../../shared/result';
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
      return applied.ok ? ok(notBegun(applied.value)) : applied;
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

/** The plans that did not begin. The window knows those that did by their progress. */
const notBegun = (applied: readonly AppliedPlan[]): NotBegun => ({
  replaced: applied.flatMap((one) => (one.kind === 'replaced' ? [one.preview] : [])),
  refused: applied.flatMap((one) =>
    one.kind === 'refused' ? [{ id: one.id, error: errorSchema.parse(one.error) }] : [],
  ),
});

const fileName = (name: string): string => name.replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 80);
