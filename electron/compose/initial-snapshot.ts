import { app } from 'electron';
import { defaultSettings } from '../../shared/settings';
import type { Snapshot } from '../../shared/snapshot';
import { isOfficialRuntime } from '../desktop/system/runtime-facts';

/** What the window sees before anything has been read. */
export const initialSnapshot = (practice: boolean): Snapshot => ({
  app: {
    version: app.getVersion(),
    platform: process.platform,
    officialRuntime: isOfficialRuntime(process.versions.electron, process.execPath),
    practice,
    systemLocale: app.getLocale(),
  },
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
