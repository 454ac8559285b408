import type { DomainController } from '../../e2e/real/directory/samba/domain-controller';
import { ADMIN_PASSWORD } from '../../e2e/real/directory/samba/provision';
import type { SessionOptions } from '../../electron/sources/directory/session';
import { tcpStream } from '../../electron/sources/directory/tcp-stream';
import { DEFAULT_TIMEOUTS, type OpenStream } from '../../electron/sources/directory/types';
import { createPasswordLedger } from '../../electron/sources/ssh/password-ledger';
import { systemClock } from '../../electron/watch/clock';
import { type DirectoryFields, directoryFieldsSchema } from '../../shared/directory';
import { ok } from '../../shared/result';

export const PAGE_SIZE = 1000;

/** A directory of the rig's domain as the app would have it. */
export const fieldsOf = (dc: DomainController): DirectoryFields =>
  directoryFieldsSchema.parse({
    name: 'Lab',
    domain: dc.dnsDomain,
    controllers: [{ host: dc.address, port: null }],
    transport: 'ldaps',
    plainAccepted: false,
    trust: 'pinned',
    bindUser: `administrator@${dc.dnsDomain}`,
    pageSize: PAGE_SIZE,
    tunnel: null,
    watch: 'close',
  } satisfies DirectoryFields);

/** The app's own connection to a controller, without asking anybody about its certificate. */
export function connectionOf(dc: DomainController, open?: OpenStream): SessionOptions {
  const { domain, transport, bindUser, pageSize } = fieldsOf(dc);
  return {
    transport,
    open: open ?? tcpStream(systemClock, DEFAULT_TIMEOUTS.tcpMs),
    verify: () => 'accept',
    authorities: () => [],
    clock: systemClock,
    timeouts: DEFAULT_TIMEOUTS,
    domain,
    bindUser,
    secret: { read: async () => ok({ text: ADMIN_PASSWORD, version: 1 }), settled: () => undefined },
    ledger: createPasswordLedger(),
    pageSize,
  };
}
