import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventRecord } from '../../../shared/evidence';
import type { EvidenceRow } from '../../../shared/evidence-view';
import type { Result } from '../../../shared/result';
import { filetimeFromMs } from '../../../shared/time';
import type { StoredRecord } from '../evidence-types';

export const INSTANCE_A = '6f1c7a52-3d0e-4a7a-9c1f-0d2b8f6f1a01';
export const INSTANCE_B = '6f1c7a52-3d0e-4a7a-9c1f-0d2b8f6f1a02';
export const T0 = Date.UTC(2025, 2, 4, 5, 6, 7);

export const makeEvent = (recordId: number, changes: Partial<EventRecord> = {}): EventRecord => ({
  computer: 'WIN-TEST',
  channel: 'Security',
  provider: 'Microsoft-Windows-Security-Auditing',
  recordId,
  eventId: 4625,
  time: filetimeFromMs(T0 + recordId * 1000) + 1234n,
  keywords: 0x8010000000000000n,
  task: 12_544,
  data: { TargetUserName: 'Administrator', SubStatus: '0xc000006a', IpAddress: '203.0.113.41' },
  ...changes,
});

export const makeStored = (
  recordId: number,
  changes: Partial<StoredRecord> = {},
  event: Partial<EventRecord> = {},
): StoredRecord => ({
  record: makeEvent(recordId, event),
  kind: 'failure' satisfies EvidenceRow['kind'],
  account: 'administrator',
  address: '203.0.113.41',
  addressInferredFrom: null,
  workstation: 'KIOSK-7',
  explanation: null,
  ...changes,
});

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** The value of a result that has to be one. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`unexpected ${result.error.code}`);
  return result.value;
}

/** A folder of its own and what removes it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'lockwatch-storage-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
