import { performance } from 'node:perf_hooks';
import { createMemoryFiles } from '../../../electron/profiles/testing/memory-files';
import { sampleProfile } from '../../../electron/profiles/testing/sample-profile';
import { createUnlockFacts } from '../../../electron/unlock/facts';
import { createCertificateStore } from '../../../electron/unlock/rdp/certificate-store';
import { probeHere } from '../../../electron/unlock/rdp/probe/reach';
import { type ProbeTools, probeLimits } from '../../../electron/unlock/rdp/probe/tools';
import { createRdpService, type Look } from '../../../electron/unlock/rdp/rdp-service';
import type { IsolationView } from '../../../shared/isolation';
import type { RdpProof, RdpVia } from '../../../shared/rdp';
import { until } from './servers';

export const tools: ProbeTools = {
  ticks: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

const here: Look = ({ ssh, rdpPort }, _via, offer, onStep, signal) =>
  probeHere(ssh.host, rdpPort, { offer, limits: probeLimits, tools, signal, onStep });

export interface Looker {
  probe(via?: RdpVia): Promise<RdpProof>;
  /** Settles when it is known whether NLA is insisted on. */
  insists(): Promise<boolean>;
  accept(fingerprint: string): Promise<void>;
}

/** The service as the app has it, for one instance. */
export async function lookerAt(
  port: number,
  options: { host?: string; look?: Look; isolation?: IsolationView } = {},
): Promise<Looker> {
  const certificates = createCertificateStore({ path: '/c.json', files: createMemoryFiles(), now: Date.now });
  await certificates.start();
  const ssh = {
    host: options.host ?? '127.0.0.1',
    port: 22,
    user: 'x',
    authentication: { kind: 'agent' },
  } as const;
  const profile = sampleProfile(1, { rdpPort: port, ssh });
  let proofs: readonly RdpProof[] = [];
  const service = createRdpService({
    profile: () => profile,
    look: options.look ?? here,
    isolation: () => options.isolation,
    ownAddresses: () => ({ ipv4: null, ipv6: null }),
    certificates,
    facts: createUnlockFacts(),
    admin: () => 'anna',
    now: Date.now,
    ticks: tools.ticks,
    onChange: (state) => {
      proofs = state.proofs;
    },
  });
  return {
    async probe(via = 'here') {
      const proof = await service.probe(profile.id, via);
      if (!proof.ok) throw new Error(proof.error.code);
      return proof.value;
    },
    async insists() {
      await until('the second question is answered', () => proofs[0]?.nlaRequired !== null);
      return proofs[0]?.nlaRequired ?? false;
    },
    async accept(fingerprint) {
      const accepted = await service.acceptCertificate(profile.id, fingerprint);
      if (!accepted.ok) throw new Error(accepted.error.code);
    },
  };
}
