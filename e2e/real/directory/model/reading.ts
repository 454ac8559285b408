import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { readBySid, readNamed, type StoredAccount } from '../../../../electron/sources/directory/accounts';
import { type FoundPolicy, readDomainPolicy, readPso } from '../../../../electron/sources/directory/policies';
import { type ControllerSession, openSession } from '../../../../electron/sources/directory/session';
import { DEFAULT_TIMEOUTS } from '../../../../electron/sources/directory/types';
import { createPasswordLedger } from '../../../../electron/sources/ssh/password-ledger';
import { ok, type Result } from '../../../../shared/result';
import { ADMIN_PASSWORD, type Provisioned } from '../samba/provision';

/** What Lockwatch reads of a controller, by the functions that the app reads with. */
export interface LockwatchReading {
  /** In the order of the names; those with a SID by it. */
  accounts(
    names: readonly { readonly name: string; readonly sid?: string }[],
  ): Promise<readonly StoredAccount[]>;
  /** The policy that governs this account: its password settings object, else the domain's. */
  policyOf(account: StoredAccount): Promise<FoundPolicy>;
  readonly session: ControllerSession;
  close(): void;
}

type Open = (host: string, port: number) => Duplex;
const directly: Open = (host, port) => connect({ host, port });

export function valueIn<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export const never = new AbortController().signal;

export async function openReading(dc: Provisioned, open = directly): Promise<LockwatchReading> {
  const session: ControllerSession = valueIn(
    await openSession(
      { host: dc.address, port: 389 },
      {
        transport: 'plain',
        open: ({ host, port }) => Promise.resolve(ok(open(host, port))),
        verify: () => 'accept',
        authorities: () => [],
        clock: {
          now: () => Date.now(),
          after: (ms, run) => {
            const timer = setTimeout(run, ms);
            return () => clearTimeout(timer);
          },
        },
        timeouts: DEFAULT_TIMEOUTS,
        domain: dc.dnsDomain,
        bindUser: `administrator@${dc.dnsDomain}`,
        secret: {
          read: () => Promise.resolve(ok({ text: ADMIN_PASSWORD, version: 1 })),
          settled: () => undefined,
        },
        ledger: createPasswordLedger(),
        pageSize: 500,
      },
      never,
    ),
  );
  return {
    session,
    async accounts(names) {
      const found = new Map<string, StoredAccount>();
      for (const { name, sid } of names) {
        const account = sid === undefined ? undefined : valueIn(await readBySid(session, sid, never));
        if (account) found.set(name, account);
      }
      valueIn(
        await readNamed(
          session,
          dc.base,
          names.filter(({ sid }) => sid === undefined).map(({ name }) => ({ sid: null, name })),
          (account) => found.set(account.name, account),
          never,
        ),
      );
      return names.map(({ name }) => {
        const account = found.get(name);
        if (!account) throw new Error(`no account ${name}`);
        return account;
      });
    },
    async policyOf(account) {
      if (account.psoDn === null) return valueIn(await readDomainPolicy(session, dc.base, never));
      const pso = valueIn(await readPso(session, account.psoDn, never));
      if (!pso) throw new Error(`no password settings object ${account.psoDn}`);
      return pso;
    },
    close: () => session.close(),
  };
}
