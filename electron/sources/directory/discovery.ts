import { resolveSrv } from 'node:dns/promises';
import type { DirectoryTransport } from '../../../shared/directory';
import { type GivenController, usualLdapPort } from '../../../shared/directory';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { ControllerAddress, DirectoryClock } from './types';

export interface ServiceRecord {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/** Looks service records up; throws as `dns.resolveSrv` does. */
export type ResolveServices = (name: string) => Promise<readonly ServiceRecord[]>;
export const systemServices: ResolveServices = (name) => resolveSrv(name);

/**
 * Where to begin: the controllers that the admin named, else those that DNS names for the domain, by priority and then
 * weight. Service records give the port of plain LDAP; with LDAPS its usual one is taken. Errors:
 * directory.controllersNotFound, net.timeout.
 */
export async function findControllers(
  {
    domain,
    controllers,
    transport,
  }: {
    readonly domain: string;
    readonly controllers: readonly GivenController[];
    readonly transport: DirectoryTransport;
  },
  resolve: ResolveServices,
  clock: DirectoryClock,
  limitMs: number,
): Promise<Result<readonly ControllerAddress[]>> {
  const usual = usualLdapPort(transport);
  if (controllers.length > 0) {
    return ok(controllers.map(({ host, port }) => ({ host, port: port ?? usual })));
  }
  const notFound = err(appError('directory.controllersNotFound', { domain }));
  let cancel: () => void = () => undefined;
  const late = new Promise<'late'>((settle) => {
    cancel = clock.after(limitMs, () => settle('late'));
  });
  const records = await Promise.race([
    resolve(`_ldap._tcp.dc._msdcs.${domain}`).catch(() => 'none' as const),
    late,
  ]);
  cancel();
  if (records === 'late')
    return err(appError('net.timeout', { host: domain, seconds: Math.ceil(limitMs / 1000) }));
  if (records === 'none' || records.length === 0) return notFound;
  return ok(
    [...records]
      .sort((a, b) => a.priority - b.priority || b.weight - a.weight || a.name.localeCompare(b.name))
      .slice(0, 50)
      .map(({ name, port }) => ({
        host: name.replace(/\.$/, ''),
        port: transport === 'ldaps' ? usual : port,
      })),
  );
}
