import type { AuditRecord } from '../../shared/audit';
import type { ConnectionProfile, InstanceId } from '../../shared/instance';

/** An instance in the audit trail: by its place in the cloud, or by its profile where it has none. */
export function auditInstance(
  id: InstanceId,
  profile: Pick<ConnectionProfile, 'name' | 'cloud'> | undefined,
): NonNullable<AuditRecord['instance']> {
  const name = profile?.name ?? id;
  const { region, instanceId } = profile?.cloud ?? { region: '', instanceId: id };
  return { region, instanceId, name };
}
