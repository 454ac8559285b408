import { join } from 'node:path';
import type { TrayStatus } from './tray-model';

const DIGITS = 9;

/** The image file for a state: ICO on Windows, a template on macOS, PNG elsewhere; above nine it says "many". */
export function trayImage(folder: string, status: TrayStatus, count: number, platform: string): string {
  const name = `${status}-${count > DIGITS ? 'many' : count}`;
  if (platform === 'win32') return join(folder, `${name}.ico`);
  return join(folder, platform === 'darwin' ? `${name}Template.png` : `${name}.png`);
}
