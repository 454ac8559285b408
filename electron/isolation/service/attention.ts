import type { Phrase } from '../../../shared/account-status';
import type { JournalEntry } from '../../../shared/isolation';

const say = (key: string, params: Phrase['params'] = {}): Phrase => ({ key: `isolation.run.${key}`, params });

/** Why an entry needs the admin, from the journal alone. Null: it does not. Pure. */
export function attentionOf(entry: JournalEntry): Phrase | null {
  const run = entry.runs.at(-1);
  const { name } = entry.instance;
  if (!run) return say('nothingDone', { name });
  if (entry.state === 'unverified') return say('unverified', { name });
  if (entry.state !== 'needsAttention') return null;
  const failed = run.steps.find(({ error, outcome }) => error !== null && outcome !== 'done');
  if (failed?.error) return { key: failed.error.messageKey, params: failed.error.params };
  const done = run.steps.filter(({ outcome }) => outcome === 'done').length;
  if (run.verification) return say('stillOpen', { name });
  const touched = run.steps.some(({ outcome }) => outcome !== 'waiting' && outcome !== 'skipped');
  return say(touched ? 'interrupted' : 'nothingDone', { name, done, steps: run.steps.length });
}
