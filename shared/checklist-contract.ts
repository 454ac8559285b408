import { z } from 'zod';
import { checklistPartIdSchema, checklistSchema } from './checklist';
import { incidentIdSchema } from './incident';

const nothing = z.null();

export const checklistRequests = {
  checklist: {
    /** By hand. `app.invalidArgument` for a part that evidence decides alone. */
    tick: {
      input: z.object({ incidentId: incidentIdSchema, part: checklistPartIdSchema, done: z.boolean() }),
      output: nothing,
    },
    /** Which of the incident's accounts it is about. */
    focus: {
      input: z.object({ incidentId: incidentIdSchema, accountKey: z.string().max(600) }),
      output: nothing,
    },
    print: { input: z.object({ incidentId: incidentIdSchema }), output: nothing },
  },
} as const;

/** What the snapshot holds: the checklists of open incidents, in the order of the incidents. */
export const checklistSnapshotSchema = z.object({ checklists: z.array(checklistSchema).max(500) });
