import { createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Unpacks those entries of a zip file that `nameFor` gives a name to.
 *
 * @param {string} zipFile
 * @param {string} targetDir
 * @param {(entry: string) => string | undefined} nameFor from the name in the archive to the one on disk
 * @returns {Promise<number>} how many files were written
 */
export async function unzip(zipFile, targetDir, nameFor) {
  // Imported late: set-up runs before this package is installed.
  const yauzl = await import('yauzl');
  const archive = await yauzl.openPromise(zipFile);
  let written = 0;
  try {
    for await (const entry of archive.eachEntry()) {
      const name = nameFor(entry.fileName);
      if (name === undefined || entry.fileName.endsWith('/')) continue;
      const target = join(targetDir, name);
      await mkdir(dirname(target), { recursive: true });
      await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(target));
      const mode = (entry.externalFileAttributes >>> 16) & 0o777;
      if (mode !== 0) await chmod(target, mode | 0o444);
      written += 1;
    }
  } finally {
    archive.close();
  }
  return written;
}
