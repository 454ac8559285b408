import type { Filetime } from './time';

/** The event channels that Lockwatch reads, by the names Windows gives them. */
export const CHANNELS = {
  security: 'Security',
  rdpCore: 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational',
  terminalServices: 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational',
  openSsh: 'OpenSSH/Operational',
} as const;
export type ChannelName = (typeof CHANNELS)[keyof typeof CHANNELS];

/** One Windows event as it was written, before anything is concluded from it. */
export interface EventRecord {
  readonly computer: string;
  readonly channel: string;
  readonly provider: string;
  readonly recordId: number;
  readonly eventId: number;
  readonly time: Filetime;
  /** The event's `Keywords` mask; bit 0x10000000000000 is audit failure, 0x20000000000000 audit success. */
  readonly keywords: bigint;
  readonly task: number;
  /**
   * EventData by `Data/@Name`; unnamed values are `#0`, `#1` ... Values are trimmed of nothing.
   * For UserData, the leaf elements by their local names.
   */
  readonly data: Readonly<Record<string, string>>;
}

/** A record that could not be understood: counted, kept for diagnosis, skipped. */
export interface BrokenRecord {
  readonly reason: string;
  /** The first 2,000 characters of what stood there. */
  readonly excerpt: string;
}

/** How far a channel has been read. */
export interface Bookmark {
  readonly recordId: number;
  readonly time: Filetime;
}
