import type { Duplex } from 'node:stream';
import type { AppError } from '../../../../shared/errors';
import type { RdpStep, RdpStepName } from '../../../../shared/rdp';
import { ok, type Result } from '../../../../shared/result';
import type { Findings } from '../rules/findings';
import type { RdpOffer } from '../rules/x224';
import { encrypt } from './encrypt';
import { negotiate } from './negotiate';
import type { ProbeLimits, ProbeTools } from './tools';

export interface TalkOptions {
  readonly host: string;
  /** With `tlsOnly` the negotiation's answer is all that is asked for. */
  readonly offer: RdpOffer;
  readonly limits: ProbeLimits;
  readonly tools: ProbeTools;
  readonly signal: AbortSignal;
  readonly onStep: (step: RdpStepName) => void;
}

export type Reached = Pick<Findings, 'steps' | 'roundTripMs' | 'families'>;

/** How a way to the port that could not be had reads as findings. */
export const notReached = (reached: Reached, error: AppError): Findings => ({
  ...reached,
  talk: null,
  certificate: null,
  error,
});

/**
 * Everything over an open connection to the port: the negotiation, and the handshake where encryption was chosen. Ends
 * the connection. No credentials, ever. Error: app.cancelled; everything else is a finding.
 */
export async function talk(
  stream: Duplex,
  reached: Reached,
  options: TalkOptions,
): Promise<Result<Findings>> {
  const { host, offer, limits, tools, signal, onStep } = options;
  const steps: RdpStep[] = [...reached.steps];
  const timed = async <T>(
    step: RdpStepName,
    run: () => Promise<Result<T>>,
    passed: (value: T) => boolean,
  ): Promise<Result<T>> => {
    onStep(step);
    const startedAt = tools.ticks();
    const result = await run();
    steps.push({ step, passed: result.ok && passed(result.value), ms: tools.ticks() - startedAt });
    return result;
  };
  try {
    const answer = await timed(
      'negotiate',
      () => negotiate(stream, offer, limits.answerMs, tools, signal),
      ({ kind }) => kind === 'confirm',
    );
    if (!answer.ok) return answer;
    const found = { ...reached, steps, talk: answer.value, certificate: null, error: null };
    if (answer.value.kind !== 'confirm' || answer.value.security === 'standard' || offer === 'tlsOnly') {
      return ok(found);
    }
    const certificate = await timed(
      'encrypt',
      () => encrypt(stream, host, limits, tools, signal),
      () => true,
    );
    if (certificate.ok) return ok({ ...found, certificate: certificate.value });
    return certificate.error.code === 'app.cancelled'
      ? certificate
      : ok({ ...found, error: certificate.error });
  } finally {
    stream.destroy();
  }
}
