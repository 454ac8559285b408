import type { InstanceView } from '../../shared/account-status';
import type { AccountInspection, UnlockAnswer, UnlockTarget } from '../../shared/account-unlock';
import type { CheckReport } from '../../shared/check';
import type { RequestInput, RequestOutput } from '../../shared/contract';
import { appError } from '../../shared/errors';
import type { IncidentEvidence, IncidentEvidenceQuery } from '../../shared/incident';
import type { ConnectionProfile, HostKey, InstanceId, ProfileFields, Vnc } from '../../shared/instance';
import type { ReplayReport } from '../../shared/replay';
import { err, ok, type Result } from '../../shared/result';
import type { Settings } from '../../shared/settings';
import type { Notice, Snapshot } from '../../shared/snapshot';
import type { TradeOff } from '../../shared/trade-off';
import type { HostKeyStore } from '../profiles/host-key-store';
import type { ProfileStore } from '../profiles/profile-store';
import type { SettingsStore } from '../profiles/settings-store';
import type { Vault } from '../secrets/vault';
import { AcceptedKeys } from './accepted-keys';
import type { Clock } from './clock';
import { type DirectoryLink, noDirectories } from './directory-link';
import { EvidenceClient, type EvidenceProcess } from './evidence-client';
import { FleetBoard } from './fleet-board';
import type { ConnectTarget, HostEvents, HostRequests, HostSettings, WatchTarget } from './protocol';
import type { HandedPort } from './rpc';
import { SecretDesk, type VaultAccess } from './secret-desk';
import type { TradeOffQuestion } from './trade-off';

/** What the window mirrors of the fleet beside the views. */
export type FleetState = Pick<Snapshot, 'evidenceProcess' | 'hostKeyQuestions' | 'missingSecrets'> & {
  readonly notices: readonly Notice[];
};

export interface FleetServiceOptions {
  /** Starts the evidence process. */
  readonly spawn: () => EvidenceProcess;
  readonly databasePath: string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly profiles: Pick<ProfileStore, 'list' | 'get' | 'onChange'>;
  readonly settings: Pick<SettingsStore, 'get' | 'onChange'>;
  readonly hostKeys: Pick<HostKeyStore, 'pinsOf' | 'pin' | 'forget' | 'onChange'>;
  readonly vault: VaultAccess & Pick<Vault, 'onChange'>;
  /** All views in the order of the profiles; unchanged ones are the same objects. At most about ten times a second. */
  readonly onViews: (views: readonly InstanceView[]) => void;
  readonly onState: (state: FleetState) => void;
  readonly onCheck: (report: CheckReport) => void;
  readonly onSavedLog: (progress: HostEvents['replay.progress']) => void;
  /** The directories are watched by the same process. */
  readonly directories?: DirectoryLink;
}

type Query<M extends 'timeline' | 'sources' | 'evidence' | 'brokenRecords'> = (
  input: RequestInput<'instance', M>,
) => Promise<Result<RequestOutput<'instance', M>>>;

const hostSettings = (settings: Settings): HostSettings => ({
  pollSeconds: settings.pollSeconds,
  busyPollSeconds: settings.busyPollSeconds,
  quietPollSeconds: settings.quietPollSeconds,
  quietAfterMinutes: settings.quietAfterMinutes,
  staleAfterSeconds: settings.staleAfterSeconds,
  retention: settings.retention,
  readKnownHosts: settings.readKnownHosts,
});

/** The fleet as main knows it: what every instance's evidence means now, and the way to the evidence process. */
export class FleetService {
  readonly #options: FleetServiceOptions;
  readonly #client: EvidenceClient;
  readonly #board: FleetBoard;
  readonly #desk: SecretDesk;
  readonly #accepted: AcceptedKeys;
  readonly #notices = new Map<string, Notice>();
  readonly #checks = new Map<string, { readonly id: InstanceId | null; report: CheckReport | null }>();
  readonly #rejected = new Set<string>();
  #unsubscribe: (() => void)[] = [];

