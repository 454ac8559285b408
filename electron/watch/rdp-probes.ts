import { performance } from 'node:perf_hooks';
import { appError } from '../../shared/errors';
import type { InstanceId } from '../../shared/instance';
import { err, type Result } from '../../shared/result';
import type { OpenTunnel } from '../unlock/rdp/probe/through-tunnel';
import type { Findings } from '../unlock/rdp/rules/findings';
import type { RdpOffer } from '../unlock/rdp/rules/x224';
import type { Clock } from './clock';

/** A probe of Remote Desktop from the instance itself, as main asks for it. */
export interface RdpProbeRequest {
  readonly probeId: string;
  readonly id: InstanceId;
  readonly port: number;
  readonly offer: RdpOffer;
}

/** The probes that run through tunnels, each ended by its id. */
export class RdpProbes {
  readonly #running = new Map<string, AbortController>();

  constructor(private readonly clock: Clock) {}

  async probe({ probeId, port, offer }: RdpProbeRequest, open: OpenTunnel): Promise<Result<Findings>> {
    if (this.#running.has(probeId)) return err(appError('app.busy'));
    const controller = new AbortController();
    this.#running.set(probeId, controller);
    try {
      const { probeThroughTunnel } = await import('../unlock/rdp/probe/through-tunnel');
      const tools = {
        ticks: () => performance.now(),
        after: (ms: number, run: () => void) => this.clock.after(ms, run),
      };
      return await probeThroughTunnel(open, port, offer, tools, controller.signal);
    } finally {
      this.#running.delete(probeId);
    }
  }

  cancel(probeId: string): void {
    this.#running.get(probeId)?.abort();
  }

  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort();
  }
}
