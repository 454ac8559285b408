// The yardstick: one tray icon and one empty window, nothing else.
const { app, BrowserWindow, Tray, nativeImage } = require('electron');

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAAGElEQVR4nGNgGAWjYBSMglEwCkbBKBgFAAAEEAABbWZqLgAAAABJRU5ErkJggg==';

let tray;
app.enableSandbox();
app.whenReady().then(() => {
  tray = new Tray(nativeImage.createFromDataURL(PIXEL));
  tray.setToolTip('bare');
  performance.mark('tray-ready');
  const window = new BrowserWindow({
    width: 1200,
    height: 800,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.webContents.once('did-finish-load', () => performance.mark('window-ready'));
  window.loadURL('data:text/html,<!doctype html><title>bare</title><p>bare');
});
app.on('window-all-closed', () => {});
