import type { Log } from './log/log';

export interface Service {
  readonly name: string;
  readonly start?: () => Promise<void>;
  readonly dispose?: () => Promise<void> | void;
}

/** Starts services one after the other. */
export async function startAll(services: readonly Service[]): Promise<void> {
  for (const { start } of services) await start?.();
}

/** Ends services in the reverse of their order. One that fails, or takes too long, does not keep the others. */
export async function disposeAll(
  services: readonly Service[],
  log: Log,
  timeUp: () => Promise<unknown>,
): Promise<void> {
  for (const { name, dispose } of [...services].reverse()) {
    try {
      await Promise.race([dispose?.(), timeUp()]);
    } catch (cause) {
      log.error('service.disposeFailed', { service: name }, cause);
    }
  }
}
