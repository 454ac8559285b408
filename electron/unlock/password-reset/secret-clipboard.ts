import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../watch/clock';

/** The system's clipboard, as far as it is needed. */
export interface Clipboard {
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
  clear(): Promise<void>;
}

/** Within 30 to 60 s: long enough to paste, short enough to be forgotten. */
export const CLEARS_AFTER_MS = 45_000;

export interface SecretClipboard {
  /** Puts it there and clears it later. */
  copy(text: string): Promise<void>;
  /** Clears at once what was put there, as at the end of the app. */
  clearNow(): Promise<void>;
}

/**
 * Copies a secret and takes it away again, unless something else has come onto the clipboard. What was copied is
 * remembered as a salted digest only.
 */
export function createSecretClipboard(clipboard: Clipboard, clock: Clock): SecretClipboard {
  const salt = randomBytes(16);
  const digestOf = (text: string): Buffer => createHash('sha256').update(salt).update(text, 'utf8').digest();
  let ours: { readonly digest: Buffer; readonly cancel: () => void } | null = null;

  async function clearNow(): Promise<void> {
    if (!ours) return;
    ours.cancel();
    const { digest } = ours;
    ours = null;
    // A clipboard that cannot be read is left alone: what is on it may be somebody else's.
    const there = await clipboard.readText().catch(() => null);
    // Copied anew in the meantime: that one has a time of its own.
    if (ours !== null || there === null) return;
    if (timingSafeEqual(digestOf(there), digest)) await clipboard.clear().catch(() => undefined);
  }

  return {
    async copy(text) {
      ours?.cancel();
      ours = {
        digest: digestOf(text),
        cancel: clock.after(CLEARS_AFTER_MS, () => void clearNow()),
      };
      await clipboard.writeText(text);
    },
    clearNow,
  };
}
