import { X509Certificate } from 'node:crypto';
import { type Certificate, type DirectoryFields, usualLdapPort } from '../../shared/directory';
import type { InstanceId } from '../../shared/instance';
import type { LabDirectory } from '../../shared/lab';
import { ok, type Result } from '../../shared/result';
import type { DirectoryStore } from '../directory/profile-store';
import type { DirectoryService } from '../directory/service';

const TRANSPORT = 'ldaps';

/** The controller's certificate as it shows it under its own name. */
function certificateOf({
  name,
  certificatePem,
  fingerprint,
}: LabDirectory['controllers'][number]): Certificate {
  const read = new X509Certificate(certificatePem);
  const line = (text: string): string => text.replaceAll('\n', ', ');
  return {
    host: name,
    port: usualLdapPort(TRANSPORT),
    fingerprint,
    subject: line(read.subject),
    issuer: line(read.issuer),
    names: (read.subjectAltName ?? '').split(', ').filter((one) => one !== ''),
    validFromMs: Date.parse(read.validFrom),
    validToMs: Date.parse(read.validTo),
  };
}

interface Directories {
  readonly service: Pick<DirectoryService, 'save' | 'delete'>;
  readonly store: Pick<DirectoryStore, 'list' | 'accept'>;
}

/**
 * Watches the practice domain, as an admin would have it done: reached through a practice instance, its controllers'
 * certificates accepted before anything is sent. An earlier run's is replaced.
 */
export const createPracticeDirectory =
  ({ service, store }: Directories) =>
  async (lab: LabDirectory, through: InstanceId): Promise<Result<null>> => {
    const earlier = store.list().filter(({ domain }) => domain === lab.domain);
    if (earlier.length > 0) {
      const gone = await service.delete({ ids: earlier.map(({ id }) => id) });
      if (!gone.ok) return gone;
    }
    const fields: DirectoryFields = {
      name: lab.domain,
      domain: lab.domain,
      controllers: lab.controllers.map(({ name }) => ({ host: name, port: null })),
      transport: TRANSPORT,
      plainAccepted: false,
      trust: 'pinned',
      bindUser: lab.bindUser,
      pageSize: 1000,
      tunnel: through,
      watch: 'off',
    };
    const saved = await service.save({ id: null, fields, password: lab.password });
    if (!saved.ok) return saved;
    const { id } = saved.value;
    for (const controller of lab.controllers) {
      const accepted = await store.accept(id, certificateOf(controller));
      if (!accepted.ok) return accepted;
    }
    const watched = await service.save({ id, fields: { ...fields, watch: 'close' }, password: null });
    return watched.ok ? ok(null) : watched;
  };
