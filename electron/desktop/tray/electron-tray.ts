import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import { trayImage } from './tray-images';
import type { TrayAction } from './tray-model';
import type { MenuEntry, TrayIcon } from './tray-service';

export interface ElectronTrayOptions {
  readonly imageFolder: string;
  readonly platform: string;
  /** By this the panel remembers the icon's place; macOS and Windows only. */
  readonly guid: string;
  readonly onClick: () => void;
}

/** The icon in the system's panel. */
export function createElectronTray({ imageFolder, platform, guid, onClick }: ElectronTrayOptions): TrayIcon {
  const image = (file: string) => nativeImage.createFromPath(file);
  const first = image(trayImage(imageFolder, 'unknown', 0, platform));
  const tray = platform === 'linux' ? new Tray(first) : new Tray(first, guid);
  tray.on('click', onClick);
  if (platform !== 'linux') tray.on('double-click', onClick);

  const template = (entry: MenuEntry, run: (action: TrayAction) => void): MenuItemConstructorOptions => {
    const { action } = entry;
    return {
      type: entry.type,
      ...(entry.label === undefined ? {} : { label: entry.label }),
      ...(entry.enabled === undefined ? {} : { enabled: entry.enabled }),
      ...(entry.submenu ? { submenu: entry.submenu.map((each) => template(each, run)) } : {}),
      ...(action ? { click: () => run(action) } : {}),
    };
  };

  return {
    setImage: (status, count) => tray.setImage(image(trayImage(imageFolder, status, count, platform))),
    setToolTip: (text) => tray.setToolTip(text),
    setTitle(text) {
      if (platform === 'darwin') tray.setTitle(text);
    },
    setMenu: (entries, run) =>
      tray.setContextMenu(Menu.buildFromTemplate(entries.map((entry) => template(entry, run)))),
    destroy() {
      if (!tray.isDestroyed()) tray.destroy();
    },
  };
}
