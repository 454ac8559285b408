import { CHANNELS, type EventRecord } from '../../shared/evidence';
import type { InstanceRole } from '../lockout';

/** Lock and unlock alone: a quick look ahead while a long log is being read. */
export const LOCK_EVENTS: readonly number[] = [4740, 4767];

const EVERYWHERE = [
  1102, 4624, 4625, 4648, 4719, 4723, 4724, 4738, 4739, 4740, 4767, 4776, 4778, 4779,
] as const;
/** Kerberos is answered by domain controllers only. */
const ON_DOMAIN_CONTROLLERS = [4768, 4771] as const;

export const securityEvents = (role: InstanceRole): readonly number[] =>
  role === 'standalone' || role === 'member' ? EVERYWHERE : [...EVERYWHERE, ...ON_DOMAIN_CONTROLLERS];

/** Channels that tell an address where Security does not, with the events that do. */
export const HINT_CHANNELS: readonly { readonly channel: string; readonly eventIds: readonly number[] }[] = [
  { channel: CHANNELS.rdpCore, eventIds: [131, 140] },
  { channel: CHANNELS.terminalServices, eventIds: [261, 1149] },
  { channel: CHANNELS.openSsh, eventIds: [4] },
];

const ACTIVITY = new Set([4625, 4771, 4776, 4740, 4767]);
const CHANGES_ACCOUNTS = new Set([4740, 4767, 4724, 4738]);

/** A failure, a lock or an unlock: the instance deserves a closer look for a while. */
export const isActivity = (event: EventRecord): boolean =>
  event.channel === CHANNELS.security && ACTIVITY.has(event.eventId);
/** After it the accounts are worth reading again. */
export const changesAccounts = (event: EventRecord): boolean =>
  event.channel === CHANNELS.security && CHANGES_ACCOUNTS.has(event.eventId);
export const changesPolicy = (event: EventRecord): boolean =>
  event.channel === CHANNELS.security && event.eventId === 4739;
export const changesAuditing = (event: EventRecord): boolean =>
  event.channel === CHANNELS.security && event.eventId === 4719;

const isEmpty = (value: string | undefined): boolean => {
  const text = value?.trim() ?? '';
  return text === '' || text === '-';
};

/** A failure whose address only another channel can tell. */
export const lacksAddress = (event: EventRecord): boolean =>
  event.channel === CHANNELS.security && event.eventId === 4625 && isEmpty(event.data.IpAddress);
