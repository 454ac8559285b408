import { api } from '../api';
import { startChecks } from './checks';
import { startSavedLog } from './saved-log';
import { useUi } from './ui';
import { mirror } from './window-mirror';

/** Connects the window's stores with main; they live as long as the page. */
export function startWindow(): void {
  startChecks();
  startSavedLog();
  api.on.window.navigate((destination) => useUi.getState().go(destination));
  mirror.start();
}
