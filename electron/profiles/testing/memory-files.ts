import { appError, type ErrorCode } from '../../../shared/errors';
import { err, ok } from '../../../shared/result';
import type { TextFiles } from '../text-files';

export interface MemoryFiles extends TextFiles {
  readonly contents: Map<string, string>;
  /** Makes one kind of call fail until it is cleared again. */
  failing: { [K in keyof TextFiles]?: ErrorCode };
}

/** A file system in memory whose calls can be made to fail. */
export function createMemoryFiles(initial: Readonly<Record<string, string>> = {}): MemoryFiles {
  const contents = new Map(Object.entries(initial));
  const files: MemoryFiles = {
    contents,
    failing: {},
    async read(path) {
      if (files.failing.read) return err(appError(files.failing.read));
      return ok(contents.get(path) ?? null);
    },
    async writeAtomic(path, text) {
      if (files.failing.writeAtomic) return err(appError(files.failing.writeAtomic));
      contents.set(path, text);
      return ok(null);
    },
    async move(from, to) {
      const text = contents.get(from);
      if (files.failing.move || text === undefined)
        return err(appError(files.failing.move ?? 'file.notFound'));
      contents.delete(from);
      contents.set(to, text);
      return ok(null);
    },
    async list(directory) {
      if (files.failing.list) return err(appError(files.failing.list));
      const prefix = `${directory}/`;
      return ok(
        [...contents.keys()]
          .filter((path) => path.startsWith(prefix))
          .map((path) => path.slice(prefix.length)),
      );
    },
    async remove(path) {
      if (files.failing.remove) return err(appError(files.failing.remove));
      contents.delete(path);
      return ok(null);
    },
  };
  return files;
}
