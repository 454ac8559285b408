import type { Rectangle } from '../rfb/rectangles';
import { type ConsoleAction, type ConsoleView, DESKTOP_BUTTONS, OPTION_BUTTONS } from '../sign-in/session';
import type { Canvas } from './canvas';
import { textWidth } from './lettering';

/** Where the pointer does something. */
export interface Spot {
  readonly area: Rectangle;
  readonly action: ConsoleAction;
}

export interface Scene {
  readonly view: ConsoleView;
  readonly computer: string;
  /** The practice password of the chosen account. */
  readonly hint: string | null;
  readonly time: string;
  readonly date: string;
  readonly words: (key: string, values?: Readonly<Record<string, string>>) => string;
}

const WHITE = 0xffffff;
const PALE = 0xc9d6e6;
const NIGHT = 0x10233c;
const DEEP = 0x1d4a73;
const FIELD = 0xf3f6fa;
const INK = 0x17202c;
const ACCENT = 0x3b82c4;
const PANEL = 0x1a3556;
const AMBER = 0xffc45c;

/** Draws what is on the screen, and tells where it can be clicked. */
export function drawScene(canvas: Canvas, scene: Scene): Spot[] {
  const { place } = scene.view;
  canvas.shade(NIGHT, place === 'desktop' || place === 'users' ? 0x2f6d63 : DEEP);
  badge(canvas, scene);
  switch (place) {
    case 'lockScreen':
      return lockScreen(canvas, scene);
    case 'signIn':
      return signIn(canvas, scene);
    case 'desktop':
      return desktop(canvas, scene);
    case 'options':
      return options(canvas, scene);
    case 'users':
      return users(canvas, scene);
  }
}

/** Nobody must take this for a real machine. */
function badge(canvas: Canvas, { words, computer }: Scene): void {
  const text = words('lab.badge');
  const width = Math.ceil(textWidth(text, 11, 'bold')) + 24;
  canvas.fill({ x: 20, y: 20, width, height: 30 }, AMBER);
  canvas.text(text, 32, 41, { size: 11, colour: INK, weight: 'bold' });
  canvas.text(computer, canvas.width - 24, 41, { size: 11, colour: PALE, align: 'right' });
}

function lockScreen(canvas: Canvas, { time, date, words, view }: Scene): Spot[] {
  const middle = canvas.width / 2;
  canvas.text(time, middle, 270, { size: 76, colour: WHITE, align: 'centre' });
  canvas.text(date, middle, 320, { size: 16, colour: PALE, align: 'centre' });
  canvas.text(words('lab.console.unlockPrompt'), middle, 470, { size: 16, colour: WHITE, align: 'centre' });
  if (view.signedIn !== null) {
    const text = words('lab.console.sessionOf', { name: view.signedIn });
    canvas.text(text, middle, 505, { size: 11, colour: PALE, align: 'centre' });
  }
  return [];
}

function face(canvas: Canvas, x: number, y: number, radius: number, colour: number): void {
  canvas.disc(x, y, radius, colour);
  canvas.disc(x, y - radius * 0.22, radius * 0.36, WHITE);
  for (let row = 0; row < radius * 0.5; row++) {
    const half = Math.round(radius * 0.62 * Math.sqrt(Math.max(0, row / (radius * 0.5))));
    const top = Math.round(y + radius * 0.28);
    canvas.fill({ x: Math.round(x - half), y: top + row, width: 2 * half, height: 1 }, WHITE);
  }
}

const ROW = 46;

