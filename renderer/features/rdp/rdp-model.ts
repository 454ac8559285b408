import type { RdpProof, RdpRun, RdpStepName, RdpVia } from '../../../shared/rdp';
import type { MirrorState } from '../../store/mirror';

/** `good` for what is as it should be, closed on purpose included; `unknown` for what proves nothing. */
export type Tone = 'good' | 'warning' | 'bad' | 'unknown';

const suspicious = ['rdp.reason.certificateElsewhere', 'rdp.reason.answersThoughClosed'];

/** How a proof is shown: by what it proves, and worse when something about it is not as it should be. */
export function toneOf(proof: RdpProof): Tone {
  const doubt =
    proof.certificate?.previousFingerprint != null ||
    proof.reasons.some(({ key }) => suspicious.includes(key));
  switch (proof.verdict) {
    case 'rdpWithNla':
      return doubt || proof.nlaRequired === false ? 'warning' : 'good';
    case 'closedByRule':
      return 'good';
    case 'rdpWithoutNla':
      return 'warning';
    case 'notRdp':
    case 'noService':
      return 'bad';
    case 'filtered':
    case 'unreachable':
    case 'unknown':
      return 'unknown';
  }
}

const none: readonly RdpProof[] = [];
const noRuns: readonly RdpRun[] = [];

export const proofsOf =
  (id: string, via: RdpVia) =>
  (state: MirrorState): RdpProof | undefined =>
    (state.base?.rdpProofs ?? none).find((proof) => proof.instanceId === id && proof.via === via);

export const runOf =
  (id: string) =>
  (state: MirrorState): RdpRun | undefined =>
    (state.base?.rdpRuns ?? noRuns).find((run) => run.instanceId === id);

/** The steps of a probe from here or through the tunnel, so that what was not reached is shown as such. */
export const stepsOf = (proof: RdpProof): readonly RdpStepName[] => {
  const way: readonly RdpStepName[] =
    proof.via === 'tunnel'
      ? ['tunnel']
      : proof.steps.some(({ step }) => step === 'name')
        ? ['name', 'connect']
        : ['connect'];
  return [...way, 'negotiate', 'encrypt'];
};
