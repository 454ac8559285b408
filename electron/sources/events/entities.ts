const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const REFERENCE = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/y;

function isForbidden(code: number): boolean {
  if (code < 0x20) return code !== 0x09 && code !== 0x0a && code !== 0x0d;
  return (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff;
}

function character(code: number): string | undefined {
  if (code > 0x10ffff) return undefined;
  return isForbidden(code) ? '' : String.fromCodePoint(code);
}

/**
 * Resolves the five named and all numeric references. A reference to a character that XML forbids is dropped,
 * as the character itself would be. Undefined when there is an ampersand that starts no such reference.
 */
export function decodeEntities(text: string): string | undefined {
  let at = text.indexOf('&');
  let out = '';
  let done = 0;
  while (at >= 0) {
    REFERENCE.lastIndex = at;
    const match = REFERENCE.exec(text);
    if (match === null) return undefined;
    const [, hex, decimal, name] = match;
    const value =
      name !== undefined
        ? NAMED[name]
        : character(hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal));
    if (value === undefined) return undefined;
    out += text.slice(done, at) + value;
    done = REFERENCE.lastIndex;
    at = text.indexOf('&', done);
  }
  return out + text.slice(done);
}

const NUMERIC = /&#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}));/g;

/** Drops numeric references to forbidden characters, on which a strict parser would give up. */
export const dropForbiddenReferences = (text: string): string =>
  text.replace(NUMERIC, (whole, hex: string | undefined, decimal: string | undefined) =>
    isForbidden(hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)) ? '' : whole,
  );