function signIn(canvas: Canvas, { view, words, hint }: Scene): Spot[] {
  const chosen = view.accounts[view.selected];
  const middle = canvas.width / 2;
  face(canvas, middle, 190, 62, ACCENT);
  canvas.text(chosen?.name ?? '', middle, 300, { size: 22, colour: WHITE, align: 'centre' }, 500);
  const field = { x: middle - 150, y: 326, width: 260, height: 40 };
  canvas.fill(field, FIELD);
  canvas.frame(field, ACCENT, 2);
  if (view.passwordLength === 0) {
    canvas.text(words('lab.console.password'), field.x + 16, field.y + 26, { size: 11, colour: 0x66717f });
  }
  const dots = Math.min(view.passwordLength, 18);
  for (let i = 0; i < dots; i++) canvas.disc(field.x + 18 + i * 13, field.y + 20, 3.6, INK);
  canvas.fill({ x: field.x + 12 + dots * 13, y: field.y + 10, width: 1, height: 20 }, INK);
  const go = { x: field.x + field.width, y: field.y, width: 40, height: 40 };
  canvas.fill(go, ACCENT);
  canvas.text('>', go.x + 20, go.y + 26, { size: 14, colour: WHITE, weight: 'bold', align: 'centre' });
  if (view.message) {
    const text = words(`lab.console.${view.message}`);
    canvas.text(text, middle, 398, { size: 12, colour: AMBER, align: 'centre' }, canvas.width - 40);
  } else {
    canvas.text(words('lab.console.signInHint'), middle, 398, { size: 11, colour: PALE, align: 'centre' });
  }
  if (hint !== null) {
    const text = words('lab.console.practicePassword', { name: chosen?.name ?? '', password: hint });
    canvas.text(
      text,
      canvas.width - 24,
      canvas.height - 28,
      { size: 11, colour: AMBER, align: 'right' },
      500,
    );
  }
  const rows = view.accounts.map(({ name }, index) => {
    const area = {
      x: 24,
      y: canvas.height - 24 - ROW * (view.accounts.length - index),
      width: 240,
      height: ROW - 4,
    };
    if (index === view.selected) canvas.fill(area, ACCENT);
    face(canvas, area.x + 22, area.y + 21, 15, index === view.selected ? DEEP : ACCENT);
    canvas.text(name, area.x + 50, area.y + 26, { size: 12, colour: WHITE }, 180);
    return { area, action: { kind: 'select', index } as const };
  });
  return [...rows, { area: go, action: { kind: 'signIn' } }];
}

function button(canvas: Canvas, area: Rectangle, text: string, focused: boolean): void {
  canvas.fill(area, focused ? ACCENT : PANEL);
  if (focused) canvas.frame(area, WHITE, 2);
  const { x, y, width, height } = area;
  canvas.text(
    text,
    x + width / 2,
    y + height / 2 + 6,
    { size: 12, colour: WHITE, align: 'centre' },
    width - 16,
  );
}

function buttons(
  canvas: Canvas,
  kinds: readonly (typeof DESKTOP_BUTTONS | typeof OPTION_BUTTONS)[number][],
  { view, words }: Scene,
  from: { x: number; y: number },
): Spot[] {
  return kinds.map((kind, index) => {
    const area = { x: from.x, y: from.y + index * 58, width: 260, height: 46 };
    button(canvas, area, words(`lab.console.${kind}`), index === view.selected);
    return { area, action: { kind } };
  });
}

function desktop(canvas: Canvas, scene: Scene): Spot[] {
  const { words, view, time, date } = scene;
  const name = view.signedIn ?? '';
  const style = { size: 22, colour: WHITE } as const;
  canvas.text(words('lab.console.signedInAs', { name }), 40, 140, style, canvas.width - 80);
  canvas.text(words('lab.console.desktopHint'), 40, 176, { size: 12, colour: PALE }, canvas.width - 80);
  const bar = { x: 0, y: canvas.height - 44, width: canvas.width, height: 44 };
  canvas.fill(bar, NIGHT);
  canvas.text(`${date}  ${time}`, canvas.width - 20, bar.y + 27, { size: 12, colour: WHITE, align: 'right' });
  return buttons(canvas, DESKTOP_BUTTONS, scene, { x: 40, y: 216 });
}

function options(canvas: Canvas, scene: Scene): Spot[] {
  const from = { x: canvas.width / 2 - 130, y: 200 };
  return buttons(canvas, OPTION_BUTTONS, scene, from);
}

function users(canvas: Canvas, { view, words }: Scene): Spot[] {
  canvas.text(words('lab.console.users'), 40, 110, { size: 20, colour: WHITE });
  const spots: Spot[] = view.accounts.map(({ name, state }, index) => {
    const area = { x: 40, y: 136 + index * 44, width: canvas.width - 80, height: 40 };
    canvas.fill(area, index === view.selected ? ACCENT : PANEL);
    canvas.text(name, area.x + 16, area.y + 26, { size: 12, colour: WHITE }, 340);
    const colour = state === 'locked' ? AMBER : PALE;
    canvas.text(words(`lab.console.state.${state}`), area.x + 400, area.y + 26, { size: 12, colour });
    return { area, action: { kind: 'select', index } as const };
  });
  const y = 136 + view.accounts.length * 44 + 16;
  const unlock = { x: 40, y, width: 220, height: 44 };
  const back = { x: 280, y, width: 160, height: 44 };
  button(canvas, unlock, words('lab.console.unlock'), view.accounts[view.selected]?.state === 'locked');
  button(canvas, back, words('lab.console.back'), false);
  if (view.message)
    canvas.text(words(`lab.console.${view.message}`), 460, y + 28, { size: 12, colour: AMBER }, 320);
  return [...spots, { area: unlock, action: { kind: 'unlock' } }, { area: back, action: { kind: 'back' } }];
}
