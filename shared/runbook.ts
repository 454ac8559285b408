import { z } from 'zod';
import type { ChecklistPartId } from './checklist';
import type { ErrorCode } from './errors';

/** The runbook's parts, in the order in which they are listed. */
export const runbookSections = ['now', 'steps', 'understand', 'reference', 'afterwards'] as const;
export const runbookSectionSchema = z.enum(runbookSections);
export type RunbookSection = z.infer<typeof runbookSectionSchema>;

/** Every page of the runbook. An id once given stays: checklists and records point to it. */
export const runbookPageIds = [
  'start-here',
  'lost-everything',
  'whole-fleet-locked',
  'client-errors',
  'causes',
  'find-the-source',
  'record-originals',
  'step-isolate',
  'step-console',
  'administrator-account',
  'step-restore',
  'step-verify',
  'console-paths',
  'reset-password',
  'unlock-without-console',
  'domain-accounts',
  'isolation',
  'changing-address',
  'rdp-proof',
  'nla',
  'how-counting-works',
  'previous-passwords',
  'policy',
  'events',
  'status-codes',
  'logon-types',
  'auditing',
  'commands',
  'glossary',
  'relock',
  'after-the-incident',
  'policy-trade-off',
  'what-lockwatch-cannot-know',
] as const;
export const runbookPageIdSchema = z.enum(runbookPageIds);
export type RunbookPageId = z.infer<typeof runbookPageIdSchema>;

/** The page about each part of the checklist. */
export const checklistPages: Readonly<Record<ChecklistPartId, RunbookPageId>> = {
  originalsRecorded: 'record-originals',
  isolated: 'step-isolate',
  consoleOpened: 'step-console',
  ctrlAltDel: 'step-console',
  passwordReset: 'reset-password',
  consoleSignIn: 'administrator-account',
  accountUnlocked: 'unlock-without-console',
  staleCredentials: 'relock',
  trustedRule: 'step-restore',
  rdpAnswers: 'rdp-proof',
  accountClear: 'step-verify',
  signedInAgain: 'step-verify',
  quiet: 'step-verify',
};

/** What a heading or the first cell of a row is called in an address: lower-case words with hyphens. */
export const runbookAnchor = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** A place in the runbook; without an anchor the top of its page. */
export interface RunbookPlace {
  readonly pageId: RunbookPageId;
  readonly anchor?: string;
}

export const eventPlace = (eventId: number): RunbookPlace => ({
  pageId: 'events',
  anchor: runbookAnchor(String(eventId)),
});

/** The row of a status code: an NTSTATUS code, or a Kerberos code, which is below 256. */
export const codePlace = (code: number): RunbookPlace => ({
  pageId: 'status-codes',
  anchor: code < 0x100 ? `0x${code.toString(16)}` : `0x${code.toString(16).padStart(8, '0')}`,
});

/** The page about a failure, where one helps further than its sentence does. */
export const errorPlaces: Readonly<Partial<Record<ErrorCode, RunbookPlace>>> = {
  'ssh.passwordRefused': { pageId: 'causes', anchor: 'your-own-doing' },
  'windows.accessDenied': { pageId: 'auditing', anchor: 'who-may-read' },
  'windows.channelMissing': { pageId: 'auditing', anchor: 'other-channels-that-help' },
  'log.noEvents': { pageId: 'events', anchor: 'look-at-them-yourself' },
  'cloud.lockedForSecurity': { pageId: 'reset-password', anchor: 'errors' },
  'cloud.managed': { pageId: 'isolation', anchor: 'managed-groups' },
  'cloud.conflict': { pageId: 'isolation', anchor: 'when-somebody-edits-meanwhile' },
};

/** Live parts of the app that a page may lead to, as `app:fleet`. */
export const runbookTargetSchema = z.enum([
  'fleet',
  'instance',
  'incidents',
  'checklist',
  'audit',
  'cloud',
  'directory',
  'settings',
  'savedLog',
]);
export type RunbookTarget = z.infer<typeof runbookTargetSchema>;

export type RunbookLink =
  | { readonly kind: 'app'; readonly target: RunbookTarget }
  | { readonly kind: 'page'; readonly pageId: RunbookPageId; readonly anchor: string | null }
  | { readonly kind: 'here'; readonly anchor: string };

/** What a link in a page means: `app:fleet`, `page-id`, `page-id#anchor` or `#anchor`. Null: it leads nowhere. */
export function parseRunbookLink(href: string): RunbookLink | null {
  if (href.startsWith('app:')) {
    const target = runbookTargetSchema.safeParse(href.slice(4));
    return target.success ? { kind: 'app', target: target.data } : null;
  }
  const [id = '', anchor, ...rest] = href.split('#');
  if (rest.length > 0 || anchor === '') return null;
  if (id === '') return anchor === undefined ? null : { kind: 'here', anchor };
  const pageId = runbookPageIdSchema.safeParse(id);
  return pageId.success ? { kind: 'page', pageId: pageId.data, anchor: anchor ?? null } : null;
}
