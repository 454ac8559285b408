import type { Phrase } from '../../../shared/account-status';
import { appError } from '../../../shared/errors';
import type { ConnectionProfile, InstanceId } from '../../../shared/instance';
import type { IsolationView } from '../../../shared/isolation';
import type { RdpProof, RdpRun, RdpStepName, RdpVia } from '../../../shared/rdp';
import { err, ok, type Result } from '../../../shared/result';
import type { UnlockFacts } from '../facts';
import type { CertificateStore } from './certificate-store';
import { compareCertificate } from './compare-certificate';
import type { Findings } from './rules/findings';
import { keptOut, type OwnAddresses } from './rules/kept-out';
import { insistsOnNla, judge } from './rules/verdict';
import type { RdpOffer } from './rules/x224';

/** One look, from here or through the instance's SSH connection. Error: app.cancelled. */
export type Look = (
  profile: ConnectionProfile,
  via: RdpVia,
  offer: RdpOffer,
  onStep: (step: RdpStepName) => void,
  signal: AbortSignal,
) => Promise<Result<Findings>>;

export interface RdpServiceOptions {
  readonly profile: (id: InstanceId) => ConnectionProfile | undefined;
  readonly look: Look;
  readonly isolation: (id: InstanceId) => IsolationView | undefined;
  readonly ownAddresses: () => OwnAddresses;
  readonly certificates: CertificateStore;
  readonly facts: Pick<UnlockFacts, 'note'>;
  readonly admin: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A clock that never jumps, in milliseconds. */
  readonly ticks: () => number;
  readonly onChange: (state: { readonly proofs: RdpProof[]; readonly runs: RdpRun[] }) => void;
}

export interface RdpService {
  /** Errors: app.notFound, app.busy (this instance is being looked at), app.cancelled. */
  probe(id: InstanceId, via: RdpVia): Promise<Result<RdpProof>>;
  cancel(id: InstanceId): Result<null>;
  /** Error: app.notFound, when no last proof showed this certificate. */
  acceptCertificate(id: InstanceId, fingerprint: string): Promise<Result<null>>;
  /** Takes out what was found out about instances that are no more. */
  keepOnly(ids: ReadonlySet<InstanceId>): void;
  dispose(): void;
}

/** States in which RDP is meant to be closed. */
const CLOSED_ON_PURPOSE: readonly IsolationView['state'][] = ['isolated', 'unverified', 'foreign'];

const hostOf = (profile: ConnectionProfile): string => profile.rdpHost ?? profile.ssh.host;

/**
 * Looks at instances' Remote Desktop ports, one look at a time each. Keeps the last proof of each way, compares the
 * certificate with the one remembered, and tells the facts of the unlock.
 */
