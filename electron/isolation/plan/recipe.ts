import type { JournalEntry, Plan, Recipe, Refusal } from '../../../shared/isolation';
import { ok, type Result } from '../../../shared/result';
import { asWeLeftIt } from './history';
import type { PlanCapabilities } from './options';
import { planUndo } from './undo';

function recipe(plan: Plan, title: string): Recipe {
  return {
    title: {
      key: title,
      params: { name: plan.instance.name, id: plan.instance.instanceId, region: plan.instance.region },
    },
    notes: plan.warnings,
    lines: plan.steps.map(({ phrase, change, calls }) => ({
      console: { key: phrase.key.replace('isolation.step.', 'isolation.console.'), params: phrase.params },
      change,
      calls,
    })),
  };
}

/** A plan as steps that can be done in the provider's console, or as the calls of its changes. */
export const planRecipe = (plan: Plan): Recipe => recipe(plan, `isolation.recipe.${plan.kind}`);

/**
 * The way back to the original from where this entry's steps leave the cloud, doable without the app. Steps that may
 * or may not have had their effect are in it: doing one again when it is done changes nothing.
 */
export function rollbackRecipe(entry: JournalEntry, capabilities: PlanCapabilities): Result<Recipe, Refusal> {
  const request = { planId: `${entry.id}-rollback`, rdpPort: entry.rdpPort, entry, decisions: {} };
  const undo = planUndo(asWeLeftIt(entry), request, capabilities);
  return undo.ok ? ok(recipe(undo.value.plan, 'isolation.recipe.rollback')) : undo;
}
