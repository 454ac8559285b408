import { z } from 'zod';
import { isolationSettingsSchema } from './isolation-contract';

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** BCP 47, or `system`. */
  language: z.string().min(1).max(35),
  /** Poll intervals by watch level, in seconds. */
  pollSeconds: z.object({
    close: z.number().min(1).max(3600),
    normal: z.number().min(1).max(3600),
    relaxed: z.number().min(1).max(3600),
  }),
  /** The interval while something happens, and the one after nothing has for `quietAfterMinutes`. */
  busyPollSeconds: z.number().min(1).max(3600),
  quietPollSeconds: z.number().min(1).max(3600),
  quietAfterMinutes: z.number().min(1).max(1440),
  /** A reading older than this is stale, and its status unknown. In seconds. */
  staleAfterSeconds: z.number().min(10).max(86_400),
  notify: z.object({
    lockout: z.boolean(),
    imminent: z.boolean(),
    unlock: z.boolean(),
    unreachable: z.boolean(),
  }),
  /** Notifications are silent until then; null when they are not paused. */
  notificationsPausedUntilMs: z.number().nullable(),
  retention: z.object({
    days: z.number().int().min(1).max(3650),
    megabytes: z.number().int().min(10).max(102_400),
  }),
  startAtLogin: z.boolean(),
  /** Minutes after hiding until the window is destroyed and its memory given back. */
  releaseWindowAfterMinutes: z.number().min(0).max(1440),
  /** The admin's own public addresses or CIDR blocks: failures from there are own doing. */
  ownAddresses: z.array(z.string().trim().min(2).max(64)).max(50),
  readKnownHosts: z.boolean(),
  ...isolationSettingsSchema.shape,
});
export type Settings = z.infer<typeof settingsSchema>;

/**
 * Whether an address may tell the public one: over https, for who could forge the answer could have RDP opened for
 * himself, and without a user name or password, which would lie in a plain file. Pure.
 */
export function isServiceAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && username === '' && password === '';
}

export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  pollSeconds: { close: 2, normal: 5, relaxed: 30 },
  busyPollSeconds: 2,
  quietPollSeconds: 15,
  quietAfterMinutes: 30,
  staleAfterSeconds: 120,
  notify: { lockout: true, imminent: true, unlock: true, unreachable: true },
  notificationsPausedUntilMs: null,
  retention: { days: 90, megabytes: 1024 },
  startAtLogin: false,
  releaseWindowAfterMinutes: 5,
  ownAddresses: [],
  readKnownHosts: true,
  followAddressByItself: false,
  addressServices: ['ipify', 'icanhazip', 'cipcc'],
  ownAddressService: '',
  /** Main puts the name of the system's user in its place. */
  adminName: '',
};
