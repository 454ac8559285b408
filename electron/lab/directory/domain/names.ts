/** A distinguished name as it is compared: attribute and value of every part, case aside. Undefined: it is none. */
export function normalName(dn: string): string | undefined {
  if (dn.trim() === '') return '';
  const parts: string[] = [];
  let part = '';
  let inValue = false;
  for (let at = 0; at < dn.length; at++) {
    const char = dn.charAt(at);
    if (char === '\\') {
      const hex = dn.slice(at + 1).match(/^([0-9A-Fa-f]{2}(?:\\[0-9A-Fa-f]{2})*)/)?.[1];
      if (hex) {
        part += Buffer.from(hex.replaceAll('\\', ''), 'hex').toString('utf8');
        at += hex.length;
      } else {
        at += 1;
        if (at >= dn.length) return undefined;
        part += dn.charAt(at);
      }
    } else if (char === ',') {
      parts.push(part);
      part = '';
      inValue = false;
    } else if (char === '=' && !inValue) {
      inValue = true;
      part = `${part.trim()}\ue000`;
    } else part += char;
  }
  parts.push(part);
  if (parts.some((one) => !/^\s*[a-z][a-z0-9-]*\ue000/i.test(one))) return undefined;
  return parts
    .map((one) =>
      one
        .trim()
        .replace(/\ue000\s+/, '\ue000')
        .toLowerCase(),
    )
    .join('\ue001');
}

/** The name above; an empty text above the topmost. */
export const parentOf = (normal: string): string => {
  const at = normal.indexOf('\ue001');
  return at < 0 ? '' : normal.slice(at + 1);
};

export const isUnder = (normal: string, base: string): boolean =>
  normal === base || normal.endsWith(`\ue001${base}`) || base === '';

/** A part of a distinguished name with everything escaped that has to be (RFC 4514). */
export const relativeName = (attribute: string, value: string): string =>
  `${attribute}=${value
    .replace(/["+,;<>\\=]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')}`;
