import { api } from '../api';
import { rememberPageFocus } from '../components/use-return-focus';
import { startChecks } from './checks';
import { startSavedLog } from './saved-log';
import { useUi } from './ui';
import { mirror } from './window-mirror';

/** Connects the window's stores with main; they live as long as the page. */
export function startWindow(): void {
  rememberPageFocus();
  startChecks();
  startSavedLog();
  api.on.window.navigate((destination) => useUi.getState().go(destination));
  mirror.start();
}
