import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import type { ChecklistService } from '../unlock/checklist/service';
import type { Handlers } from './dispatch';

export interface ChecklistHandlerServices {
  readonly checklists: Pick<ChecklistService, 'tick' | 'focus' | 'of'>;
  /** The checklist as Markdown with its title; null when there is none. */
  readonly printed: (incidentId: string) => { readonly markdown: string; readonly title: string } | null;
  readonly printMarkdown: (markdown: string, title: string) => Promise<Result<null>>;
}

/** What the window asks of the checklists. */
export const createChecklistHandlers = ({
  checklists,
  printed,
  printMarkdown,
}: ChecklistHandlerServices): Handlers['checklist'] => ({
  tick: async ({ incidentId, part, done }) => checklists.tick(incidentId, part, done),
  focus: async ({ incidentId, accountKey }) => checklists.focus(incidentId, accountKey),
  async print({ incidentId }) {
    const document = printed(incidentId);
    if (!document) return err(appError('app.notFound'));
    const done = await printMarkdown(document.markdown, document.title);
    // Closing the dialog without printing is no failure.
    return !done.ok && done.error.code === 'app.cancelled' ? ok(null) : done;
  },
});
