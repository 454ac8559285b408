import { SHIFT, type Stroke } from './keysyms';

/** Between two characters: a virtual machine's keyboard has a queue of few keys, and drops what does not fit. */
export const STROKE_PAUSE_MS = 20;

export interface TypeOptions {
  readonly sendKey: (keysym: number, down: boolean) => void;
  readonly pause: (ms: number) => Promise<void>;
  /** Whether to go on. */
  readonly wanted: () => boolean;
  readonly onProgress: (done: number) => void;
}

/** Types strokes one by one, each key released before the next is pressed. Gives how many were typed. */
export async function typeStrokes(strokes: readonly Stroke[], options: TypeOptions): Promise<number> {
  const { sendKey, pause, wanted, onProgress } = options;
  let done = 0;
  for (const { keysym, shift } of strokes) {
    if (!wanted()) break;
    if (shift) sendKey(SHIFT, true);
    sendKey(keysym, true);
    sendKey(keysym, false);
    if (shift) sendKey(SHIFT, false);
    done += 1;
    onProgress(done);
    await pause(STROKE_PAUSE_MS);
  }
  return done;
}
