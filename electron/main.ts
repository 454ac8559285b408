import { join } from 'node:path';
import { app } from 'electron';
import { compose, type Lockwatch } from './compose';
import { parseArguments } from './desktop/arguments';
import { registerAppScheme } from './desktop/page/serve-page';
import { testHooksAllowed } from './desktop/run-kind';
import { APP_ID, TOAST_ACTIVATOR_CLSID } from './desktop/system/app-identity';
import { refuseSwitches } from './desktop/system/release-switches';

/** Start-up only: what must happen before the app is ready, in the order it must happen. */
const args = parseArguments(process.argv);
const appFolder = join(__dirname, '../..');

const testHooks = testHooksAllowed({
  wanted: process.env.LOCKWATCH_E2E,
  isPackaged: app.isPackaged,
  executable: process.execPath,
});
refuseSwitches(app.commandLine, app.isPackaged && !testHooks);

if (args.lab && !args.userDataGiven)
  app.setPath('userData', join(app.getPath('appData'), 'Lockwatch Practice'));

if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  app.enableSandbox();
  // Before the first notification, or Windows gets another activator every run.
  if (typeof app.setToastActivatorCLSID === 'function') app.setToastActivatorCLSID(TOAST_ACTIVATOR_CLSID);
  app.setAppUserModelId(APP_ID);
  registerAppScheme();
  let lockwatch: Lockwatch | undefined;
  app.on('second-instance', () => lockwatch?.show());
  app.on('activate', () => lockwatch?.show());
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', (event) => lockwatch?.beforeQuit(event));
  void app.whenReady().then(() => {
    lockwatch = compose({ args, appFolder, testHooks });
  });
}
