import { inflateSync } from 'node:zlib';

const OBJECT = /(\d+) 0 obj\s([\s\S]*?)\sendobj/g;
const HEX = /<([0-9a-fA-F\s]+)>/g;

const streamOf = (body: string): string => {
  const found = /stream\r?\n([\s\S]*?)\r?\nendstream/.exec(body)?.[1] ?? '';
  return body.includes('/FlateDecode') ? inflateSync(Buffer.from(found, 'latin1')).toString('latin1') : found;
};

const characters = (hex: string): string =>
  (hex.match(/.{4}/g) ?? []).map((one) => String.fromCharCode(Number.parseInt(one, 16))).join('');

/** Which character each glyph of a font stands for. */
function glyphsOf(map: string): ReadonlyMap<number, string> {
  const glyphs = new Map<number, string>();
  const lists = (kind: string): string[] =>
    [...map.matchAll(new RegExp(`beginbf${kind}([\\s\\S]*?)endbf${kind}`, 'g'))].map(([, list = '']) => list);
  for (const [, from = '', to = ''] of lists('char').flatMap((list) => [
    ...list.matchAll(/<(\w+)>\s*<(\w+)>/g),
  ]))
    glyphs.set(Number.parseInt(from, 16), characters(to));
  for (const [, first = '', last = '', to = ''] of lists('range').flatMap((list) => [
    ...list.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g),
  ])) {
    const from = Number.parseInt(first, 16);
    const start = Number.parseInt(to, 16);
    for (let glyph = from; glyph <= Number.parseInt(last, 16); glyph++)
      glyphs.set(glyph, String.fromCharCode(start + glyph - from));
  }
  return glyphs;
}

/** The text of a PDF as Chromium prints it, in the order in which it was drawn, without white space and ligatures. */
export function pdfText(file: Buffer): string {
  const objects = new Map(
    [...file.toString('latin1').matchAll(OBJECT)].map(([, id = '', body = '']) => [id, body]),
  );
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  for (const body of objects.values())
    for (const [, name = '', id = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
      if (map !== undefined) fonts.set(name, glyphsOf(streamOf(objects.get(map) ?? '')));
    }
  let text = '';
  for (const body of objects.values()) {
    if (!body.includes('stream')) continue;
    let font: ReadonlyMap<number, string> | undefined;
    const drawn = streamOf(body);
    if (!/\bBT\b/.test(drawn)) continue;
    for (const [, name, shown] of drawn.matchAll(/\/(F\d+) [\d.]+ Tf|(\[[^\]]*\] TJ|<[^>]*> Tj)/g)) {
      if (name !== undefined) font = fonts.get(name);
      for (const [, hex = ''] of (shown ?? '').matchAll(HEX))
        for (const glyph of hex.match(/.{4}/g) ?? []) text += font?.get(Number.parseInt(glyph, 16)) ?? '';
    }
  }
  return text.normalize('NFKC').replace(/\s/g, '');
}
