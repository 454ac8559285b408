import { join } from 'node:path';
import { app } from 'electron';
import { compose } from './compose';
import { parseArguments } from './desktop/arguments';
import { registerAppScheme } from './desktop/page/serve-page';
import { APP_ID } from './desktop/system/app-identity';

/** Start-up only: what must happen before the app is ready, in the order it must happen. */
const args = parseArguments(process.argv);
const appFolder = join(__dirname, '../..');

if (args.lab && !args.userDataGiven)
  app.setPath('userData', join(app.getPath('appData'), 'Lockwatch Practice'));

if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  app.enableSandbox();
  app.setAppUserModelId(APP_ID);
  registerAppScheme();
  const lockwatch = compose({ args, appFolder });
  app.on('second-instance', () => lockwatch.show());
  app.on('activate', () => lockwatch.show());
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', (event) => lockwatch.beforeQuit(event));
  void app.whenReady().then(() => lockwatch.start());
}
