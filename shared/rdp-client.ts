import { z } from 'zod';

/** Control characters, line and paragraph separators, marks that turn the direction of text, halves of a character. */
const NOT_IN_A_NAME = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;

/** Who signs in: `name`, `DOMAIN\name` or `name@domain`, in any script. Never with a password. */
export const rdpUserSchema = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .refine((text) => !NOT_IN_A_NAME.test(text), 'rdpUser');

/** The name or IPv4 address of an RD Gateway. */
export const rdpGatewaySchema = z
  .string()
  .trim()
  .max(253)
  .regex(/^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?$/u, 'rdpGateway');

/** The programs of the system that can connect. */
export const rdpClientIdSchema = z.enum([
  'mstsc',
  'windowsApp',
  'microsoftRemoteDesktop',
  'remmina',
  'sdlFreerdp',
  'xfreerdp',
  'wlfreerdp',
]);
export type RdpClientId = z.infer<typeof rdpClientIdSchema>;
