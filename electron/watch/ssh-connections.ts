import type { CheckReport } from '../../shared/check';
import { appError } from '../../shared/errors';
import type { Hop, HostKeyQuestion, InstanceId } from '../../shared/instance';
import { err, ok, type Result } from '../../shared/result';
import type { PasswordOutcome } from '../secrets/password-tries';
import { hopsOf } from '../secrets/secret-slot';
import type { InstanceSession } from '../sources/source';
import type { Forward, ForwardPlace } from '../sources/ssh/forward';
import type { PasswordLedger } from '../sources/ssh/password-ledger';
import type { SshSession } from '../sources/ssh/session';
import type { Clock } from './clock';
import type { KnownHostsReader } from './known-hosts-files';
import type { ConnectTarget, SecretOwner } from './protocol';

/** One instance to connect to, as often as wanted. */
export interface Connection {
  /** One attempt. */
  connect(signal: AbortSignal): Promise<Result<InstanceSession>>;
  /** A connection from the instance, or its last jump host, onwards; see `openForward`. */
  forward(place: ForwardPlace, signal: AbortSignal): Promise<Result<Forward>>;
  /** The host key that the last attempt stopped at. */
  question(): HostKeyQuestion | null;
  /** The admin has done something about this instance's logon: what was remembered of it is void. */
  forgetRefusals(): void;
}

/** How instances are reached. Injected, so that tests need no network. */
export interface Connections {
  open(owner: SecretOwner, instanceId: InstanceId | null, target: ConnectTarget): Connection;
  check(
    owner: SecretOwner,
    instanceId: InstanceId | null,
    target: ConnectTarget,
    checkId: string,
    onProgress: (report: CheckReport) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

export interface SshConnectionsOptions {
  readonly clock: Clock;
  readonly knownHosts: KnownHostsReader;
  /** Null: this hop has none. */
  readonly readSecret: (
    owner: SecretOwner,
    hop: Hop,
    place: string,
  ) => Promise<Result<{ readonly text: string; readonly version: number } | null>>;
  /** How the sending of a password that `readSecret` gave ended. */
  readonly settled: (owner: SecretOwner, hop: Hop, version: number, outcome: PasswordOutcome) => void;
  readonly log: { debug(event: string, fields?: Readonly<Record<string, string | number>>): void };
}

/** The modules behind a connection: loaded with the first one, not at start-up. */
const loadSsh = async () => ({
  ...(await import('../sources/ssh/ssh-source')),
  ...(await import('../sources/ssh/forward')),
  ...(await import('../sources/ssh/connection-check')),
  ...(await import('../sources/ssh/host-keys')),
  ...(await import('../sources/ssh/known-hosts')),
  ...(await import('../sources/ssh/password-ledger')),
});

/** A ledger that also tells the vault's keeper how each sending of a password ended. */
function tellingLedger(
  ledger: PasswordLedger,
  listener: () => (outcome: PasswordOutcome) => void,
): PasswordLedger {
  return {
    forget: (account) => ledger.forget(account),
    async begin(use) {
      const tell = listener();
      const attempt = await ledger.begin(use);
      if (!attempt.ok) {
        tell(attempt.error.code === 'ssh.passwordRefused' ? 'refused' : 'notSent');
        return attempt;
      }
      const { accepted, refused, unanswered, notTaken, notSent } = attempt.value;
      const both = (settle: () => void, outcome: PasswordOutcome) => () => {
        settle();
        tell(outcome);
      };
      return ok({
        accepted: both(accepted, 'accepted'),
        refused: both(refused, 'refused'),
        unanswered: both(unanswered, 'unanswered'),
        notTaken: both(notTaken, 'notSent'),
        notSent: both(notSent, 'notSent'),
      });
    },
  };
}

/** Connections over OpenSSH. */
export function createSshConnections(options: SshConnectionsOptions): Connections {
  const { clock, log } = options;
  let loaded: ReturnType<typeof loadShared> | undefined;
  const loadShared = async () => {
    const ssh = await loadSsh();
    // Shared by everything that connects: a refused password is sent once, a key is decrypted once.
    return { ssh, passwords: ssh.createPasswordLedger(), keys: ssh.createDefaultKeyRing() };
  };
  const shared = () => (loaded ??= loadShared());

  async function prepare(owner: SecretOwner, instanceId: InstanceId | null, target: ConnectTarget) {
    const { ssh, passwords, keys } = await shared();
    const knownHosts = await options.knownHosts.read();
    let question: HostKeyQuestion | null = null;
    // Secrets are read outermost hop first, each just before it is used: the last one read is the one sent.
    let used: { hop: Hop; version: number } | undefined;
    const places = new Map(
      hopsOf({ ssh: target.endpoint, jumpHosts: [...target.jumpHosts] }).map(({ hop, place }) => [
        hop,
        place,
      ]),
    );
    const source = {
      endpoint: target.endpoint,
      jumpHosts: target.jumpHosts,
      async secrets(hop: Hop): Promise<Result<string | null>> {
        const secret = await options.readSecret(owner, hop, places.get(hop) ?? '');
        if (!secret.ok) return secret;
        if (secret.value) used = { hop, version: secret.value.version };
        return ok(secret.value?.text ?? null);
      },
      async verifyHostKey(presented: Parameters<typeof ssh.decideHostKey>[0]['presented']) {
        const pinned = target.pins.find((pin) => pin.hop === presented.hop) ?? null;
        const verdict = ssh.decideHostKey({ instanceId, presented, pinned, knownHosts });
        question = verdict === 'accept' ? null : verdict.question;
        return verdict;
      },
      preferredKeyTypes(hop: Hop): readonly string[] {
        const pinned = target.pins.find((pin) => pin.hop === hop);
        if (pinned) return [pinned.algorithm];
        const index = ['jump0', 'jump1', 'jump2'].indexOf(hop);
        const endpoint = index < 0 ? target.endpoint : target.jumpHosts[index];
        return endpoint ? ssh.knownKeyTypes(knownHosts, endpoint.host, endpoint.port) : [];
      },
      log,
      clock,
      passwords: tellingLedger(passwords, () => {
        const sent = used;
        return (outcome) => sent && options.settled(owner, sent.hop, sent.version, outcome);
      }),
      keys,
    };
    return { ssh, source, question: () => question };
  }

  return {
    open(owner, instanceId, target) {
      let question: HostKeyQuestion | null = null;
      /** The newest connection that was made here: tunnels run over it while it is open. */
      let live: SshSession | undefined;
      return {
        async connect(signal) {
          if (signal.aborted) return err(appError('app.cancelled'));
          const prepared = await prepare(owner, instanceId, target);
          const session = await prepared.ssh.createSshSource(prepared.source).connect(signal);
          question = prepared.question();
          live = session.ok ? session.value : undefined;
          return session;
        },
        async forward(place, signal) {
          if (signal.aborted) return err(appError('app.cancelled'));
          const prepared = await prepare(owner, instanceId, target);
          return prepared.ssh.openForward(prepared.source, place, signal, live?.commands.chain);
        },
        question: () => question,
        forgetRefusals() {
          void loaded?.then(({ passwords }) => {
            for (const endpoint of [target.endpoint, ...target.jumpHosts]) passwords.forget(endpoint);
          });
        },
      };
    },
    async check(owner, instanceId, target, checkId, onProgress, signal) {
      const prepared = await prepare(owner, instanceId, target);
      await prepared.ssh.runConnectionCheck({ ...prepared.source, checkId }, onProgress, signal);
    },
  };
}
