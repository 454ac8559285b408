import { Menu, type MenuItemConstructorOptions } from 'electron';

/** The roles of the menu: macOS needs one for its edit shortcuts; elsewhere a page's own shortcuts do. */
function appMenuTemplate(platform: string): readonly MenuItemConstructorOptions[] | null {
  if (platform !== 'darwin') return null;
  return [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }];
}

export function applyAppMenu(platform: string): void {
  const template = appMenuTemplate(platform);
  Menu.setApplicationMenu(template ? Menu.buildFromTemplate([...template]) : null);
}
