import type { IncidentDocument } from '../store/document';
import { INSTANCE, MINUTE, NOW, verdictOf } from './sample-view';

export const sampleIncident = (change: Partial<IncidentDocument> = {}): IncidentDocument => ({
  core: {
    id: '00000000-0000-4000-8000-0000000000f1',
    instanceId: INSTANCE,
    state: 'open',
    openedAtMs: NOW,
    closedAtMs: null,
    closedBy: null,
    joinedInto: null,
    lastEvidenceAtMs: NOW + MINUTE,
    accounts: [
      {
        key: 'administrator',
        name: 'Administrator',
        sid: 'S-1-5-21-1-2-3-500',
        formerKeys: [],
        firstAtMs: NOW,
        lastAtMs: NOW + MINUTE,
        firstLockAtMs: NOW,
        lastLockAtMs: NOW,
        lockedNow: true,
      },
    ],
    attack: { firstMs: NOW, lastMs: NOW + MINUTE },
    attackAddresses: ['203.0.113.5'],
    undecided: [],
    verdict: verdictOf('attack'),
  },
  instanceName: 'web-1',
  failures: 42,
  addresses: 1,
  entries: [
    {
      seq: 1,
      atMs: NOW,
      kind: 'evidence',
      who: null,
      text: { key: 'incident.line.opened.locked', params: { account: 'Administrator' } },
      note: null,
    },
    { seq: 2, atMs: NOW + 1000, kind: 'note', who: 'maria', text: null, note: 'called the owner' },
  ],
  nextSeq: 3,
  linesLeftOut: 0,
  memory: { parts: [] },
  evidence: {
    sources: [
      {
        address: '203.0.113.5',
        workstation: 'KALI',
        inferred: false,
        scope: 'internet',
        failures: 42,
        accounts: ['administrator'],
        firstMs: NOW,
        lastMs: NOW + MINUTE,
      },
    ],
    timeline: {
      fromMs: NOW,
      toMs: NOW + MINUTE,
      bucketMs: MINUTE,
      counted: [42],
      notCounted: [0],
      marks: [],
    },
  },
  ...change,
});
