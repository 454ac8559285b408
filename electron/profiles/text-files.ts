import type { Result } from '../../shared/result';

/** The little of a file system that the versioned files need; injected, so that tests can break it. */
export interface TextFiles {
  /** The file's text; null when there is no such file. `file.corrupt` when it is not UTF-8. */
  read(path: string): Promise<Result<string | null>>;
  /** Replaces the file as a whole or not at all, readable by its owner only. */
  writeAtomic(path: string, text: string): Promise<Result<null>>;
  move(from: string, to: string): Promise<Result<null>>;
  /** Names in a directory; none when it does not exist. */
  list(directory: string): Promise<Result<readonly string[]>>;
  /** Removing what is not there succeeds. */
  remove(path: string): Promise<Result<null>>;
}
