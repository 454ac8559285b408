import type { Snapshot } from '../../../shared/snapshot';
import { sampleId } from './sample-view';

type IsolationView = Snapshot['isolation'][number];

/** An instance's isolation for tests: read, open and nothing recorded, unless changed. */
export const sampleIsolation = (number: number, changes: Partial<IsolationView> = {}): IsolationView => ({
  id: sampleId(number),
  instance: { region: 'cn-hangzhou', instanceId: `i-${number}`, name: `web-${number}` },
  state: 'none',
  rdpPort: 3389,
  exposure: null,
  readAtMs: 1000,
  readError: null,
  entry: null,
  foreign: null,
  progress: null,
  attention: null,
  ...changes,
});

export const sampleProgress: NonNullable<IsolationView['progress']> = {
  planId: 'p1',
  kind: 'isolate',
  stepsDone: 1,
  steps: 3,
  current: null,
};

export const sampleEntry: NonNullable<IsolationView['entry']> = {
  id: 'i-1-20260101T000000',
  admin: 'ann',
  reason: '',
  incident: '',
  createdAtMs: 0,
  strategy: 'overlayDeny',
  trusted: [],
  verification: null,
};
