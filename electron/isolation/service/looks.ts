import type { JournalEntry } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import type { Result } from '../../../shared/result';
import type { Notice } from '../../../shared/snapshot';
import { standing } from './audit-rows';
import { type Context, entryOf, type Reachable, readInstance, targetOf } from './context';
import { reconcileEntry } from './resume';

export interface Looks {
  /** Reads one instance and holds its entry against what was read. */
  look(target: Reachable, atStart: boolean): Promise<Result<NetworkSnapshot>>;
  /** The same for every open entry. Gives what cannot be looked at. */
  reconcile(): Promise<readonly Notice[]>;
}

/** Compares what the journal and the tags say with what lies in the cloud. Changes nothing there. */
export function createLooks(
  context: Context,
  isUnderWay: (instanceId: string) => boolean,
  limited: <T>(work: () => Promise<T>) => Promise<Result<T>>,
): Looks {
  const { board, journal, clock } = context;
  const foreignTold = new Set<string>();

  async function look(target: Reachable, atStart: boolean): Promise<Result<NetworkSnapshot>> {
    const now = await readInstance(context, target);
    if (!now.ok) return now;
    const entry = entryOf(context, target.instanceId);
    if (entry && !isUnderWay(target.instanceId)) {
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
    await context.audit.appendLater({
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

  async function reconcile(): Promise<readonly Notice[]> {
    const withoutAccount: string[] = [];
    const looks = journal.openEntries().map(async (entry: JournalEntry) => {
      board.set(entry.instance.instanceId, { entry });
      const known = context.targets().find((one) => one.instanceId === entry.instance.instanceId);
      const target = known ? targetOf(context, known.id) : null;
      if (!target?.ok) withoutAccount.push(entry.instance.name);
      else await limited(() => look(target.value, true));
    });
    await Promise.all(looks);
    return withoutAccount.length === 0
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
                folder: context.journalFolder,
              },
            },
            atMs: clock.now(),
          },
        ];
  }

  return { look, reconcile };
}
