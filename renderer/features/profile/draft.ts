import type {
  CloudReference,
  ConnectionProfile,
  Hop,
  ProfileFields,
  SshEndpoint,
  Vnc,
  WatchLevel,
} from '../../../shared/instance';

export type AuthKind = SshEndpoint['authentication']['kind'];

/** One SSH endpoint as it stands in the form: text, not yet values. */
export interface EndpointDraft {
  /** Stays with the endpoint when others are removed. */
  readonly id: number;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly auth: AuthKind;
  readonly keyPath: string;
  readonly keyEncrypted: boolean;
  /** The secret as typed; empty keeps what the vault has. */
  readonly secret: string;
  /** Where the vault keeps this endpoint's secret; null for one that is new. */
  readonly savedAs: Hop | null;
}

export interface ProfileDraft {
  readonly name: string;
  readonly group: string;
  readonly tags: string;
  readonly ssh: EndpointDraft;
  readonly jumpHosts: readonly EndpointDraft[];
  readonly rdpPort: string;
  /** These three may be empty. */
  readonly rdpHost: string;
  readonly rdpUser: string;
  readonly rdpGateway: string;
  /** Empty: no VNC server is known. */
  readonly vncHost: string;
  readonly vncPort: string;
  readonly vncVia: Vnc['via'];
  readonly membership: ProfileFields['membership'];
  readonly cloudProvider: CloudReference['provider'] | 'none';
  readonly cloudRegion: string;
  readonly cloudInstanceId: string;
  /** Empty: the first account that knows the region. */
  readonly cloudAccountId: string;
  readonly watch: WatchLevel;
}

export const MAX_JUMP_HOSTS = 3;
export const jumpHop = (index: number): Hop => (['jump0', 'jump1', 'jump2'] as const)[index] ?? 'jump2';

/** The jump hosts that are passed on the way to a hop. */
export const endpointsBefore = ({ jumpHosts }: ProfileDraft, hop: Hop): readonly EndpointDraft[] => {
  const index = ['jump0', 'jump1', 'jump2'].indexOf(hop);
  return index === -1 ? jumpHosts : jumpHosts.slice(0, index);
};

export const emptyEndpoint = (id: number, user = ''): EndpointDraft => ({
  id,
  host: '',
  port: '22',
  user,
  auth: 'agent',
  keyPath: '',
  keyEncrypted: false,
  secret: '',
  savedAs: null,
});

export const emptyDraft: ProfileDraft = {
  name: '',
  group: '',
  tags: '',
  ssh: { ...emptyEndpoint(0, 'Administrator'), auth: 'password' },
  jumpHosts: [],
  rdpPort: '3389',
  rdpHost: '',
  rdpUser: '',
  rdpGateway: '',
  vncHost: '',
  vncPort: '5900',
  vncVia: 'direct',
  membership: 'standalone',
  cloudProvider: 'none',
  cloudRegion: '',
  cloudInstanceId: '',
  cloudAccountId: '',
  watch: 'normal',
};

function endpointDraft(endpoint: SshEndpoint, id: number, savedAs: Hop): EndpointDraft {
  const { authentication } = endpoint;
  return {
    id,
    host: endpoint.host,
    port: String(endpoint.port),
    user: endpoint.user,
    auth: authentication.kind,
    keyPath: authentication.kind === 'key' ? authentication.path : '',
    keyEncrypted: authentication.kind === 'key' && authentication.encrypted,
    secret: '',
    savedAs,
  };
}

/** The form's text for a saved profile. Secrets are not in it: they never come back to the window. */
export function draftOf(profile: ProfileFields, name = profile.name): ProfileDraft {
  return {
    name,
    group: profile.group,
    tags: profile.tags.join(', '),
    ssh: endpointDraft(profile.ssh, 0, 'instance'),
    jumpHosts: profile.jumpHosts.map((endpoint, index) => endpointDraft(endpoint, index + 1, jumpHop(index))),
    rdpPort: String(profile.rdpPort),
    rdpHost: profile.rdpHost ?? '',
    rdpUser: profile.rdpUser ?? '',
    rdpGateway: profile.rdpGateway ?? '',
    vncHost: profile.vnc?.host ?? '',
    vncPort: String(profile.vnc?.port ?? 5900),
    vncVia: profile.vnc?.via ?? 'direct',
    membership: profile.membership,
    cloudProvider: profile.cloud?.provider ?? 'none',
    cloudRegion: profile.cloud?.region ?? '',
    cloudInstanceId: profile.cloud?.instanceId ?? '',
    cloudAccountId: profile.cloud?.accountId ?? '',
    watch: profile.watch,
  };
}

export const needsSecret = (endpoint: EndpointDraft): boolean =>
  endpoint.auth === 'password' || (endpoint.auth === 'key' && endpoint.keyEncrypted);

export type SavedSecret = 'none' | 'missing' | 'saved' | 'session' | 'copied' | 'endpointChanged';

/**
 * What becomes of the secret in the vault if the admin types none. It is kept only for the very endpoint that it
 * was entered for: a secret is never sent to another host, port or user than the admin meant it for, nor past other
 * jump hosts, behind which the same address is another machine. Main enforces it; this says it beforehand.
 */
export function savedSecret(
  endpoint: EndpointDraft,
  hop: Hop,
  profile: Pick<ConnectionProfile, 'ssh' | 'jumpHosts'> | undefined,
  states: Readonly<Partial<Record<Hop, 'saved' | 'session' | 'missing' | 'notNeeded'>>>,
  copied: boolean,
  /** The endpoints of the form that are passed before this one. */
  before: readonly EndpointDraft[],
): SavedSecret {
  if (endpoint.savedAs === null || profile === undefined) return 'none';
  const state = states[endpoint.savedAs];
  if (state === undefined || state === 'notNeeded') return 'none';
  const index = ['jump0', 'jump1', 'jump2'].indexOf(endpoint.savedAs);
  const original = index === -1 ? profile.ssh : profile.jumpHosts[index];
  const way = index === -1 ? profile.jumpHosts : profile.jumpHosts.slice(0, index);
  const same =
    original !== undefined &&
    endpoint.savedAs === hop &&
    sameEndpoint(endpoint, original) &&
    sameHosts(before, way);
  if (!same) {
    return state === 'missing' ? 'none' : 'endpointChanged';
  }
  return state !== 'missing' && copied ? 'copied' : state;
}

const sameHost = (draft: EndpointDraft, saved: SshEndpoint): boolean =>
  draft.host.trim().toLowerCase() === saved.host.toLowerCase() && Number(draft.port) === saved.port;

const sameHosts = (drafts: readonly EndpointDraft[], saved: readonly SshEndpoint[]): boolean =>
  drafts.length === saved.length &&
  drafts.every((draft, index) => {
    const other = saved[index];
    return other !== undefined && sameHost(draft, other);
  });

function sameEndpoint(draft: EndpointDraft, saved: SshEndpoint): boolean {
  const { authentication } = saved;
  return (
    sameHost(draft, saved) &&
    draft.user.trim() === saved.user &&
    draft.auth === authentication.kind &&
    (authentication.kind !== 'key' || draft.keyPath.trim() === authentication.path)
  );
}

/** Whether the admin would lose something by leaving. */
export const isChanged = (draft: ProfileDraft, initial: ProfileDraft): boolean =>
  JSON.stringify(draft) !== JSON.stringify(initial);
