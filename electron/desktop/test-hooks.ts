import type { LabTrigger } from '../../shared/lab';
import type { Decision } from './notifications/notification';
import type { PracticeLab } from './practice/practice-lab';
import type { TrayAction, TrayView } from './tray/tray-model';

/** What end-to-end tests may see and press: nothing here makes up a state. */
export interface TestHooks {
  tray(): TrayView | undefined;
  /** Presses an entry of the tray's menu. */
  pressTray(action: TrayAction): void;
  notifications(): readonly Decision[];
  /** What the practice lab itself knows, to hold the app against. */
  lab(): ReturnType<PracticeLab['look']>;
  triggerLab(trigger: LabTrigger): void;
  windowState(): 'none' | 'hidden' | 'visible';
}

/** Puts the hooks where a test that is attached to main finds them. Only ever called when `testHooksAllowed`. */
export function installTestHooks(hooks: TestHooks): void {
  Object.assign(globalThis, { lockwatchTestHooks: hooks });
}
