import { createCipheriv, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 8;
const CHALLENGE_BYTES = 16;

/** VNC's key: the password's first eight bytes, each with its bits the other way round. */
function keyOf(password: string): Buffer {
  const key = Buffer.alloc(KEY_BYTES);
  Buffer.from(password, 'latin1').copy(key, 0, 0, KEY_BYTES);
  return key.map((byte) => {
    let turned = 0;
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) turned |= 0x80 >> bit;
    return turned;
  }) as Buffer;
}

/** What a client answers to a challenge, RFC 6143 7.2.2: both halves under DES with the password as its key. */
export function vncResponse(password: string, challenge: Buffer): Buffer {
  const key = keyOf(password);
  // DES alone is a legacy cipher that Node leaves out; triple DES with one key three times is the same.
  const triple = Buffer.concat([key, key, key]);
  const half = (from: number) => {
    const cipher = createCipheriv('des-ede3-cbc', triple, Buffer.alloc(KEY_BYTES)).setAutoPadding(false);
    return Buffer.concat([cipher.update(challenge.subarray(from, from + KEY_BYTES)), cipher.final()]);
  };
  return Buffer.concat([half(0), half(KEY_BYTES)]);
}

export const newChallenge = (): Buffer => randomBytes(CHALLENGE_BYTES);

export function answersChallenge(password: string, challenge: Buffer, response: Buffer): boolean {
  return response.length === CHALLENGE_BYTES && timingSafeEqual(vncResponse(password, challenge), response);
}
