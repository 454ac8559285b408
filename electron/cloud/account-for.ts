import type { CloudAccount } from '../../shared/cloud';
import type { CloudReference } from '../../shared/instance';

/**
 * The account that reaches an instance: the one that its reference names, else the first that knows its region, else
 * the first that is bound to no region. Undefined: there is none, or it belongs to a cloud that is not reached. Pure.
 */
export function accountFor(
  reference: CloudReference,
  accounts: readonly CloudAccount[],
): CloudAccount | undefined {
  const own = accounts.filter(({ provider }) => provider === reference.provider);
  if (reference.accountId !== undefined) return own.find(({ id }) => id === reference.accountId);
  return (
    own.find(({ regions }) => regions.includes(reference.region)) ??
    own.find(({ regions }) => regions.length === 0)
  );
}
