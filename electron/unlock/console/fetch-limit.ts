import type { InstanceId } from '../../../shared/instance';

const MINUTE_MS = 60_000;
/** Addresses of one instance in a minute. The provider permits thirty reconnects in one. */
const A_MINUTE = 6;

/** Keeps console addresses far below the provider's limit of reconnects, for each instance by itself. */
export function createFetchLimit(now: () => number): { take(id: InstanceId): number } {
  const taken = new Map<InstanceId, number[]>();
  return {
    /** Takes one now and gives 0; or, when there is none left, the milliseconds until there is. */
    take(id) {
      const at = now();
      const recent = (taken.get(id) ?? []).filter((one) => at - one < MINUTE_MS);
      const [oldest] = recent;
      if (recent.length >= A_MINUTE && oldest !== undefined) return oldest + MINUTE_MS - at;
      taken.set(id, [...recent, at]);
      return 0;
    },
  };
}
