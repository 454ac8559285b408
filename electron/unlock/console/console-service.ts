import type { AuditRecord } from '../../../shared/audit';
import { type ConsoleKind, type ConsolePageInfo, isExposed } from '../../../shared/console';
import type { ConsoleChoice, OpenConsole } from '../../../shared/console-contract';
import { type AppError, appError } from '../../../shared/errors';
import type { ConnectionProfile, InstanceId } from '../../../shared/instance';
import { err, ok, type Result } from '../../../shared/result';
import type { AuditTrail } from '../../audit/trail';
import type { CloudProvider, ConsoleAddress, InstanceRef } from '../../cloud/provider';
import type { Clock } from '../../watch/clock';
import type { HandedPort } from '../../watch/rpc';
import { auditInstance } from '../audit-instance';
import type { UnlockFact, UnlockFacts } from '../facts';
import { createFetchLimit } from './fetch-limit';

/** The windows that the service opens; made elsewhere, so that nothing here knows what a window is. */
export interface ConsoleWindows {
  openProvider(
    title: string,
    onClosed: () => void,
  ): {
    load(address: ConsoleAddress): Promise<'shown' | 'expired' | 'failed' | 'refused'>;
    focus(): void;
    close(): void;
  };
  openVnc(
    title: string,
    info: ConsolePageInfo,
    events: {
      connect(port: HandedPort): Promise<Result<null>>;
      shown(): void;
      ctrlAltDelSent(): void;
      closed(): void;
    },
  ): { focus(): void; close(): void };
}

export interface ConsoleServiceOptions {
  readonly profile: (id: InstanceId) => ConnectionProfile | undefined;
  /** The provider that reaches an instance; null when no account does. */
  readonly providerOf: (profile: ConnectionProfile) => CloudProvider | null;
  readonly windows: ConsoleWindows;
  readonly connectVnc: (
    id: InstanceId,
    vnc: ConsolePageInfo['vnc'],
    port: HandedPort,
  ) => Promise<Result<null>>;
  readonly facts: Pick<UnlockFacts, 'note'>;
  readonly audit: Pick<AuditTrail, 'append' | 'appendLater'>;
  readonly clock: Clock;
  readonly admin: () => string;
  readonly title: (name: string) => string;
  readonly practice: boolean;
  readonly language: () => string;
  readonly quit: AbortSignal;
  readonly onChange: (open: readonly OpenConsole[]) => void;
}

export interface ConsoleService {
  describe(id: InstanceId): Result<ConsoleChoice>;
  /**
   * Opens the console's window, or brings it to the front with a new address. Errors: console.*, cloud.*,
   * app.notFound, app.busy (the click before is still at work).
   */
  open(id: InstanceId, kind: ConsoleKind): Promise<Result<null>>;
  /** Errors: console.none, cloud.*, those of the audit trail. */
  setPassword(id: InstanceId, password: string): Promise<Result<null>>;
  /** Instances were removed: their consoles are closed. */
  profilesChanged(): void;
  dispose(): void;
}

interface Open {
  state: OpenConsole;
  readonly focus: () => void;
  readonly close: () => void;
  readonly load?: (address: ConsoleAddress) => Promise<'shown' | 'expired' | 'failed' | 'refused'>;
}

