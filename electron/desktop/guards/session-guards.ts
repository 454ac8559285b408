import type { Session } from 'electron';
import type { Log } from '../../log/log';
import { APP_SCHEME } from '../page/asset-path';

/** Addresses that a session may load: the app's own page, and the developer tools in development. */
export type MayLoad = (url: string) => boolean;

/** Denies everything that a page can ask of a session. Electron grants most of it unless told otherwise. */
export function guardSession(session: Session, mayLoad: MayLoad, log: Log): void {
  // Else Chromium asks a server of its maker for a dictionary at every start, past the request filter.
  session.setSpellCheckerDictionaryDownloadURL(`${APP_SCHEME}://none/`);
  session.setSpellCheckerEnabled(false);
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warning('permission.denied', { permission });
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on('select-hid-device', (event) => event.preventDefault());
  session.on('select-usb-device', (event) => event.preventDefault());
  session.on('select-serial-port', (event) => event.preventDefault());
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = !mayLoad(url);
    if (cancel) log.warning('request.denied', { scheme: url.slice(0, url.indexOf(':') + 1) });
    answer({ cancel });
  });
}
