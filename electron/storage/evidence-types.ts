import type { Phrase } from '../../shared/account-status';
import type { Bookmark, BrokenRecord, EventRecord } from '../../shared/evidence';
import type { EvidenceRow } from '../../shared/evidence-view';

export type EvidenceKind = EvidenceRow['kind'];

/** In the database a kind is its place in this list, from 1: only append. */
const KINDS: readonly EvidenceKind[] = [
  'failure',
  'failureNotCounted',
  'lock',
  'unlock',
  'success',
  'gap',
  'hint',
  'other',
];
export const kindNumber = (kind: EvidenceKind): number => KINDS.indexOf(kind) + 1;
export const kindOf = (number: number): EvidenceKind => KINDS[number - 1] ?? 'other';

/** One event with what was concluded from it. */
export interface StoredRecord {
  readonly record: EventRecord;
  readonly kind: EvidenceKind;
  /** The model's account key. */
  readonly account: string | null;
  readonly address: string | null;
  /** What the address was inferred from; null when the event carried it itself. */
  readonly addressInferredFrom: string | null;
  readonly workstation: string | null;
  readonly explanation: Phrase | null;
}

/** Which stream of an instance a bookmark belongs to. */
export interface StreamBookmark extends Bookmark {
  readonly computer: string;
  readonly channel: string;
}

/** An address that another event gave to a record stored before. */
export interface AddressAmendment {
  readonly computer: string;
  readonly channel: string;
  readonly recordId: number;
  readonly address: string;
  readonly addressInferredFrom: string;
}

export interface GapNote {
  readonly atMs: number;
  readonly channel: string;
  readonly reason: string;
}

export interface BrokenNote extends BrokenRecord {
  readonly channel: string;
}

/** What one poll of an instance gave; stored whole or not at all. */
export interface EvidenceBatch {
  readonly instanceId: string;
  readonly records: readonly StoredRecord[];
  readonly bookmarks?: readonly StreamBookmark[];
  /** The model with all records up to this batch's last folded in. Absent: the stored one stays as it is. */
  readonly modelText?: string;
  /** Samples of broken records, and how many there were. */
  readonly broken?: readonly BrokenNote[];
  readonly brokenCount?: number;
  readonly gaps?: readonly GapNote[];
  readonly amendments?: readonly AddressAmendment[];
}
