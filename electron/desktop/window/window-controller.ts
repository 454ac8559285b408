import type { Destination } from '../../../shared/snapshot';

/** What the controller needs of a window; the real one is Electron's. */
export interface ShellWindow {
  show(): void;
  hide(): void;
  destroy(): void;
  navigate(destination: Destination): void;
  isVisible(): boolean;
  isDestroyed(): boolean;
}

export interface WindowEvents {
  /** Somebody closes the window; returns whether that may go on. */
  closing(): boolean;
  /** The window is gone for good. */
  closed(): void;
  /** The page's process died. */
  crashed(): void;
}

export type CloseMeans = 'hide' | 'quit' | 'ask';

export interface WindowControllerOptions {
  /** Makes the window and loads the page, at `first` when it is given. */
  readonly open: (events: WindowEvents, first: Destination | undefined) => ShellWindow;
  readonly after: (ms: number, run: () => void) => () => void;
  /** Minutes in hiding until the window is destroyed, read when it hides. */
  readonly releaseAfterMinutes: () => number;
  /** What closing means: without a tray, a hidden window would look like an app that has gone. */
  readonly closeMeans: () => CloseMeans;
  readonly ask: () => Promise<'hide' | 'quit'>;
  readonly quit: () => void;
}

export interface WindowController {
  show(destination?: Destination): void;
  hide(): void;
  isVisible(): boolean;
  exists(): boolean;
  /** From now on closing is closing. */
  allowClose(): void;
  dispose(): void;
}

const MINUTE = 60_000;
/** After so many crashes in a row the window stays away until the admin asks for it. */
const CRASHES_FORGIVEN = 2;

/**
 * The one window's life: shown, hidden to the tray, destroyed after a while in hiding to give its memory back,
 * and built again from the snapshot when it is wanted.
 */
export function createWindowController(options: WindowControllerOptions): WindowController {
  let window: ShellWindow | undefined;
  let cancelRelease: (() => void) | undefined;
  let mayClose = false;
  let crashes = 0;

  const release = (): void => {
    cancelRelease = undefined;
    window?.destroy();
    window = undefined;
  };
  const hide = (): void => {
    if (!window?.isVisible()) return;
    window.hide();
    cancelRelease?.();
    cancelRelease = options.after(options.releaseAfterMinutes() * MINUTE, release);
  };
  const open = (first: Destination | undefined): ShellWindow => {
    const opened: ShellWindow = options.open(
      {
        closing() {
          if (mayClose) return true;
          closeRequested();
          return false;
        },
        closed() {
          if (window === opened) window = undefined;
        },
        crashed() {
          if (window !== opened) return;
          const wasVisible = opened.isVisible();
          release();
          if (wasVisible && crashes++ < CRASHES_FORGIVEN) window = open(undefined);
        },
      },
      first,
    );
    return opened;
  };

  function closeRequested(): void {
    const means = options.closeMeans();
    if (means === 'hide') hide();
    else if (means === 'quit') options.quit();
    else void options.ask().then((answer) => (answer === 'hide' ? hide() : options.quit()));
  }

  function show(destination?: Destination): void {
    cancelRelease?.();
    cancelRelease = undefined;
    if (!window || window.isDestroyed()) {
      crashes = 0;
      window = open(destination);
      return;
    }
    window.show();
    if (destination) window.navigate(destination);
  }

  return {
    show,
    hide,
    isVisible: () => window?.isVisible() ?? false,
    exists: () => window !== undefined && !window.isDestroyed(),
    allowClose() {
      mayClose = true;
    },
    dispose() {
      cancelRelease?.();
      release();
    },
  };
}