/** Consoles of instances: the provider's own page and VNC, each in a window of its own. */
export function createConsoleService(options: ConsoleServiceOptions): ConsoleService {
  const { clock, facts, audit, windows, quit } = options;
  const open = new Map<string, Open>();
  const busy = new Set<InstanceId>();
  const limit = createFetchLimit(() => clock.now());
  const keyOf = (id: InstanceId, kind: ConsoleKind): string => `${kind}/${id}`;
  const tell = (): void => options.onChange([...open.values()].map(({ state }) => state));

  const note = (id: InstanceId, fact: NotedFact, text: string): void =>
    facts.note({
      instanceId: id,
      atMs: clock.now(),
      who: options.admin(),
      accountKey: null,
      text: { key: text, params: {} },
      ...fact,
    });

  const record = (
    profile: ConnectionProfile,
    action: 'consoleOpened' | 'vncPasswordSet',
    outcome: AuditRecord['outcome'],
    after: string,
    error: AppError | null,
  ): AuditRecord => ({
    action,
    outcome,
    admin: options.admin(),
    instance: auditInstance(profile.id, profile),
    reason: '',
    incident: '',
    before: '',
    after,
    requestIds: [],
    error: error?.code ?? null,
    entryId: null,
  });

  const audited = (profile: ConnectionProfile, where: string, error: AppError | null): void =>
    void audit.appendLater(record(profile, 'consoleOpened', error ? 'failed' : 'succeeded', where, error));

  function reachOf(profile: ConnectionProfile) {
    const { cloud } = profile;
    const provider = cloud ? options.providerOf(profile) : null;
    if (!cloud || !provider?.consoleUrl) return null;
    const ref: InstanceRef = { region: cloud.region, instanceId: cloud.instanceId };
    return { provider, ref };
  }

  /** Fetches an address and shows it; one that ran out while the page loaded is fetched again, once. */
  async function show(
    profile: ConnectionProfile,
    { provider, ref }: NonNullable<ReturnType<typeof reachOf>>,
    again: boolean,
  ): Promise<Result<null>> {
    const wait = limit.take(profile.id);
    if (wait > 0) return err(appError('console.tooOften', { seconds: Math.ceil(wait / 1000) }));
    const address = await provider.consoleUrl?.(ref, quit);
    if (!address) return err(appError('console.none', { name: profile.name }));
    if (!address.ok) return address;
    const key = keyOf(profile.id, 'cloud');
    let known = open.get(key);
    if (!known?.load) {
      const window = windows.openProvider(options.title(profile.name), () => {
        open.delete(key);
        tell();
      });
      known = {
        state: { id: profile.id, kind: 'cloud', openedAtMs: clock.now(), addressValidUntilMs: null },
        ...window,
        load: (next) => window.load(next),
      };
      open.set(key, known);
    }
    known.state = { ...known.state, addressValidUntilMs: address.value.validUntilMs };
    tell();
    const shown = (await known.load?.(address.value)) ?? 'failed';
    if (shown === 'shown') {
      known.focus();
      return ok(null);
    }
    if (shown === 'expired' && again) return show(profile, { provider, ref }, false);
    known.close();
    const { host } = new URL(address.value.page);
    if (shown === 'expired') return err(appError('console.expired', { host }));
    return err(appError(shown === 'failed' ? 'console.pageNotLoaded' : 'console.pageRefused', { host }));
  }

  async function openCloud(profile: ConnectionProfile): Promise<Result<null>> {
    const reach = reachOf(profile);
    if (!reach) return err(appError('console.none', { name: profile.name }));
    if (busy.has(profile.id)) return err(appError('app.busy'));
    busy.add(profile.id);
    const shown = await show(profile, reach, true).finally(() => busy.delete(profile.id));
    audited(profile, 'cloud', shown.ok ? null : shown.error);
    if (shown.ok) note(profile.id, { kind: 'consoleOpened', console: 'cloud' }, 'console.fact.cloud');
    return shown;
  }

  function openVnc(profile: ConnectionProfile): Result<null> {
    const { id, name, vnc } = profile;
    if (!vnc) return err(appError('console.none', { name }));
    const key = keyOf(id, 'vnc');
    const known = open.get(key);
    if (known) {
      known.focus();
      return ok(null);
    }
    const where = `VNC ${vnc.host}:${vnc.port} (${vnc.via})`;
    const info: ConsolePageInfo = {
      name,
      vnc,
      exposed: isExposed(vnc),
      practice: options.practice,
      language: options.language(),
    };
    const window = windows.openVnc(options.title(name), info, {
      async connect(port) {
        const connected = await options.connectVnc(id, vnc, port);
        if (!connected.ok) audited(profile, where, connected.error);
        return connected;
      },
      shown() {
        audited(profile, where, null);
        note(id, { kind: 'consoleOpened', console: 'vnc' }, 'console.fact.vnc');
      },
      ctrlAltDelSent: () => note(id, { kind: 'ctrlAltDelSent' }, 'console.fact.ctrlAltDel'),
      closed() {
        open.delete(key);
        tell();
      },
    });
    open.set(key, {
      state: { id, kind: 'vnc', openedAtMs: clock.now(), addressValidUntilMs: null },
      ...window,
    });
    tell();
    return ok(null);
  }

  return {
    describe(id) {
      const profile = options.profile(id);
      if (!profile) return err(appError('app.notFound'));
      const { cloud, vnc } = profile;
      return ok({
        cloud: cloud && {
          state: reachOf(profile) ? 'ready' : cloud.provider === 'aliyun' ? 'noAccount' : 'notOffered',
          provider: cloud.provider,
          region: cloud.region,
          instanceId: cloud.instanceId,
        },
        vnc: vnc ? { ...vnc, exposed: isExposed(vnc) } : null,
      });
    },
    async open(id, kind) {
      const profile = options.profile(id);
      if (!profile) return err(appError('app.notFound'));
      return kind === 'cloud' ? openCloud(profile) : openVnc(profile);
    },
    async setPassword(id, password) {
      const profile = options.profile(id);
      if (!profile) return err(appError('app.notFound'));
      const reach = reachOf(profile);
      if (!reach?.provider.setConsolePassword) return err(appError('console.none', { name: profile.name }));
      const begun = await audit.append(record(profile, 'vncPasswordSet', 'begun', '', null));
      if (!begun.ok) return begun;
      const set = await reach.provider.setConsolePassword(reach.ref, password, quit);
      const outcome = set.ok ? 'succeeded' : 'failed';
      await audit.appendLater(record(profile, 'vncPasswordSet', outcome, '', set.ok ? null : set.error));
      return set;
    },
    profilesChanged() {
      for (const { state, close } of [...open.values()]) if (!options.profile(state.id)) close();
    },
    dispose() {
      for (const { close } of [...open.values()]) close();
    },
  };
}

type NotedFact =
  | Pick<Extract<UnlockFact, { kind: 'consoleOpened' }>, 'kind' | 'console'>
  | Pick<Extract<UnlockFact, { kind: 'ctrlAltDelSent' }>, 'kind'>;
