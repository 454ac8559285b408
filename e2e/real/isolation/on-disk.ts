import { join } from 'node:path';
import { createAuditTrail } from '../../../electron/audit/trail';
import type { CloudProvider } from '../../../electron/cloud/provider';
import { newStepToken } from '../../../electron/isolation/executor/tokens';
import { ensureFolder } from '../../../electron/isolation/journal/folder';
import { createJournal, type Journal } from '../../../electron/isolation/journal/journal';
import { createIsolationService, type IsolationService } from '../../../electron/isolation/service/service';
import type { PlanRequest } from '../../../electron/isolation/service/types';
import { createDiskFiles, type DiskCalls } from '../../../electron/storage/atomic-file';
import type { Clock } from '../../../electron/watch/clock';
import type { Notice } from '../../../shared/snapshot';

export interface OnDisk {
  readonly service: IsolationService;
  readonly journal: Journal;
  readonly notices: Notice[];
  dispose(): Promise<void>;
}

let ids = 0;

/** The service as the app has it: journal and audit trail are files in a folder. */
export async function startOnDisk(
  folder: string,
  provider: CloudProvider,
  clock: Clock,
  disk: Partial<DiskCalls> = {},
): Promise<OnDisk> {
  const notices: Notice[] = [];
  const note = (said: readonly Notice[]): void => {
    notices.push(...said);
  };
  const journalFolder = join(folder, 'isolation');
  const journal = createJournal({
    folder: journalFolder,
    files: createDiskFiles(disk),
    ensureFolder,
    now: clock.now,
  });
  const audit = createAuditTrail({ folder, files: createDiskFiles(), now: clock.now, onNotices: note });
  await audit.start();
  const target = {
    id: 'p-1',
    region: 'cn-hangzhou',
    instanceId: 'i-1',
    name: 'web-1',
    rdpPort: 3389,
    provider,
  };
  const service = createIsolationService({
    targets: () => [target],
    journal,
    journalFolder,
    audit,
    clock,
    newId: () => `plan-${process.pid}-${++ids}`,
    newToken: newStepToken,
    probe: async () => 'notTried',
    admin: () => 'erin',
    say: ({ key }) => key,
    followByItself: () => false,
    onViews: () => undefined,
    onOffers: () => undefined,
    onNotices: note,
  });
  await service.start();
  return {
    service,
    journal,
    notices,
    async dispose() {
      await service.dispose();
      await audit.dispose();
    },
  };
}

export interface Operation {
  readonly kind: PlanRequest['kind'];
  readonly strategy?: PlanRequest['strategy'];
  readonly trusted?: string[];
}

/** Plans, confirms and carries out; says what came of it. */
export async function perform({ service }: OnDisk, operation: Operation): Promise<string> {
  const planned = await service.plan({
    ids: ['p-1'],
    kind: operation.kind,
    strategy: operation.strategy ?? null,
    trusted: operation.trusted ?? [],
    reason: 'crash test',
    incident: 'inc-1',
    driftDecisions: {},
  });
  if (!planned.ok) return planned.error.code;
  const [preview] = planned.value;
  if (!preview?.plan) return preview?.refusal?.code ?? preview?.error?.code ?? 'no plan';
  const applied = await service.apply({ previewIds: [preview.previewId], confirmed: true, typed: 'web-1' });
  if (!applied.ok) return applied.error.code;
  const [first] = applied.value;
  if (first?.kind !== 'started') return first?.kind ?? 'nothing';
  const outcome = await first.done;
  return outcome.kind === 'verified' ? outcome.state : outcome.kind;
}