  readonly timeline: Query<'timeline'> = (input) => this.#client.request('query.timeline', input);
  readonly sources: Query<'sources'> = (input) => this.#client.request('query.sources', input);
  readonly evidence: Query<'evidence'> = (input) => this.#client.request('query.evidence', input);
  readonly incidentEvidence = (asked: IncidentEvidenceQuery): Promise<Result<IncidentEvidence>> =>
    this.#client.request('query.incident', asked);
  readonly tradeOff = (asked: TradeOffQuestion): Promise<Result<Omit<TradeOff, 'assumptions'>>> =>
    this.#client.request('query.tradeOff', asked);
  readonly cancelTradeOff = (): Promise<Result<null>> => this.#client.request('query.cancelTradeOff', null);
  readonly brokenRecords: Query<'brokenRecords'> = (input) =>
    this.#client.request('query.brokenRecords', input);

  constructor(options: FleetServiceOptions) {
    this.#options = options;
    const { clock, settings, onViews } = options;
    this.#accepted = new AcceptedKeys(options.hostKeys);
    this.#desk = new SecretDesk(options.vault, (id) => options.profiles.get(id));
    const directories = options.directories ?? noDirectories;
    const { enrich } = directories;
    this.#board = new FleetBoard({ clock, settings: () => settings.get(), onViews, enrich });
    this.#client = new EvidenceClient({
      spawn: options.spawn,
      clock,
      databasePath: options.databasePath,
      settings: () => hostSettings(settings.get()),
      handlers: { 'secret.read': (input) => this.#desk.read(input), ...directories.handlers },
      listeners: {
        ...directories.listeners,
        'instance.changed': (message) => this.#instanceChanged(message),
        'secret.settled': (settled) => void this.#desk.settled(settled),
        'check.progress': (report) => this.#checkProgress(report),
        'replay.progress': options.onSavedLog,
        'notice.raised': (notice) => this.#raise(notice),
        'notice.cleared': ({ id }) => this.dismissNotice(id),
      },
      onState: (state) => {
        if (state !== 'running') {
          this.#board.watchersGone();
          directories.gone();
          void this.#desk.processGone();
        }
        this.#tell();
      },
      onReady: () => {
        this.#sendTargets();
        directories.ready((name, input) => this.#client.request(name, input));
      },
      onNotice: (notice) => this.#raise(notice),
    });
  }

