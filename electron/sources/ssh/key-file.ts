import { constants, open } from 'node:fs/promises';

/** More than any private key takes. */
export const MAX_KEY_BYTES = 64 * 1024;

/**
 * Whether a private key may be read from there. Not from a share (`\\host\share`), nor by a device's path: opening one
 * makes Windows prove the user's identity to whatever host it names. A mapped drive is as good as a local one.
 */
export const isKeyPath = (path: string): boolean => !/^[\\/]{2}/.test(path);

/** Reads a file that may be a key: an ordinary one, and no more of it than a key can have. Throws for any other. */
export async function readKeyFile(path: string): Promise<Buffer> {
  // Opening a pipe would wait for somebody to write into it.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const about = await handle.stat();
    if (!about.isFile() || about.size > MAX_KEY_BYTES) throw new Error('no key file');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_KEY_BYTES), 0, MAX_KEY_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
