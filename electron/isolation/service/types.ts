import type { z } from 'zod';
import type { Plan } from '../../../shared/isolation';
import type {
  AddressOffer,
  isolationRequests,
  isolationSnapshotSchema,
  PlanPreview,
} from '../../../shared/isolation-contract';
import type { CloudProvider } from '../../cloud/provider';
import type { IsolationNote } from '../plan';

/** An instance that can be isolated: a profile with its place in a cloud. */
export interface IsolationTarget {
  /** The profile. */
  readonly id: string;
  readonly region: string;
  /** The cloud's own id. */
  readonly instanceId: string;
  readonly name: string;
  readonly rdpPort: number;
  /** Null: there is no account to reach its cloud with. */
  readonly provider: CloudProvider | null;
}

export type PlanRequest = z.infer<typeof isolationRequests.isolation.plan.input>;
export type ApplyRequest = z.infer<typeof isolationRequests.isolation.apply.input>;
export type InstanceIsolation = z.infer<typeof isolationSnapshotSchema>['isolation'][number];
export type { AddressOffer, PlanPreview };

/** What a plan was asked for, kept so that it can be planned again and compared. */
export interface Intent {
  readonly kind: Plan['kind'];
  readonly strategy: PlanRequest['strategy'];
  readonly trusted: readonly string[];
  readonly decisions: PlanRequest['driftDecisions'];
  readonly note: IsolationNote;
}

/** A plan that was shown. */
export interface Shown {
  readonly previewId: string;
  readonly targetId: string;
  readonly intent: Intent;
  readonly plan: Plan;
}
