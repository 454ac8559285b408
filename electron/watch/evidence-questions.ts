import type { RequestInput, RequestOutput } from '../../shared/contract';
import type { SourceRow } from '../../shared/evidence-view';
import type { IncidentEvidence, IncidentEvidenceQuery } from '../../shared/incident';
import { ok, type Result } from '../../shared/result';
import { addressScope } from '../lockout';
import type { EvidenceStore } from '../storage/evidence-store';

const scopeOf = (address: string | null): SourceRow['scope'] => {
  if (address === null) return 'unknown';
  const scope = addressScope(address);
  return scope === 'loopback' ? 'local' : scope;
};

type Answer<M extends 'timeline' | 'sources' | 'evidence' | 'brokenRecords'> = Result<
  RequestOutput<'instance', M>
>;

/** What the window asks about the evidence of an instance. */
export class EvidenceQuestions {
  constructor(private readonly store: EvidenceStore) {}

  timeline({ id, fromMs, toMs, buckets, account }: RequestInput<'instance', 'timeline'>): Answer<'timeline'> {
    return this.store.queries.timeline(id, { fromMs, toMs }, buckets, account);
  }

  sources({ id, sinceMs, account }: RequestInput<'instance', 'sources'>): Answer<'sources'> {
    const sources = this.store.queries.sources(id, sinceMs, account);
    if (!sources.ok) return sources;
    return ok(sources.value.map((source) => ({ ...source, scope: scopeOf(source.address) })));
  }

  incident(query: IncidentEvidenceQuery): Result<IncidentEvidence> {
    const found = this.store.queries.incident(query);
    if (!found.ok) return found;
    const { failures, addresses, sources, fromMs, toMs, bucketMs, counted, notCounted, marks } = found.value;
    return ok({
      failures,
      addresses,
      sources: sources.map((source) => ({ ...source, scope: scopeOf(source.address) })),
      timeline: { fromMs, toMs, bucketMs, counted, notCounted, marks },
    });
  }

  evidence(query: RequestInput<'instance', 'evidence'>): Answer<'evidence'> {
    return this.store.queries.page(query);
  }

  brokenRecords({ id }: RequestInput<'instance', 'brokenRecords'>): Answer<'brokenRecords'> {
    return this.store.queries.broken(id);
  }
}
