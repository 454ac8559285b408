import { Attribute, Change, type Filter, PagedResultsControl, PresenceFilter } from 'ldapts';
import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { PasswordLedger } from '../ssh/password-ledger';
import { type EntryReader, readEntry } from './entry';
import { LdapConnection, type Scope } from './ldap-connection';
import { bindRefusal, CODE, resultError } from './results';
import { openTransport, type TransportFailure } from './transport';
import type { ControllerAddress, TransportOptions } from './types';

/** Where the password comes from, and who is told how its sending ended. */
export interface BindSecret {
  /** Errors: vault.*, directory.passwordRefused and directory.bindUnanswered for what must not be sent again. */
  read(): Promise<Result<{ readonly text: string; readonly version: number }>>;
  settled(version: number, outcome: 'accepted' | 'refused' | 'unanswered' | 'notSent'): void;
}

export interface SessionOptions extends TransportOptions {
  readonly domain: string;
  readonly bindUser: string;
  readonly secret: BindSecret;
  /** One for the process: a password that a controller refused is sent to none again. */
  readonly ledger: PasswordLedger;
  readonly pageSize: number;
}

export interface Search {
  readonly base: string;
  readonly scope: Scope;
  readonly filter: Filter;
  readonly attributes: readonly string[];
  /** What it is about, for a sentence. */
  readonly object: string;
  /** Enough are so many: the rest is not asked for. */
  readonly most?: number;
}

export interface SearchCost {
  readonly entries: number;
  readonly bytes: number;
  readonly pages: number;
  /** There are more than the `most` that were asked for. */
  readonly more: boolean;
}

export type SessionFailure = Omit<TransportFailure, 'step'> & {
  readonly step: TransportFailure['step'] | 'bind';
};

