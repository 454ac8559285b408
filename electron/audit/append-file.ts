import type { FileHandle, open } from 'node:fs/promises';

/** The end of one file: what is appended is on the disk when the promise is fulfilled, or it is not there at all. */
export interface AppendFile {
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

const OWNER_FILE = 0o600;

/** Opens a file whose content is `size` bytes. Throws what the file system throws. */
export async function openForAppend(path: string, size: number, openFile: typeof open): Promise<AppendFile> {
  const handle: FileHandle = await openFile(path, 'a', OWNER_FILE);
  let bytes = size;
  /** After a failure the end of the file is not known until it could be cut back. */
  let ragged = false;

  return {
    async append(text) {
      if (ragged) {
        await handle.truncate(bytes);
        ragged = false;
      }
      try {
        await handle.appendFile(text, 'utf8');
        await handle.sync();
        bytes += Buffer.byteLength(text, 'utf8');
      } catch (thrown) {
        // A row of which only a part was written never was a row.
        ragged = true;
        await handle.truncate(bytes).then(
          () => {
            ragged = false;
          },
          () => undefined,
        );
        throw thrown;
      }
    },
    close: () => handle.close(),
  };
}
