import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { closeWindow, notificationsOf, trayOf, windowStateOf } from '../../fixtures/hooks';
import { expect, test } from '../../fixtures/test';
import { startDesktop } from './desktop-session';

const trayIcons = join(__dirname, '..', '..', '..', 'electron', 'desktop', 'assets', 'tray');
const PANEL_HEIGHT = 40;
const LOCKED = 'Practice: Administrator on web-01 is locked';

type Colour = readonly [number, number, number];

function* pixels(image: PNG, fromRow = 0): Generator<readonly [number, number, number, number]> {
  for (let at = fromRow * image.width * 4; at < image.data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = image.data.subarray(at, at + 4);
    yield [red, green, blue, alpha];
  }
}

/** The colour that most of an icon's solid, coloured pixels have. */
function mainColour(icon: PNG): Colour {
  const counts = new Map<string, number>();
  for (const [red, green, blue, alpha] of pixels(icon)) {
    const coloured = Math.max(red, green, blue) - Math.min(red, green, blue) > 60;
    if (alpha < 250 || !coloured) continue;
    const key = `${red},${green},${blue}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [key = '0,0,0'] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return key.split(',').map(Number) as unknown as Colour;
}

const near = (a: Colour, b: readonly number[]): boolean =>
  a.every((value, index) => Math.abs(value - (b[index] ?? 0)) <= 24);

/** How many pixels of the panel at the bottom of the screen have about this colour. */
function panelPixels(screen: PNG, colour: Colour): number {
  let count = 0;
  for (const pixel of pixels(screen, screen.height - PANEL_HEIGHT)) if (near(colour, pixel)) count++;
  return count;
}

test('a lockout is seen in the panel and told by the notification daemon', async ({ launch }) => {
  const desktop = await startDesktop();
  try {
    const red = mainColour(PNG.sync.read(readFileSync(join(trayIcons, 'locked-1.png'))));
    expect(panelPixels(desktop.screen('real-desktop-before'), red)).toBe(0);

    const lockwatch = await launch({ args: ['--lab', '--once'] });
    await lockwatch.page();
    const shown = async (title: string) =>
      (await notificationsOf(lockwatch)).some(
        ({ outcome, value }) =>
          outcome === 'shown' && value.title.key === title && value.title.params.instance === 'web-01',
      );
    await expect
      .poll(() => shown('notification.lockout.title'), { timeout: 90_000, message: 'an account locks' })
      .toBe(true);
    expect((await trayOf(lockwatch))?.status).toBe('locked');
    await expect.poll(() => desktop.displayed()).toBeGreaterThan(0);

    // The panel draws the icon some moments after it was set.
    await expect
      .poll(() => panelPixels(desktop.screen('real-desktop-locked'), red), {
        message: 'the red tray icon is on the screen',
      })
      .toBeGreaterThan(20);

    const told = desktop.closeAndRead().findLast(({ summary }) => summary === LOCKED);
    expect(told?.appName).toMatch(/Lockwatch/i);
    expect(told?.body).toMatch(/[Bb]y failed logons from \d{1,3}(\.\d{1,3}){3}/);
    expect(told?.body).toMatch(/unlocks by itself at \d{1,2}:\d{2}/);

    await closeWindow(lockwatch);
    await expect.poll(() => windowStateOf(lockwatch)).toBe('hidden');
    await expect
      .poll(() => shown('notification.unlock.title'), { timeout: 60_000, message: 'the unlock is told' })
      .toBe(true);
    await expect.poll(() => desktop.displayed()).toBeGreaterThan(0);
    desktop.press();
    await expect
      .poll(() => windowStateOf(lockwatch), { message: 'a click on the notification opens the window' })
      .toBe('visible');
  } finally {
    await desktop.stop();
  }
});
