import { PIXEL_FORMAT_BYTES, type PixelFormat, readPixelFormat } from './pixel-format';
import type { Rectangle } from './rectangles';

/** What a client says after the handshake, RFC 6143 7.5. */
export type ClientMessage =
  | { readonly kind: 'pixelFormat'; readonly format: PixelFormat }
  | { readonly kind: 'encodings'; readonly encodings: readonly number[] }
  | { readonly kind: 'update'; readonly incremental: boolean; readonly area: Rectangle }
  | { readonly kind: 'key'; readonly down: boolean; readonly keysym: number }
  | { readonly kind: 'pointer'; readonly buttons: number; readonly x: number; readonly y: number }
  | { readonly kind: 'cutText' };

export type Read =
  | { readonly kind: 'incomplete' }
  /** The stream can not be followed any further: the reader hangs up. */
  | { readonly kind: 'malformed' }
  | { readonly kind: 'message'; readonly message: ClientMessage; readonly bytes: number };

export const MOST_ENCODINGS = 512;
export const MOST_CUT_TEXT = 256 * 1024;

const INCOMPLETE: Read = { kind: 'incomplete' };
const MALFORMED: Read = { kind: 'malformed' };
const message = (bytes: number, content: ClientMessage): Read => ({
  kind: 'message',
  message: content,
  bytes,
});

/** Reads the next message; looks at no byte beyond it, and asks for no more than a message may have. */
export function readClientMessage(data: Buffer): Read {
  const has = (bytes: number) => data.length >= bytes;
  switch (data[0]) {
    case undefined:
      return INCOMPLETE;
    case 0: {
      const bytes = 4 + PIXEL_FORMAT_BYTES;
      if (!has(bytes)) return INCOMPLETE;
      const format = readPixelFormat(data.subarray(4, bytes));
      return format ? message(bytes, { kind: 'pixelFormat', format }) : MALFORMED;
    }
    case 2: {
      if (!has(4)) return INCOMPLETE;
      const count = data.readUInt16BE(2);
      if (count > MOST_ENCODINGS) return MALFORMED;
      const bytes = 4 + 4 * count;
      if (!has(bytes)) return INCOMPLETE;
      const encodings = Array.from({ length: count }, (_, index) => data.readInt32BE(4 + 4 * index));
      return message(bytes, { kind: 'encodings', encodings });
    }
    case 3: {
      if (!has(10)) return INCOMPLETE;
      const [x, y, width, height] = [2, 4, 6, 8].map((at) => data.readUInt16BE(at)) as Numbers;
      return message(10, { kind: 'update', incremental: data[1] !== 0, area: { x, y, width, height } });
    }
    case 4:
      if (!has(8)) return INCOMPLETE;
      return message(8, { kind: 'key', down: data[1] !== 0, keysym: data.readUInt32BE(4) });
    case 5: {
      if (!has(6)) return INCOMPLETE;
      const [x, y] = [data.readUInt16BE(2), data.readUInt16BE(4)];
      return message(6, { kind: 'pointer', buttons: data[1] ?? 0, x, y });
    }
    case 6: {
      if (!has(8)) return INCOMPLETE;
      const length = data.readUInt32BE(4);
      if (length > MOST_CUT_TEXT) return MALFORMED;
      // What is on the client's clipboard is not for a sign-in screen: passed over.
      return has(8 + length) ? message(8 + length, { kind: 'cutText' }) : INCOMPLETE;
    }
    default:
      return MALFORMED;
  }
}

type Numbers = [number, number, number, number];
