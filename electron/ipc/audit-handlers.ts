import { ok } from '../../shared/result';
import type { AuditTrail } from '../audit/trail';
import type { Handlers } from './dispatch';

export interface AuditServices {
  readonly trail: AuditTrail;
  readonly admin: () => string;
  /** Asks the admin for a place; null when none was chosen. */
  readonly choosePlace: (suggestion: string) => Promise<string | null>;
}

/** The audit trail's pages, and its export, which is itself put on record. */
export function createAuditHandlers({ trail, admin, choosePlace }: AuditServices): Handlers['audit'] {
  return {
    page: (query) => trail.page(query),
    async export({ format }) {
      const path = await choosePlace(`lockwatch-audit.${format}`);
      if (path === null) return ok(null);
      const exported = await trail.exportTo(path, format);
      if (!exported.ok) return exported;
      await trail.appendLater({
        action: 'auditExported',
        outcome: 'noted',
        admin: admin(),
        instance: null,
        reason: '',
        incident: '',
        before: '',
        after: format,
        requestIds: [],
        error: null,
        entryId: null,
      });
      return ok({ path, rows: exported.value.rows });
    },
  };
}
