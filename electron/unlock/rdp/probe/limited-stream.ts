import { Duplex } from 'node:stream';

/** Ends a stream that brings more than it may. */
export class TooMuch extends Error {}

/** The same stream, ended with `TooMuch` once more than so many bytes have come. */
export function limited(raw: Duplex, mostBytes: number): Duplex {
  let left = mostBytes;
  const stream = new Duplex({
    read: () => void raw.resume(),
    write: (chunk, _encoding, done) => void raw.write(chunk, () => done()),
    destroy(cause, done) {
      raw.destroy();
      done(cause);
    },
  });
  raw.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) stream.destroy(new TooMuch());
    else if (!stream.push(chunk)) raw.pause();
  });
  raw.on('end', () => stream.push(null));
  raw.on('error', (cause) => stream.destroy(cause));
  raw.on('close', () => stream.destroy());
  return stream;
}
