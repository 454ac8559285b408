import type { AccountView, InstanceView, Phrase } from '../../../../shared/account-status';
import type { Checklist, ChecklistPart, ChecklistPartId } from '../../../../shared/checklist';
import type { IncidentSummary } from '../../../../shared/incident';
import type { IsolationView } from '../../../../shared/isolation';
import type { RdpProof } from '../../../../shared/rdp';

/** All times in milliseconds since 1970, on our clock. */
export interface ChecklistInput {
  readonly incident: IncidentSummary;
  /** What is known of the instance now; null: nothing, or it is no longer watched. */
  readonly view: InstanceView | null;
  /** Its place in a cloud; null: none is known. */
  readonly isolation: IsolationView | null;
  /** Its profile; null: deleted. */
  readonly instance: ChecklistInstance | null;
  /** What its cloud can do with the accounts at hand; null: it cannot be reached. */
  readonly provider: ChecklistProvider | null;
  readonly nowMs: number;
}

export interface ChecklistInstance {
  readonly name: string;
  readonly rdpPort: number;
  /** A VNC console is named in the profile. */
  readonly vnc: boolean;
}

export interface ChecklistProvider {
  readonly isolation: 'overlayDeny' | 'none';
  readonly console: 'url' | 'none';
  readonly passwordReset: 'reboot' | 'none';
}

/** A part that was ticked, or that evidence opened again. */
export interface Tick {
  readonly part: ChecklistPartId;
  /** Key of the account it is about; null for what concerns the instance. */
  readonly account: string | null;
  readonly state: 'done' | 'reopened';
  /** Who had said that it is done. */
  readonly by: 'evidence' | 'hand';
  readonly who: string | null;
  readonly atMs: number;
  readonly evidence: Phrase | null;
}

export interface DoneAt {
  readonly atMs: number;
  readonly who: string | null;
}

/** What a checklist keeps between two looks, and over a restart. */
export interface ChecklistMemory {
  readonly version: 1;
  readonly focus: {
    readonly key: string;
    readonly name: string;
    readonly sid: string | null;
    readonly byHand: boolean;
  } | null;
  readonly ticks: readonly Tick[];
  readonly consoleOpened: (DoneAt & { readonly console: 'cloud' | 'vnc' }) | null;
  readonly ctrlAltDel: DoneAt | null;
  readonly passwordReset: DoneAt | null;
  readonly rebooted: DoneAt | null;
  /** The newest of each account. */
  readonly unlocks: readonly (DoneAt & { readonly account: string | null; readonly verified: boolean })[];
  readonly rdpProof: Pick<RdpProof, 'atMs' | 'verdict' | 'via'> | null;
  /** As it was while the account was failing: seconds between two failures, and from an unlock to the next lock. */
  readonly paceSeconds: number | null;
  readonly relockSeconds: number | null;
}

export const emptyMemory: ChecklistMemory = {
  version: 1,
  focus: null,
  ticks: [],
  consoleOpened: null,
  ctrlAltDel: null,
  passwordReset: null,
  rebooted: null,
  unlocks: [],
  rdpProof: null,
  paceSeconds: null,
  relockSeconds: null,
};

/**
 * What evidence says of a part now. `shown`: it is done. `against`: it is not. `open`: nothing says so yet.
 * `unknown`: it cannot be told now. An earlier tick outlives `open` and `unknown`, not a newer `against`.
 */
export type Verdict = 'shown' | 'against' | 'open' | 'unknown' | 'notNeeded' | 'blocked';

/** A part as the rules see it, before what was ticked earlier is taken into account. */
export interface Finding
  extends Pick<
    ChecklistPart,
    'id' | 'what' | 'why' | 'actions' | 'byHand' | 'optional' | 'countdown' | 'evidence'
  > {
  readonly says: Verdict;
  /** When what it rests on happened, or was read; null: now. */
  readonly atMs: number | null;
  readonly who: string | null;
  /** Under way. */
  readonly doing: boolean;
  /** For `against`: it is so at this moment, whatever was ticked when. */
  readonly holdsNow: boolean;
}

/** One part that became done, or open again. */
export interface PartChange {
  readonly part: ChecklistPartId;
  readonly to: 'done' | 'reopened' | 'taken back';
  readonly by: 'evidence' | 'hand';
  readonly who: string | null;
  readonly atMs: number;
}

export interface Evaluation {
  readonly checklist: Checklist;
  /** The very same object when nothing in it changed. */
  readonly memory: ChecklistMemory;
  readonly changes: readonly PartChange[];
  /** When to look again without anything new; null: never. */
  readonly nextLookAtMs: number | null;
}

/** Who the checklist is about, as the rules see it. */
export interface Focus {
  readonly key: string;
  readonly name: string;
  readonly sid: string | null;
  /** What is known of it now; null: nothing. */
  readonly account: AccountView | null;
  readonly kind: 'builtinAdministrator' | 'local' | 'domain';
  /** Whether it locked in this incident. */
  readonly everLocked: boolean;
}
