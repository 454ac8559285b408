import type { Phrase } from '../../../shared/account-status';
import {
  type DirectoryFields,
  type DirectoryProfile,
  type DirectoryTransport,
  directoryFieldsSchema,
  type GivenController,
} from '../../../shared/directory';
import type { WatchLevel } from '../../../shared/instance';
import type { Validation } from '../../components/form/validation';

/** A directory as it stands in the form: text, not yet values. */
export interface DirectoryDraft {
  readonly name: string;
  readonly domain: string;
  readonly controllers: string;
  readonly transport: DirectoryTransport;
  readonly plainAccepted: boolean;
  readonly trust: DirectoryFields['trust'];
  readonly bindUser: string;
  /** As typed; empty keeps what the vault has. */
  readonly password: string;
  readonly pageSize: string;
  /** Empty: directly. */
  readonly tunnel: string;
  readonly watch: WatchLevel;
}

export const emptyDraft = (domain: string | null): DirectoryDraft => ({
  name: '',
  domain: domain ?? '',
  controllers: '',
  transport: 'ldaps',
  plainAccepted: false,
  trust: 'system',
  bindUser: '',
  password: '',
  pageSize: '1000',
  tunnel: '',
  watch: 'normal',
});

const controllerText = ({ host, port }: GivenController): string =>
  port === null ? host : host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** The form's text for a saved directory. The password is not in it: it never comes back to the window. */
export const draftOf = (profile: DirectoryProfile): DirectoryDraft => ({
  name: profile.name,
  domain: profile.domain,
  controllers: profile.controllers.map(controllerText).join(', '),
  transport: profile.transport,
  plainAccepted: profile.plainAccepted,
  trust: profile.trust,
  bindUser: profile.bindUser,
  password: '',
  pageSize: String(profile.pageSize),
  tunnel: profile.tunnel ?? '',
  watch: profile.watch,
});

const numberOf = (text: string): number => (/^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN);

/** `dc1`, `dc1:3269`, `192.0.2.7`, `2001:db8::7`, `[2001:db8::7]:636`. */
function controllerOf(text: string): { readonly host: string; readonly port: number | null } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed) {
    const [, host = '', port] = bracketed;
    return { host, port: port === undefined ? null : numberOf(port) };
  }
  const parts = text.split(':');
  if (parts.length !== 2) return { host: text, port: null };
  const [host = '', port = ''] = parts;
  return { host, port: numberOf(port) };
}

export const controllersOf = (text: string): { readonly host: string; readonly port: number | null }[] =>
  text
    .split(/[\s,;]+/)
    .filter((one) => one !== '')
    .map(controllerOf);

/** What is saved. */
export interface DirectoryInput {
  readonly fields: DirectoryFields;
  readonly password: string | null;
}

/** What becomes of the password in the vault if the admin types none. */
export type SavedPassword = 'none' | 'missing' | 'kept' | 'placeChanged';

const sorted = (controllers: readonly { readonly host: string; readonly port: number | null }[]): string =>
  JSON.stringify(controllers.map(({ host, port }) => `${host.toLowerCase()}:${port ?? ''}`).sort());

/** The password is kept only for the place that it was entered for; main enforces it, this says it beforehand. */
export function savedPassword(
  draft: DirectoryDraft,
  original: DirectoryProfile | undefined,
  missing: boolean,
): SavedPassword {
  if (!original) return 'none';
  const same =
    draft.domain.trim().toLowerCase() === original.domain.toLowerCase() &&
    draft.bindUser.trim() === original.bindUser &&
    (draft.transport === 'plain') === (original.transport === 'plain') &&
    draft.tunnel === (original.tunnel ?? '') &&
    sorted(controllersOf(draft.controllers)) === sorted(original.controllers);
  if (!same) return missing ? 'none' : 'placeChanged';
  return missing ? 'missing' : 'kept';
}

interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly maximum?: number | bigint;
}

const said = (key: string, params: Phrase['params'] = {}): Phrase => ({ key, params });

/** The sentence for a broken field. The schema says that it is broken; this says it to a person. */
function sentence(field: string, issue: Issue): Phrase {
  if (field === 'controllers') {
    return issue.path.length === 1
      ? said('directories.form.error.controllers.many', { max: Number(issue.maximum ?? 0) })
      : said('directories.form.error.controllers');
  }
  if (field === 'pageSize') return said('directories.form.error.pageSize');
  if (field === 'plainAccepted') return said('directories.form.error.plain');
  if (issue.code === 'too_big') return said('profile.error.tooLong', { max: Number(issue.maximum ?? 0) });
  if (field === 'domain' && issue.code === 'invalid_format') return said('directories.form.error.domain');
  return said('profile.error.required');
}

/** Checks the whole form. `others` are the other directories. */
export function validate(
  draft: DirectoryDraft,
  saved: SavedPassword,
  others: readonly Pick<DirectoryProfile, 'name' | 'domain'>[],
): Validation<DirectoryInput> {
  const errors: Record<string, Phrase> = {};
  const warnings: Record<string, Phrase> = {};
  const domain = draft.domain.trim();
  const name = draft.name.trim() === '' ? domain.slice(0, 120) : draft.name;
  const plain = draft.transport === 'plain';
  const parsed = directoryFieldsSchema.safeParse({
    name,
    domain,
    controllers: controllersOf(draft.controllers),
    transport: draft.transport,
    // A choice for no encryption is not remembered for the day when it is chosen again.
    plainAccepted: plain && draft.plainAccepted,
    trust: draft.trust,
    bindUser: draft.bindUser,
    pageSize: numberOf(draft.pageSize),
    tunnel: draft.tunnel === '' ? null : draft.tunnel,
    watch: draft.watch,
  });
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const field = String(issue.path[0]);
      // Without a name of its own it is the domain that is missing.
      if (field === 'name' && draft.name.trim() === '') continue;
      errors[field] ??= sentence(field, issue);
    }
  }
  // The schema looks at this only when all else is right.
  if (plain && !draft.plainAccepted) errors.plainAccepted = said('directories.form.error.plain');
  const password = draft.password === '' ? null : draft.password;
  if (password === null && saved !== 'kept') {
    const missing = said('profile.error.secret');
    if (saved === 'missing') warnings.password = missing;
    else errors.password = missing;
  }
  const sameName = others.some((other) => other.name.toLowerCase() === name.trim().toLowerCase());
  const sameDomain = others.find((other) => other.domain.toLowerCase() === domain.toLowerCase());
  if (name.trim() !== '' && sameName) warnings.name = said('directories.form.error.nameTaken');
  if (domain !== '' && sameDomain)
    warnings.domain = said('directories.form.error.domainTaken', { name: sameDomain.name });
  const failed = Object.keys(errors).length > 0 || !parsed.success;
  return { errors, warnings, value: failed ? null : { fields: parsed.data, password } };
}

/** Whether the admin would lose something by leaving. */
export const isChanged = (draft: DirectoryDraft, initial: DirectoryDraft): boolean =>
  JSON.stringify(draft) !== JSON.stringify(initial);