/** A signed-in connection to one controller. */
export interface ControllerSession {
  readonly address: ControllerAddress;
  readonly timing: { readonly tcpMs: number; readonly tlsMs: number | null; readonly bindMs: number };
  readonly ended: AppError | undefined;
  onLost(listener: (error: AppError) => void): () => void;
  /** Every entry, or a failure: never a part that passes for the whole. A base that is not there is no entry. */
  search(
    search: Search,
    onEntry: (entry: EntryReader) => void,
    signal: AbortSignal,
  ): Promise<Result<SearchCost>>;
  /** One object; undefined when it is not there. */
  readObject(
    dn: string,
    attributes: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<EntryReader | undefined>>;
  /** Replaces one attribute's value. Errors beside those of reading: directory.insufficientRights. */
  replace(dn: string, attribute: string, value: string, signal: AbortSignal): Promise<Result<null>>;
  bytes(): number;
  close(): void;
}

export const everything: Filter = new PresenceFilter({ attribute: 'objectClass' });

/** Opens a connection and signs in, once. Errors: those of the transport, vault.*, directory.bind* and passwordRefused. */
export async function openSession(
  address: ControllerAddress,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<Result<ControllerSession, SessionFailure>> {
  const opened = await openTransport(address, options, signal);
  if (!opened.ok) return opened;
  const { stream, tcpMs, tlsMs } = opened.value;
  const { clock, timeouts } = options;
  const connection = new LdapConnection({
    stream,
    host: address.host,
    clock,
    idleMs: timeouts.idleMs,
  });
  const begun = clock.now();
  const bound = await signIn(connection, address, options, signal);
  if (!bound.ok) {
    connection.close();
    return err({ error: bound.error, verdict: null, step: 'bind' });
  }
  return ok(sessionOver(connection, address, options, { tcpMs, tlsMs, bindMs: clock.now() - begun }));
}

async function signIn(
  connection: LdapConnection,
  { host }: ControllerAddress,
  { secret, ledger, domain, bindUser }: SessionOptions,
  signal: AbortSignal,
): Promise<Result<null>> {
  const password = await secret.read();
  if (!password.ok) return err(inDirectoryWords(password.error, host, bindUser));
  const { text, version } = password.value;
  const attempt = await ledger.begin({ host: domain, port: 0, user: bindUser, via: '', password: text });
  if (!attempt.ok) {
    secret.settled(version, 'notSent');
    return err(inDirectoryWords(attempt.error, host, bindUser));
  }
  if (signal.aborted || connection.ended) {
    attempt.value.notSent();
    secret.settled(version, 'notSent');
    return err(connection.ended ?? appError('app.cancelled'));
  }
  const answer = await connection.bind(bindUser, text, signal);
  if (!answer.ok) {
    attempt.value.unanswered();
    secret.settled(version, 'unanswered');
    return answer;
  }
  if (answer.value.code === CODE.success) {
    attempt.value.accepted();
    secret.settled(version, 'accepted');
    return ok(null);
  }
  const refusal = bindRefusal(answer.value.code, answer.value.text, host, bindUser);
  if (refusal.passwordWrong) attempt.value.refused();
  else attempt.value.notSent();
  secret.settled(version, refusal.passwordWrong ? 'refused' : 'notSent');
  return err(refusal.error);
}

/** Vault and ledger speak of SSH. */
function inDirectoryWords(error: AppError, host: string, user: string): AppError {
  if (error.code === 'ssh.passwordRefused') return appError('directory.passwordRefused', { host, user });
  if (error.code === 'ssh.passwordUnanswered') return appError('directory.bindUnanswered', { host, user });
  return error;
}

function sessionOver(
  connection: LdapConnection,
  address: ControllerAddress,
  { clock, timeouts, pageSize }: SessionOptions,
  timing: ControllerSession['timing'],
): ControllerSession {
  const { host } = address;

  /** Runs with a limit to the whole, beside the one to every silence. */
  async function within<T>(
    signal: AbortSignal,
    run: (limited: AbortSignal) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const limit = new AbortController();
    const onAbort = (): void => limit.abort();
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) limit.abort();
    const cancel = clock.after(timeouts.readMs, () => limit.abort());
    const result = await run(limit.signal);
    cancel();
    signal.removeEventListener('abort', onAbort);
    if (!result.ok && result.error.code === 'app.cancelled' && !signal.aborted) {
      return err(appError('net.timeout', { host, seconds: Math.ceil(timeouts.readMs / 1000) }));
    }
    return result;
  }

  async function pages(
    search: Search,
    onEntry: (entry: EntryReader) => void,
    signal: AbortSignal,
  ): Promise<Result<SearchCost>> {
    const before = connection.bytes;
    let entries = 0;
    let count = 0;
    let broken = false;
    let cookie: Buffer | undefined;
    do {
      const size = Math.min(pageSize, search.most ?? pageSize);
      const paging = new PagedResultsControl({ value: { size, ...(cookie ? { cookie } : {}) } });
      const answer = await connection.search(
        { ...search, controls: search.scope === 'base' ? [] : [paging] },
        (entry) => {
          entries += 1;
          try {
            onEntry(readEntry(entry));
          } catch {
            broken = true;
          }
        },
        signal,
      );
      if (!answer.ok) return answer;
      const { code } = answer.value;
      if (code === CODE.noSuchObject && search.scope === 'base') break;
      if (code !== CODE.success) return err(resultError(code, host, search.object));
      if (broken) return err(appError('directory.unreadableAnswer', { host, detail: search.object }));
      count += 1;
      cookie = answer.value.cookie ?? undefined;
      if (cookie && entries >= (search.most ?? Number.POSITIVE_INFINITY)) {
        // The server keeps the rest ready until it is told that nobody wants it.
        const enough = new PagedResultsControl({ value: { size: 0, cookie } });
        await connection.search({ ...search, controls: [enough] }, () => undefined, signal);
        return ok({ entries, bytes: connection.bytes - before, pages: count, more: true });
      }
    } while (cookie);
    return ok({ entries, bytes: connection.bytes - before, pages: count, more: false });
  }

  return {
    address,
    timing,
    get ended() {
      return connection.ended;
    },
    onLost: (listener) => connection.onLost(listener),
    search: (search, onEntry, signal) => within(signal, (limited) => pages(search, onEntry, limited)),
    async readObject(dn, attributes, signal) {
      let found: EntryReader | undefined;
      const read = await within(signal, (limited) =>
        pages(
          { base: dn, scope: 'base', filter: everything, attributes, object: dn },
          (entry) => {
            found = entry;
          },
          limited,
        ),
      );
      return read.ok ? ok(found) : read;
    },
    async replace(dn, attribute, value, signal) {
      const change = new Change({
        operation: 'replace',
        modification: new Attribute({ type: attribute, values: [value] }),
      });
      const answer = await within(signal, (limited) => connection.modify(dn, [change], limited));
      if (!answer.ok) return answer;
      return answer.value.code === CODE.success ? ok(null) : err(resultError(answer.value.code, host, dn));
    },
    bytes: () => connection.bytes,
    close: () => connection.close(),
  };
}
