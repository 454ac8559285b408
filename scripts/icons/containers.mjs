/**
 * A Windows icon file with PNG images in it.
 *
 * @param {ReadonlyArray<{ size: number, png: Buffer }>} images at most 256 pixels wide
 */
export function encodeIco(images) {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of images.entries()) {
    const entry = 6 + 16 * index;
    // A width of 0 stands for 256.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/**
 * The types under which an Apple icon file holds PNG images, by size in pixels.
 *
 * @type {ReadonlyMap<number, readonly string[]>}
 */
const ICNS_TYPES = new Map([
  [16, ['icp4']],
  [32, ['icp5', 'ic11']],
  [64, ['ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
]);

/**
 * An Apple icon file with PNG images in it; sizes that it has no type for are left out.
 *
 * @param {ReadonlyArray<{ size: number, png: Buffer }>} images
 */
export function encodeIcns(images) {
  const chunks = images.flatMap(({ size, png }) =>
    (ICNS_TYPES.get(size) ?? []).map((type) => icnsChunk(type, png)),
  );
  return icnsChunk('icns', Buffer.concat(chunks));
}

/**
 * @param {string} type
 * @param {Buffer} content
 */
function icnsChunk(type, content) {
  const header = Buffer.alloc(8);
  header.write(type, 'ascii');
  header.writeUInt32BE(content.length + 8, 4);
  return Buffer.concat([header, content]);
}
