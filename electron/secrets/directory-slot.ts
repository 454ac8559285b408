import type { DirectoryFields, DirectoryId } from '../../shared/directory';
import type { SecretSlot } from './secret-slot';

/**
 * What a directory's password is for: this user of this domain, sent this way to these controllers. Anything else is
 * another place, and needs the password anew.
 */
export const directoryPlace = ({
  domain,
  bindUser,
  transport,
  controllers,
  tunnel,
}: Pick<DirectoryFields, 'domain' | 'bindUser' | 'transport' | 'controllers' | 'tunnel'>): string =>
  JSON.stringify([
    'ldap',
    domain.toLowerCase(),
    bindUser,
    transport === 'plain' ? 'plain' : 'encrypted',
    controllers.map(({ host, port }) => `${host.toLowerCase()}:${port ?? ''}`).sort(),
    tunnel,
  ]);

/** Where a directory's password is kept: like an instance's own, under the directory's id. */
export const directorySlot = (id: DirectoryId, fields: Parameters<typeof directoryPlace>[0]): SecretSlot => ({
  instanceId: id,
  hop: 'instance',
  place: directoryPlace(fields),
});
