import type { ConsoleFromHost, ConsolePageInfo } from '../../shared/console';
import type { AppError } from '../../shared/errors';
import type { Result } from '../../shared/result';

/** What the preload puts on the page, by `electron/console-preload.ts`. */
export interface ConsoleBridge {
  info(): Promise<Result<ConsolePageInfo>>;
  connect(): Promise<Result<null>>;
  shown(): Promise<Result<null>>;
  ctrlAltDelSent(): Promise<Result<null>>;
  fullScreen(): Promise<Result<boolean>>;
  close(): Promise<Result<null>>;
  onMessage(listener: (message: ConsoleFromHost | { readonly kind: 'gone' }) => void): void;
  send(bytes: Uint8Array): void;
  /** So many bytes have been dealt with, and as many more may come. */
  taken(bytes: number): void;
  disconnect(): void;
}

declare global {
  interface Window {
    readonly lockwatchConsole: ConsoleBridge;
  }
}

export const bridge = (): ConsoleBridge => window.lockwatchConsole;

export type LinkEnd = 'gone' | { readonly error: AppError | null };
