import type { Phrase } from '../../../shared/account-status';
import { type Hop, type HopSecrets, type ProfileFields, profileFieldsSchema } from '../../../shared/instance';
import type { Validation } from '../../components/form/validation';
import { type EndpointDraft, jumpHop, needsSecret, type ProfileDraft, type SavedSecret } from './draft';

/** What is saved. Its errors are by field: `name`, `ssh.host`, `jumpHosts.1.secret` ... */
export interface ProfileInput {
  readonly fields: ProfileFields;
  readonly secrets: HopSecrets;
}

const LIMITS = { tag: 40, tags: 20 } as const;

export const splitTags = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

const portOf = (text: string): number => (/^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN);

const endpointOf = (draft: EndpointDraft): unknown => ({
  host: draft.host,
  port: portOf(draft.port),
  user: draft.user,
  authentication:
    draft.auth === 'key'
      ? { kind: 'key', path: draft.keyPath.trim(), encrypted: draft.keyEncrypted }
      : { kind: draft.auth },
});

interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly maximum?: number | bigint;
}

/** The sentence for a broken field. The schema says that it is broken; this says it to a person. */
function sentence(field: string, issue: Issue): Phrase {
  if (field.endsWith('port') || field === 'rdpPort' || field === 'vncPort')
    return { key: 'profile.error.port', params: {} };
  if (field === 'tags') {
    const many = issue.path.length === 1;
    return many
      ? { key: 'profile.error.tags.many', params: { max: LIMITS.tags } }
      : { key: 'profile.error.tags.long', params: { max: LIMITS.tag } };
  }
  if (issue.code === 'too_big')
    return { key: 'profile.error.tooLong', params: { max: Number(issue.maximum ?? 0) } };
  if (issue.code === 'custom' && field === 'rdpUser') return { key: 'rdp.user.broken', params: {} };
  if (issue.code === 'invalid_format' && field === 'rdpGateway')
    return { key: 'rdp.gateway.broken', params: {} };
  if (
    issue.code === 'invalid_format' &&
    (field.endsWith('host') || field === 'rdpHost' || field === 'vncHost')
  )
    return { key: 'profile.error.host', params: {} };
  return { key: 'profile.error.required', params: {} };
}

/** The form's field that an issue of the schema belongs to. */
function fieldOf(path: readonly PropertyKey[]): string {
  const text = path.map(String).join('.');
  if (text.startsWith('tags')) return 'tags';
  return text
    .replace(/authentication\.path$/, 'keyPath')
    .replace(/^(cloud|vnc)\.(\w)/, (_, part: string, first: string) => `${part}${first.toUpperCase()}`);
}

/**
 * Checks the whole form. `saved` says for each hop what the vault has; `otherNames` are the names of the other
 * instances, in lower case.
 */
export function validate(
  draft: ProfileDraft,
  saved: (endpoint: EndpointDraft, hop: Hop) => SavedSecret,
  otherNames: ReadonlySet<string>,
): Validation<ProfileInput> {
  const errors: Record<string, Phrase> = {};
  const warnings: Record<string, Phrase> = {};
  const candidate = {
    name: draft.name,
    group: draft.group,
    tags: splitTags(draft.tags),
    ssh: endpointOf(draft.ssh),
    jumpHosts: draft.jumpHosts.map(endpointOf),
    rdpPort: portOf(draft.rdpPort),
    ...(draft.rdpHost.trim() === '' ? {} : { rdpHost: draft.rdpHost }),
    ...(draft.rdpUser.trim() === '' ? {} : { rdpUser: draft.rdpUser }),
    ...(draft.rdpGateway.trim() === '' ? {} : { rdpGateway: draft.rdpGateway }),
    ...(draft.vncHost.trim() === ''
      ? {}
      : { vnc: { host: draft.vncHost, port: portOf(draft.vncPort), via: draft.vncVia } }),
    membership: draft.membership,
    cloud:
      draft.cloudProvider === 'none'
        ? null
        : {
            provider: draft.cloudProvider,
            region: draft.cloudRegion,
            instanceId: draft.cloudInstanceId,
            ...(draft.cloudAccountId === '' ? {} : { accountId: draft.cloudAccountId }),
          },
    watch: draft.watch,
  };
  const parsed = profileFieldsSchema.safeParse(candidate);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const field = fieldOf(issue.path);
      errors[field] ??= sentence(field, issue);
    }
  }

  if (draft.vncHost.trim() !== '' && draft.vncVia === 'jumpHost' && draft.jumpHosts.length === 0) {
    errors.vncVia = { key: 'profile.error.vncJumpHost', params: {} };
  }

  const secrets: Partial<Record<Hop, string>> = {};
  const endpoints: readonly (readonly [string, EndpointDraft, Hop])[] = [
    ['ssh', draft.ssh, 'instance'],
    ...draft.jumpHosts.map((one, index) => [`jumpHosts.${index}`, one, jumpHop(index)] as const),
  ];
  for (const [field, endpoint, hop] of endpoints) {
    if (!needsSecret(endpoint)) continue;
    if (endpoint.secret !== '') {
      secrets[hop] = endpoint.secret;
      continue;
    }
    const kept = saved(endpoint, hop);
    const phrase = { key: 'profile.error.secret', params: {} };
    if (kept === 'none' || kept === 'endpointChanged') errors[`${field}.secret`] = phrase;
    else if (kept === 'missing') warnings[`${field}.secret`] = phrase;
  }
  if (otherNames.has(draft.name.trim().toLocaleLowerCase())) {
    warnings.name = { key: 'profile.error.nameTaken', params: {} };
  }
  const failed = Object.keys(errors).length > 0 || !parsed.success;
  return { errors, warnings, value: failed ? null : { fields: parsed.data, secrets } };
}
