import { audit } from './audit';
import { check } from './check';
import { checklist } from './checklist';
import { cloud } from './cloud';
import { common } from './common';
import { consoleWords } from './console';
import { directory } from './directory';
import { directoryUi } from './directory-ui';
import { errorApp } from './error-app';
import { errorCloud } from './error-cloud';
import { errorDirectory } from './error-directory';
import { errorSsh } from './error-ssh';
import { firstRun } from './first-run';
import { fleet } from './fleet';
import { incident } from './incident';
import { instance } from './instance';
import { isolation } from './isolation';
import { isolationRun } from './isolation-run';
import { isolationUi } from './isolation-ui';
import { lab } from './lab';
import { model } from './model';
import { notification } from './notification';
import { policy } from './policy';
import { profile } from './profile';
import { rdp } from './rdp';
import { runbook } from './runbook';
import { savedLog } from './saved-log';
import { settings } from './settings';
import { tradeOffWords } from './trade-off';
import { tray } from './tray';
import { unlock } from './unlock';

/** Every word a user reads, in English. A translation is an object of the same keys laid beside this one. */
export const en = {
  ...common,
  ...tray,
  ...tradeOffWords,
  ...notification,
  ...firstRun,
  ...fleet,
  ...instance,
  ...policy,
  ...model,
  ...profile,
  ...check,
  ...settings,
  ...savedLog,
  ...lab,
  ...isolation,
  ...isolationUi,
  ...cloud,
  ...isolationRun,
  ...incident,
  ...audit,
  ...checklist,
  ...consoleWords,
  ...rdp,
  ...runbook,
  ...unlock,
  ...directory,
  ...directoryUi,
  ...errorApp,
  ...errorCloud,
  ...errorSsh,
  ...errorDirectory,
} as const;

export type MessageKey = keyof typeof en;