  /** After the stores have been started. */
  start(): void {
    const { profiles, settings, hostKeys, vault } = this.#options;
    this.#unsubscribe = [
      profiles.onChange(() => this.#profilesChanged()),
      hostKeys.onChange(() => this.#sendTargets()),
      vault.onChange(() => this.#tell()),
      settings.onChange((changed) => {
        this.#board.settingsChanged();
        void this.#client.request('host.settings', hostSettings(changed));
      }),
    ];
    this.#profilesChanged();
    this.#client.start();
  }

  async dispose(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    await this.#client.dispose();
    this.#board.dispose();
  }

  views(): readonly InstanceView[] {
    return this.#board.views;
  }

  state(): FleetState {
    const { profiles } = this.#options;
    return {
      evidenceProcess: this.#client.state,
      hostKeyQuestions: this.#board
        .questions()
        .filter(({ instanceId, key }) => !this.#rejected.has(`${instanceId}/${key.fingerprint}`)),
      missingSecrets: this.#desk.missing(profiles.list()),
      notices: [...this.#notices.values()],
    };
  }

  /** What domains say of their accounts has changed. */
  domainsChanged(): void {
    this.#board.enrichmentChanged();
  }

  secretStates(profile: ConnectionProfile): ReturnType<SecretDesk['states']> {
    return this.#desk.states(profile);
  }

  refresh(id: InstanceId): Promise<Result<null>> {
    return this.#client.request('instance.refresh', { id });
  }

  /** Tries again what waits for the admin. Call it after a secret has been entered, too. */
  reconnect(id: InstanceId): Promise<Result<null>> {
    for (const key of this.#rejected) if (key.startsWith(`${id}/`)) this.#rejected.delete(key);
    return this.#client.request('instance.reconnect', { id });
  }

  /** How an account stands where it is judged. `account.notConnected` when nobody can be asked. */
  inspectAccount(id: InstanceId, target: UnlockTarget): Promise<Result<AccountInspection>> {
    return this.#askAccount('account.inspect', { id, target });
  }

  /** One attempt. Every error but `account.notConnected` and `windows.accessDenied` may leave it done. */
  unlockAccount(id: InstanceId, target: UnlockTarget): Promise<Result<UnlockAnswer>> {
    return this.#askAccount('account.unlock', { id, target });
  }

  /** The connected domain controllers. */
  controllers(): Promise<Result<{ readonly id: InstanceId; readonly domain: string | null }[]>> {
    return this.#askAccount('account.controllers', null);
  }

  /** Looks at an instance's Remote Desktop port from the instance itself; ends with the signal. */
  async probeRdp(
    id: InstanceId,
    port: number,
    offer: HostRequests['rdp.probe']['input']['offer'],
    signal: AbortSignal,
  ): Promise<Result<HostRequests['rdp.probe']['output']>> {
    const probeId = this.#options.newId();
    const cancel = (): void => void this.#client.request('rdp.cancel', { probeId });
    signal.addEventListener('abort', cancel, { once: true });
    const found = await this.#client.request('rdp.probe', { probeId, id, port, offer });
    signal.removeEventListener('abort', cancel);
    return found;
  }

  /** Removes the evidence of instances for good; asked again by the profile store until it succeeds. */
  forget(ids: readonly InstanceId[]): Promise<Result<null>> {
    return this.#client.request('instance.forget', { ids });
  }

  async startCheck(input: RequestInput<'check', 'start'>): Promise<Result<{ readonly checkId: string }>> {
    const checkId = this.#options.newId();
    const saved = input.kind === 'saved' ? this.#options.profiles.get(input.id) : undefined;
    if (input.kind === 'saved' && !saved) return err(appError('app.notFound'));
    const fields: ProfileFields | undefined = input.kind === 'draft' ? input.fields : saved;
    if (!fields) return err(appError('app.notFound'));
    if (input.kind === 'saved') this.#desk.openSaved(checkId, input.id);
    else {
      const from = input.id ?? input.copySecretsFrom;
      this.#desk.openDraft(checkId, { fields, typed: input.secrets, from });
    }
    this.#checks.set(checkId, { id: input.kind === 'saved' ? input.id : null, report: null });
    const target = this.#checkTarget(fields, input.id);
    const started = await this.#client.request('check.start', { checkId, instanceId: input.id, target });
    if (started.ok) return ok({ checkId });
    this.#endCheck(checkId);
    return started;
  }

  cancelCheck(checkId: string): Promise<Result<null>> {
    return this.#client.request('check.cancel', { checkId });
  }

  /** The admin's word on a host key that a watcher or a check stopped at; the fingerprint is the one that was shown. */
  async decideHostKey(input: RequestInput<'hostKeys', 'decide'>): Promise<Result<null>> {
    const { id, checkId, hop, fingerprint, decision } = input;
    const check = checkId === null ? undefined : this.#checks.get(checkId);
    const question =
      check?.report?.hostKeyQuestion ??
      this.#board.questions().find((open) => open.instanceId === id && open.key.hop === hop);
    if (!question || question.key.hop !== hop || question.key.fingerprint !== fingerprint) {
      return err(appError('app.notFound'));
    }
    if (decision === 'reject') {
      this.#rejected.add(`${id}/${fingerprint}`);
      this.#tell();
      return ok(null);
    }
    // What a draft will connect to is not yet what is saved: its keys wait until it is.
    const pinnedTo = check ? check.id : id;
    if (pinnedTo === null) {
      this.#accepted.keep(question.key);
      return ok(null);
    }
    const pinned = await this.#options.hostKeys.pin(pinnedTo, question.key);
    return pinned.ok ? ok(null) : pinned;
  }

  async forgetHostKey({ id, hop }: RequestInput<'hostKeys', 'forget'>): Promise<Result<null>> {
    return this.#options.hostKeys.forget([id], hop);
  }

  /** The computer is about to sleep. */
  suspend(): void {
    void this.#client.request('host.suspend', null);
  }

  /** It woke up: nothing that was read before is believed until it has been read again. */
  resume(): void {
    this.#board.allStale();
    void this.#client.request('host.resume', null);
  }

  /** Reads recorded logs; files that could not be read say so in their report. */
  openSavedLogs(files: readonly string[]): Promise<Result<ReplayReport[]>> {
    const { ownAddresses } = this.#options.settings.get();
    return this.#client.request('replay.start', { files, ownAddresses });
  }

  cancelSavedLogs(): Promise<Result<null>> {
    return this.#client.request('replay.cancel', null);
  }

  /** Connects to an instance's VNC server; bytes, and what becomes of the connection, go over the port. */
  connectConsole(id: InstanceId, vnc: Vnc, port: HandedPort): Promise<Result<null>> {
    return this.#client.request('console.connect', { id, vnc }, [port]);
  }

  dismissNotice(id: string): void {
    if (this.#notices.delete(id)) this.#tell();
  }

  #askAccount<N extends 'account.inspect' | 'account.unlock' | 'account.controllers'>(
    name: N,
    input: HostRequests[N]['input'],
  ): Promise<Result<HostRequests[N]['output']>> {
    // Nothing was sent then; what fails later may have been done.
    if (this.#client.state !== 'running') return Promise.resolve(err(appError('account.notConnected')));
    return this.#client.request(name, input);
  }

  #raise(notice: Notice): void {
    this.#notices.set(notice.id, notice);
    this.#tell();
  }

  #tell(): void {
    this.#options.onState(this.state());
  }

  #profilesChanged(): void {
    const profiles = this.#options.profiles.list();
    this.#board.setInstances(profiles.map((profile) => profile.id));
    void this.#accepted.adopt(profiles);
    this.#sendTargets();
    this.#tell();
  }

  #sendTargets(): void {
    const targets = this.#options.profiles.list().map(
      (profile): WatchTarget => ({
        id: profile.id,
        endpoint: profile.ssh,
        jumpHosts: profile.jumpHosts,
        pins: this.#pinsOf(profile.id),
        level: profile.watch,
        membership: profile.membership,
      }),
    );
    void this.#client.request('targets.set', targets);
  }

  #pinsOf(id: InstanceId): readonly HostKey[] {
    return this.#options.hostKeys.pinsOf(id).map((pin) => pin.key);
  }

  #checkTarget(fields: ProfileFields, id: InstanceId | null): ConnectTarget {
    const pins = id === null ? [] : this.#pinsOf(id);
    return { endpoint: fields.ssh, jumpHosts: fields.jumpHosts, pins: this.#accepted.pinsFor(fields, pins) };
  }

  #instanceChanged(message: HostEvents['instance.changed']): void {
    const before = this.#board.questions().length;
    this.#board.accept(message);
    if (message.report.question || before > 0) this.#tell();
  }

  #checkProgress(report: CheckReport): void {
    const check = this.#checks.get(report.checkId);
    if (!check) return;
    check.report = report;
    this.#options.onCheck(report);
    // A question outlives its check; everything else ends with it.
    if (report.finishedAtMs === null) return;
    this.#desk.close(report.checkId);
    if (!report.hostKeyQuestion) this.#endCheck(report.checkId);
  }

  #endCheck(checkId: string): void {
    this.#desk.close(checkId);
    this.#checks.delete(checkId);
  }
}
