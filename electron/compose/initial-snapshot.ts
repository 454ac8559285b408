import { app } from 'electron';
import { emptySnapshot } from '../../shared/empty-snapshot';
import type { Snapshot } from '../../shared/snapshot';
import { isOfficialRuntime } from '../desktop/system/runtime-facts';

/** What the window sees before anything has been read. */
export const initialSnapshot = (practice: boolean): Snapshot =>
  emptySnapshot({
    version: app.getVersion(),
    platform: process.platform,
    officialRuntime: isOfficialRuntime(process.versions.electron, process.execPath),
    practice,
    systemLocale: app.getLocale(),
  });
