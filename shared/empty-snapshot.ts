import { defaultSettings } from './settings';
import type { Snapshot } from './snapshot';

/** What is known before anything has been read. */
export const emptySnapshot = (app: Snapshot['app']): Snapshot => ({
  app,
  profiles: [],
  fleet: [],
  settings: defaultSettings,
  vault: { kind: 'memory', backend: 'unknown' },
  hostKeyQuestions: [],
  missingSecrets: [],
  notices: [],
  lab: { running: false, phase: null, instanceIds: [] },
  evidenceProcess: 'starting',
  isolation: [],
  cloudAccounts: [],
  addressOffers: [],
  directoryProfiles: [],
  directories: [],
  certificateQuestions: [],
  directoriesWithoutPassword: [],
  directoryCertificates: [],
  incidents: [],
  checklists: [],
  consoles: [],
  passwordResets: [],
  passwordResettable: [],
  accountUnlocks: [],
  rdpProofs: [],
  rdpRuns: [],
});
