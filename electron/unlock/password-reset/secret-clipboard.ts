import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../watch/clock';

/** The system's clipboard, as far as it is needed. */
export interface Clipboard {
  readText(): string;
  writeText(text: string): void;
  clear(): void;
}

/** Within 30 to 60 s: long enough to paste, short enough to be forgotten. */
export const CLEARS_AFTER_MS = 45_000;

export interface SecretClipboard {
  /** Puts it there and clears it later. */
  copy(text: string): void;
  /** Clears at once what was put there, as at the end of the app. */
  clearNow(): void;
}

/**
 * Copies a secret and takes it away again, unless something else has come onto the clipboard. What was copied is
 * remembered as a salted digest only.
 */
export function createSecretClipboard(clipboard: Clipboard, clock: Clock): SecretClipboard {
  const salt = randomBytes(16);
  const digestOf = (text: string): Buffer => createHash('sha256').update(salt).update(text, 'utf8').digest();
  let ours: { readonly digest: Buffer; readonly cancel: () => void } | null = null;

  function clearNow(): void {
    if (!ours) return;
    ours.cancel();
    const { digest } = ours;
    ours = null;
    if (timingSafeEqual(digestOf(clipboard.readText()), digest)) clipboard.clear();
  }

  return {
    copy(text) {
      ours?.cancel();
      clipboard.writeText(text);
      ours = { digest: digestOf(text), cancel: clock.after(CLEARS_AFTER_MS, clearNow) };
    },
    clearNow,
  };
}
