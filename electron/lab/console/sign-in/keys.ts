/** A key press as the sign-in screen understands it. */
export type Press =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'enter' | 'escape' | 'erase' | 'next' | 'previous' };

const CONTROL = new Set([0xffe3, 0xffe4]);
/** Either Alt, either Meta (which some clients send for Alt), and Level3 Shift, which is the right Alt of many layouts. */
const ALT = new Set([0xffe9, 0xffea, 0xffe7, 0xffe8, 0xfe03]);
const SHIFT = new Set([0xffe1, 0xffe2]);
const DELETE = new Set([0xffff, 0xff9f]);

const named = new Map<number, Exclude<Press['kind'], 'character'>>([
  [0xff0d, 'enter'],
  [0xff8d, 'enter'],
  [0xff1b, 'escape'],
  [0xff08, 'erase'],
  [0xff09, 'next'],
  [0xff89, 'next'],
  [0xff54, 'next'],
  [0xff53, 'next'],
  [0xff99, 'next'],
  [0xff52, 'previous'],
  [0xff51, 'previous'],
  [0xff97, 'previous'],
  [0xfe20, 'previous'],
]);

/** The character of an X keysym: Latin-1 as it is, Unicode above 0x1000000, and the number pad. */
function characterOf(keysym: number): string | undefined {
  if ((keysym >= 0x20 && keysym <= 0x7e) || (keysym >= 0xa0 && keysym <= 0xff)) {
    return String.fromCharCode(keysym);
  }
  if (keysym >= 0xffb0 && keysym <= 0xffb9) return String(keysym - 0xffb0);
  const unicode = keysym - 0x1000000;
  if (unicode >= 0x20 && unicode <= 0x10ffff && !(unicode >= 0xd800 && unicode <= 0xdfff)) {
    return String.fromCodePoint(unicode);
  }
  return undefined;
}

export interface KeyTarget {
  secureAttention(): void;
  press(press: Press): void;
}

/** The keyboard of one client: what it holds down, and what that comes to. */
export class Keyboard {
  readonly #target: KeyTarget;
  readonly #held = new Set<number>();

  constructor(target: KeyTarget) {
    this.#target = target;
  }

  key(keysym: number, down: boolean): void {
    const modifier = CONTROL.has(keysym) || ALT.has(keysym) || SHIFT.has(keysym);
    if (modifier) {
      if (down) this.#held.add(keysym);
      else this.#held.delete(keysym);
      return;
    }
    if (!down) return;
    const holds = (keys: ReadonlySet<number>) => [...keys].some((one) => this.#held.has(one));
    if (DELETE.has(keysym) && holds(CONTROL) && holds(ALT)) {
      this.#target.secureAttention();
      return;
    }
    if (holds(CONTROL) && !holds(ALT)) return;
    const kind = named.get(keysym);
    if (kind) {
      this.#target.press({ kind: kind === 'next' && holds(SHIFT) ? 'previous' : kind });
      return;
    }
    const character = characterOf(keysym);
    if (character !== undefined) this.#target.press({ kind: 'character', character });
  }
}
