import type { AppError } from './errors';
import type { Vnc } from './instance';

/** `cloud`: the provider's own page. `vnc`: a VNC server that is spoken to from here. */
export type ConsoleKind = 'cloud' | 'vnc';

/** What the page of the VNC console may ask of main. Its preload knows these names and no others. */
export const consolePageChannels = [
  'info',
  'connect',
  'shown',
  'ctrlAltDelSent',
  'fullScreen',
  'close',
] as const;
export type ConsolePageChannel = (typeof consolePageChannels)[number];

/** What the page shows of where it is connected to. */
export interface ConsolePageInfo {
  readonly name: string;
  readonly vnc: Vnc;
  /** Whoever is on the way can read what is typed, passwords too: no tunnel, and not on this computer. */
  readonly exposed: boolean;
  readonly practice: boolean;
  /** A language of the catalogue, or `system`. */
  readonly language: string;
}

/** What comes to the page over its port: bytes of the VNC server and what became of the connection. */
export type ConsoleFromHost =
  | { readonly kind: 'opened' }
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  /** Nothing comes after it. Null: the server ended the connection without an error. */
  | { readonly kind: 'ended'; readonly error: AppError | null };

/** What the page sends: bytes for the server, and how many of the server's bytes it has dealt with. */
export type ConsoleToHost =
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'taken'; readonly bytes: number }
  | { readonly kind: 'close' };

/** So many bytes may be on their way to the page before it says that it has dealt with some. */
export const CONSOLE_WINDOW_BYTES = 1024 * 1024;

/** Whether a message of the page is one that it may send. Pure. */
export function isConsoleToHost(value: unknown): value is ConsoleToHost {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'close') return true;
  if (!('bytes' in value)) return false;
  if (value.kind === 'data') return value.bytes instanceof Uint8Array;
  return value.kind === 'taken' && Number.isSafeInteger(value.bytes) && Number(value.bytes) > 0;
}

/** Whether a host name or address means this very computer. Pure. */
export const isThisComputer = (host: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host.trim());

/** Whether what is typed into this console can be read by others on the way: VNC itself does not encrypt. Pure. */
export const isExposed = ({ host, via }: Vnc): boolean => via === 'direct' && !isThisComputer(host);

export type VncPasswordRule = 'length' | 'characters' | 'upper' | 'lower' | 'digit';

const VNC_PASSWORD_RULES: Readonly<Record<VncPasswordRule, RegExp>> = {
  length: /^.{6}$/u,
  characters: /^[A-Za-z0-9]*$/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  digit: /[0-9]/,
};

/** Which rules of Alibaba Cloud's console password a text breaks; none: it may be set. Pure. */
export const brokenVncPasswordRules = (text: string): readonly VncPasswordRule[] =>
  (Object.keys(VNC_PASSWORD_RULES) as VncPasswordRule[]).filter(
    (rule) => !VNC_PASSWORD_RULES[rule].test(text),
  );
