/** RFC 6143 7.4, true colour only. */
export interface PixelFormat {
  readonly bitsPerPixel: 8 | 16 | 32;
  readonly bigEndian: boolean;
  readonly max: readonly [red: number, green: number, blue: number];
  readonly shift: readonly [red: number, green: number, blue: number];
}

export const PIXEL_FORMAT_BYTES = 16;

/** 32 bits, eight to a colour, as the picture itself is kept. */
export const OWN_FORMAT: PixelFormat = {
  bitsPerPixel: 32,
  bigEndian: false,
  max: [255, 255, 255],
  shift: [16, 8, 0],
};

export function writePixelFormat(format: PixelFormat): Buffer {
  const bytes = Buffer.alloc(PIXEL_FORMAT_BYTES);
  bytes[0] = format.bitsPerPixel;
  bytes[1] = format.bitsPerPixel === 32 ? 24 : format.bitsPerPixel;
  bytes[2] = format.bigEndian ? 1 : 0;
  bytes[3] = 1;
  format.max.forEach((max, index) => {
    bytes.writeUInt16BE(max, 4 + 2 * index);
  });
  format.shift.forEach((shift, index) => {
    bytes[10 + index] = shift;
  });
  return bytes;
}

/** Undefined for a format that is none, or that has a colour map. */
export function readPixelFormat(bytes: Buffer): PixelFormat | undefined {
  const bitsPerPixel = bytes[0];
  if (bitsPerPixel !== 8 && bitsPerPixel !== 16 && bitsPerPixel !== 32) return undefined;
  if (bytes[3] === 0) return undefined;
  const max = [bytes.readUInt16BE(4), bytes.readUInt16BE(6), bytes.readUInt16BE(8)] as const;
  const shift = [bytes[10] ?? 0, bytes[11] ?? 0, bytes[12] ?? 0] as const;
  const fits = max.every((value, index) => {
    const bits = 32 - Math.clz32(value);
    return value > 0 && (value & (value + 1)) === 0 && bits + (shift[index] ?? 0) <= bitsPerPixel;
  });
  return fits ? { bitsPerPixel, bigEndian: bytes[2] !== 0, max, shift } : undefined;
}

/** Turns pixels of the picture (0xRRGGBB) into a client's bytes. */
export type PixelEncoder = (
  pixels: Uint32Array,
  from: number,
  count: number,
  into: Buffer,
  at: number,
) => void;

export function pixelEncoder(format: PixelFormat): PixelEncoder {
  const table = (index: 0 | 1 | 2) =>
    Uint32Array.from({ length: 256 }, (_, value) => {
      const scaled = Math.round((value * format.max[index]) / 255);
      return (scaled << format.shift[index]) >>> 0;
    });
  const [red, green, blue] = [table(0), table(1), table(2)];
  const bytes = format.bitsPerPixel / 8;
  const write = {
    1: (into: Buffer, value: number, at: number) => into.writeUInt8(value, at),
    2: (into: Buffer, value: number, at: number) =>
      format.bigEndian ? into.writeUInt16BE(value, at) : into.writeUInt16LE(value, at),
    4: (into: Buffer, value: number, at: number) =>
      format.bigEndian ? into.writeUInt32BE(value, at) : into.writeUInt32LE(value, at),
  }[bytes as 1 | 2 | 4];
  return (pixels, from, count, into, at) => {
    for (let i = 0; i < count; i++) {
      const pixel = pixels[from + i] ?? 0;
      const value =
        (red[(pixel >>> 16) & 0xff] ?? 0) | (green[(pixel >>> 8) & 0xff] ?? 0) | (blue[pixel & 0xff] ?? 0);
      write(into, value >>> 0, at + i * bytes);
    }
  };
}
