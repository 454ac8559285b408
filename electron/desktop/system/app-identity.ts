/** The packaged app's id. Windows files its notifications under it, so the installer's shortcuts carry the same. */
export const APP_ID = 'dev.lockwatch.desktop';

/** Which toast belongs to this app: constant, or Windows would forget it between two runs. */
export const TOAST_ACTIVATOR_CLSID = '{6E9D1F0B-5A3C-4B7E-9C41-2B7F8D5E0A16}';

/** By these the panel remembers where the admin put the icon. */
export const TRAY_GUID = 'b3a6f2c4-91d7-4e58-8f0a-7c2d1e9b5a43';
export const PRACTICE_TRAY_GUID = '5d0c8e71-2b46-4f93-a7d8-e14b6c3f9025';
