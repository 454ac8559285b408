import type { Duplex } from 'node:stream';
import type { AppError } from '../../../../shared/errors';
import { err, ok, type Result } from '../../../../shared/result';
import type { Findings } from '../rules/findings';
import type { RdpOffer } from '../rules/x224';
import { notReached, talk } from './talk';
import { type ProbeTools, probeLimits } from './tools';

/** The instance's own name for itself: what it reaches there, no firewall of a cloud sees. */
export const ITSELF = '127.0.0.1';

/** A connection through the instance, as `openForward` makes it. */
export type OpenTunnel = (
  place: { readonly host: string; readonly port: number; readonly from: 'instance' },
  signal: AbortSignal,
) => Promise<
  Result<{ readonly stream: Duplex; readonly ended: AppError | undefined; close(): Promise<void> }>
>;

/** Whether it is the port behind the tunnel that refused or did not answer, and not the way to the instance. */
const saidOf = ({ code, params }: AppError, port: number): boolean =>
  (code === 'net.refused' || code === 'net.timeout') && params.host === ITSELF && params.port === port;

/**
 * One probe of the port from the instance itself, through its SSH connection. Error: app.cancelled; everything else is
 * a finding. There is no round-trip time: the instance's own network is not the way that clients come.
 */
export async function probeThroughTunnel(
  open: OpenTunnel,
  port: number,
  offer: RdpOffer,
  tools: ProbeTools,
  signal: AbortSignal,
): Promise<Result<Findings>> {
  const startedAt = tools.ticks();
  const tunnel = await open({ host: ITSELF, port, from: 'instance' }, signal);
  const had = tunnel.ok || saidOf(tunnel.error, port);
  const reached = {
    steps: [{ step: 'tunnel', passed: had, ms: tools.ticks() - startedAt }] as const,
    roundTripMs: null,
    families: [],
  };
  if (!tunnel.ok) {
    if (tunnel.error.code === 'app.cancelled') return tunnel;
    return ok(notReached(reached, tunnel.error));
  }
  const found = await talk(tunnel.value.stream, reached, {
    host: ITSELF,
    offer,
    limits: probeLimits,
    tools,
    signal,
    onStep: () => undefined,
  });
  const { ended } = tunnel.value;
  await tunnel.value.close();
  if (!found.ok) return err(found.error);
  // The SSH connection broke, not Remote Desktop.
  return found.value.talk?.kind === 'hungUp' && ended ? ok(notReached(reached, ended)) : found;
}