export function createRdpService(options: RdpServiceOptions): RdpService {
  const { certificates, now, ticks } = options;
  let proofs: readonly RdpProof[] = [];
  const runs = new Map<InstanceId, { run: RdpRun; readonly controller: AbortController }>();
  /** The second question to a server that chose NLA, by instance; a new probe takes its place. */
  const second = new Map<InstanceId, AbortController>();

  const tell = (): void =>
    options.onChange({ proofs: [...proofs], runs: [...runs.values()].map(({ run }) => run) });

  function keep(proof: RdpProof): void {
    const others = proofs.filter(
      ({ instanceId, via }) => instanceId !== proof.instanceId || via !== proof.via,
    );
    proofs = [proof, ...others];
  }

  async function prove(profile: ConnectionProfile, via: RdpVia, findings: Findings): Promise<RdpProof> {
    const { id, rdpPort: port } = profile;
    const view = via === 'here' ? options.isolation(id) : undefined;
    const exposure = view && view.readError === null ? view.exposure : null;
    const { verdict, reasons, security } = judge({
      findings,
      via,
      port,
      rules: keptOut(exposure, options.ownAddresses(), findings.families),
      isolated: view !== undefined && CLOSED_ON_PURPOSE.includes(view.state),
    });
    const compared = findings.certificate
      ? await compareCertificate(certificates, id, via, findings.certificate, now())
      : null;
    return {
      instanceId: id,
      atMs: now(),
      via,
      host: via === 'here' ? hostOf(profile) : '127.0.0.1',
      port,
      verdict,
      reasons: [...reasons, ...(compared?.reasons ?? [])],
      security,
      nlaRequired: null,
      certificate: compared?.certificate ?? null,
      steps: [...findings.steps],
      roundTripMs: findings.roundTripMs,
      durationMs: findings.steps.reduce((sum, { ms }) => sum + ms, 0),
      error: findings.error,
    };
  }

  /** Whether NLA is only offered or insisted on: the verdict does not wait for it. */
  async function askWithoutNla(profile: ConnectionProfile, proof: RdpProof): Promise<void> {
    const controller = new AbortController();
    second.get(profile.id)?.abort();
    second.set(profile.id, controller);
    const answer = await options.look(profile, proof.via, 'tlsOnly', () => undefined, controller.signal);
    if (second.get(profile.id) !== controller) return;
    second.delete(profile.id);
    const insists = answer.ok ? insistsOnNla(answer.value.talk) : null;
    if (insists === null || !proofs.includes(proof)) return;
    const reason: Phrase = { key: `rdp.reason.${insists ? 'nlaInsisted' : 'nlaOffered'}`, params: {} };
    proofs = proofs.map((one) =>
      one === proof ? { ...proof, nlaRequired: insists, reasons: [...proof.reasons, reason] } : one,
    );
    tell();
  }

  async function run(profile: ConnectionProfile, via: RdpVia): Promise<Result<RdpProof>> {
    const { id } = profile;
    const controller = new AbortController();
    const startedAt = ticks();
    const begun: RdpRun = {
      instanceId: id,
      via,
      startedAtMs: now(),
      step: via === 'tunnel' ? 'tunnel' : 'connect',
    };
    const entry = { run: begun, controller };
    runs.set(id, entry);
    second.get(id)?.abort();
    second.delete(id);
    tell();
    try {
      const onStep = (step: RdpStepName): void => {
        entry.run = { ...entry.run, step };
        tell();
      };
      const found = await options.look(profile, via, 'usual', onStep, controller.signal);
      if (!found.ok) return found;
      const durationMs = ticks() - startedAt;
      const proof = { ...(await prove(profile, via, found.value)), durationMs };
      // Deleted meanwhile: there is nobody to keep it for.
      if (!options.profile(id)) return err(appError('app.notFound'));
      keep(proof);
      options.facts.note({
        kind: 'rdpProbed',
        instanceId: id,
        atMs: proof.atMs,
        who: options.admin(),
        accountKey: null,
        text: { key: `rdp.fact.${proof.verdict}`, params: { via, port: proof.port } },
        proof,
      });
      if (proof.verdict === 'rdpWithNla') void askWithoutNla(profile, proof);
      return ok(proof);
    } finally {
      runs.delete(id);
      tell();
    }
  }

  return {
    probe(id, via) {
      const profile = options.profile(id);
      if (!profile) return Promise.resolve(err(appError('app.notFound')));
      if (runs.has(id)) return Promise.resolve(err(appError('app.busy')));
      return run(profile, via);
    },
    cancel(id) {
      runs.get(id)?.controller.abort();
      return ok(null);
    },
    async acceptCertificate(id, fingerprint) {
      const shown = proofs.filter(
        ({ instanceId, certificate }) => instanceId === id && certificate?.fingerprint === fingerprint,
      );
      if (shown.length === 0) return err(appError('app.notFound'));
      for (const { via } of shown) {
        const known = { instanceId: id, via, fingerprint, sinceMs: now(), acceptedBy: options.admin() };
        const kept = await certificates.remember(known);
        if (!kept.ok) return kept;
      }
      proofs = proofs.map((proof) =>
        shown.includes(proof) && proof.certificate
          ? {
              ...proof,
              reasons: proof.reasons.filter(({ key }) => key !== 'rdp.reason.certificateChanged'),
              certificate: { ...proof.certificate, previousFingerprint: null },
            }
          : proof,
      );
      tell();
      return ok(null);
    },
    keepOnly(ids) {
      for (const [id, { controller }] of runs) if (!ids.has(id)) controller.abort();
      const left = proofs.filter(({ instanceId }) => ids.has(instanceId));
      if (left.length === proofs.length) return;
      proofs = left;
      tell();
    },
    dispose() {
      for (const { controller } of runs.values()) controller.abort();
      for (const controller of second.values()) controller.abort();
    },
  };
}
