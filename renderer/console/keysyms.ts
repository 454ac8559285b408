/** One character as it is typed: its X keysym, and whether a US keyboard needs Shift for it. */
export interface Stroke {
  readonly keysym: number;
  readonly shift: boolean;
}

const RETURN = 0xff0d;
const TAB = 0xff09;
export const SHIFT = 0xffe1;
const UNICODE = 0x0100_0000;
const SHIFTED = new Set('~!@#$%^&*()_+{}|:"<>?');

/** The strokes of a text, and what of it no key stands for: control characters and halves of characters. */
export interface Typing {
  readonly strokes: readonly Stroke[];
  readonly left: readonly string[];
}

function keysymOf(char: string): number | null {
  const code = char.codePointAt(0) ?? 0;
  if (char === '\n') return RETURN;
  if (char === '\t') return TAB;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return null;
  if (code >= 0xd800 && code <= 0xdfff) return null;
  if ((code & 0xfffe) === 0xfffe || (code >= 0xfdd0 && code <= 0xfdef)) return null;
  // Latin-1 has its own numbers; everything else is its Unicode number with a mark.
  return code < 0x100 ? code : UNICODE + code;
}

/**
 * A text as keys, one character after the other. Servers that pass keys on as scan codes (QEMU's) look at the Shift
 * key and not at the letter, so it is held where a US keyboard needs it; others work it out from the keysym. Pure.
 */
export function strokesOf(text: string): Typing {
  const strokes: Stroke[] = [];
  const left: string[] = [];
  for (const char of text.normalize('NFC').replaceAll('\r\n', '\n').replaceAll('\r', '\n')) {
    const keysym = keysymOf(char);
    if (keysym === null) left.push(char);
    else strokes.push({ keysym, shift: SHIFTED.has(char) || /^[A-Z]$/.test(char) });
  }
  return { strokes, left };
}

/** A character that cannot be typed, as it is named to the admin: `U+0007`. */
export const nameOf = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
