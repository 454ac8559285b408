import type { AuditRecord } from '../../../shared/audit';
import type { IsolationState } from '../../../shared/isolation';
import { ok, type Result } from '../../../shared/result';
import type { Notice } from '../../../shared/snapshot';
import { createMemoryFiles, type MemoryFiles } from '../../profiles/testing/memory-files';
import type { RunOutcome } from '../executor/executor';
import { newStepToken } from '../executor/tokens';
import { createJournal } from '../journal/journal';
import { type AppliedPlan, createIsolationService, type IsolationService } from '../service/service';
import type {
  AddressOffer,
  InstanceIsolation,
  IsolationTarget,
  PlanPreview,
  PlanRequest,
} from '../service/types';
import { sampleEstate } from './estate';
import { createFakeCloud, type FakeCloud } from './fake-cloud';
import { createInstantClock } from './instant-clock';

export const JOURNAL = '/data/isolation';

export interface Rig {
  readonly cloud: FakeCloud;
  readonly files: MemoryFiles;
  readonly service: IsolationService;
  readonly audited: AuditRecord[];
  readonly notices: () => readonly Notice[];
  readonly offers: () => readonly AddressOffer[];
  readonly states: IsolationState[];
  readonly view: (id?: string) => InstanceIsolation;
  readonly plan: (kind: PlanRequest['kind'], changes?: Partial<PlanRequest>) => Promise<PlanPreview[]>;
  /** Plans and applies for `web-1`, and waits for the end. */
  readonly go: (
    kind: PlanRequest['kind'],
    changes?: Partial<PlanRequest>,
    typed?: string,
  ) => Promise<RunOutcome>;
  readonly apply: (
    previews: readonly PlanPreview[],
    typed?: string,
  ) => Promise<Result<readonly AppliedPlan[]>>;
  /** What one that starts anew on the same disk and the same cloud sees. */
  readonly restart: () => Promise<Rig>;
}

export interface RigOptions {
  readonly cloud?: FakeCloud;
  readonly files?: MemoryFiles;
  readonly targets?: readonly Omit<IsolationTarget, 'provider'>[];
  readonly admin?: string;
  readonly auditFails?: () => Result<never> | null;
  readonly followByItself?: boolean;
}

export const web1 = { id: 'p-1', region: 'cn-hangzhou', instanceId: 'i-1', name: 'web-1', rdpPort: 3389 };
export const web2 = { id: 'p-2', region: 'cn-hangzhou', instanceId: 'i-2', name: 'web-2', rdpPort: 3389 };

/** The service on a cloud and a disk in memory. */
export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const clock = createInstantClock();
  const cloud = options.cloud ?? createFakeCloud(sampleEstate(), clock.now);
  const files = options.files ?? createMemoryFiles();
  const audited: AuditRecord[] = [];
  const states: IsolationState[] = [];
  let notices: readonly Notice[] = [];
  let offers: readonly AddressOffer[] = [];
  let ids = 0;
  const targets = (options.targets ?? [web1, web2]).map((target) => ({ ...target, provider: cloud }));
  const service = createIsolationService({
    targets: () => targets,
    journal: createJournal({
      folder: JOURNAL,
      files,
      ensureFolder: async () => ok(null),
      now: clock.now,
    }),
    journalFolder: JOURNAL,
    audit: {
      async append(record) {
        const failed = options.auditFails?.();
        if (failed) return failed;
        audited.push(record);
        return ok({ ...record, seq: audited.length, atMs: clock.now(), previous: '', hash: '' });
      },
      async appendLater(record) {
        audited.push(record);
      },
    },
    clock,
    newId: () => `plan-${++ids}`,
    newToken: newStepToken,
    probe: async () => 'timeout',
    admin: () => options.admin ?? 'erin',
    say: ({ key, params }) => `${key} ${JSON.stringify(params)}`,
    followByItself: () => options.followByItself ?? false,
    onViews: (views) => {
      for (const { id, state } of views) if (id === 'p-1' && states.at(-1) !== state) states.push(state);
    },
    onOffers: (next) => {
      offers = next;
    },
    onNotices: (next) => {
      notices = next;
    },
  });
  await service.start();

  const plan: Rig['plan'] = async (kind, changes = {}) => {
    const planned = await service.plan({
      ids: ['p-1'],
      kind,
      strategy: null,
      trusted: [],
      reason: 'brute force',
      incident: 'inc-7',
      driftDecisions: {},
      ...changes,
    });
    if (!planned.ok) throw new Error(planned.error.code);
    return planned.value;
  };
  const apply: Rig['apply'] = (previews, typed = '') =>
    service.apply({ previewIds: previews.map(({ previewId }) => previewId), confirmed: true, typed });

  return {
    cloud,
    files,
    service,
    audited,
    notices: () => notices,
    offers: () => offers,
    states,
    view(id = 'p-1') {
      const view = service.views().find((one) => one.id === id);
      if (!view) throw new Error(`No view of ${id}`);
      return view;
    },
    plan,
    apply,
    async go(kind, changes = {}, typed = '') {
      const previews = await plan(kind, changes);
      const refused = previews.find((preview) => preview.plan === null);
      if (refused) throw new Error(refused.refusal?.code ?? refused.error?.code ?? 'no plan');
      const applied = await apply(previews, typed);
      if (!applied.ok) throw new Error(applied.error.code);
      const [first] = applied.value;
      if (first?.kind === 'refused') return { kind: 'failed', error: first.error };
      if (first?.kind !== 'started') throw new Error('The plan was replaced');
      return first.done;
    },
    async restart() {
      await service.dispose();
      return startRig({ ...options, cloud, files });
    },
  };
}
