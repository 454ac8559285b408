import type { Duplex } from 'node:stream';
import {
  AbandonRequest,
  BerReader,
  BindRequest,
  BindResponse,
  type Change,
  type Control,
  ExtendedResponse,
  type Filter,
  ModifyRequest,
  ModifyResponse,
  PagedResultsControl,
  ProtocolOperation,
  SearchEntry,
  SearchReference,
  SearchRequest,
  SearchResponse,
  UnbindRequest,
} from 'ldapts';
import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { createFramer } from './framing';
import type { DirectoryClock } from './types';

export type Scope = 'base' | 'one' | 'sub';

export interface SearchQuestion {
  readonly base: string;
  readonly scope: Scope;
  readonly filter: Filter;
  readonly attributes: readonly string[];
  readonly controls?: readonly Control[];
  /** 0: as many as there are. */
  readonly sizeLimit?: number;
}

/** How a controller ended an operation: an LDAP result code and its own words, which may be shown to no one. */
export interface Answer {
  readonly code: number;
  readonly text: string;
  /** Of the paging control; null: there was none, or nothing is left. */
  readonly cookie: Buffer | null;
}

interface Outgoing {
  write(): Buffer;
}
type Incoming =
  | BindResponse
  | ModifyResponse
  | ExtendedResponse
  | SearchResponse
  | SearchEntry
  | SearchReference;

interface Pending {
  readonly onEntry: (entry: SearchEntry) => void;
  readonly settle: (result: Result<Answer>) => void;
  touch(): void;
}

const READERS: Readonly<Record<number, (messageId: number) => Incoming>> = {
  [ProtocolOperation.LDAP_RES_BIND]: (messageId) => new BindResponse({ messageId }),
  [ProtocolOperation.LDAP_RES_MODIFY]: (messageId) => new ModifyResponse({ messageId }),
  [ProtocolOperation.LDAP_RES_EXTENSION]: (messageId) => new ExtendedResponse({ messageId }),
  [ProtocolOperation.LDAP_RES_SEARCH]: (messageId) => new SearchResponse({ messageId }),
  [ProtocolOperation.LDAP_RES_SEARCH_ENTRY]: (messageId) => new SearchEntry({ messageId }),
  [ProtocolOperation.LDAP_RES_SEARCH_REF]: (messageId) => new SearchReference({ messageId }),
};

export interface ConnectionOptions {
  readonly stream: Duplex;
  readonly host: string;
  readonly clock: DirectoryClock;
  /** Silence in the middle of an answer, in milliseconds. */
  readonly idleMs: number;
}

/**
 * One LDAP connection: several operations at a time, each with a limit to its silence. It never connects again by
 * itself and never follows a referral. What is not LDAP, and a connection that breaks, ends everything with a failure.
 */
export class LdapConnection {
  readonly #options: ConnectionOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #lost = new Set<(error: AppError) => void>();
  #nextId = 1;
  #ended: AppError | undefined;
  #bytes = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { stream, host } = options;
    const framer = createFramer();
    stream.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length;
      const messages = framer.push(chunk);
      if (messages) for (const message of messages) this.#take(message);
      else this.#end(appError('directory.notLdap', { host }));
    });
    stream.on('error', () => this.#end(appError('net.closed', { host })));
    stream.on('close', () => this.#end(appError('net.closed', { host })));
    stream.on('end', () => this.#end(appError('net.closed', { host })));
  }

  /** Why the connection is no more; undefined while it is. */
  get ended(): AppError | undefined {
    return this.#ended;
  }

  /** Bytes received since it was opened. */
  get bytes(): number {
    return this.#bytes;
  }

  onLost(listener: (error: AppError) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  /** A simple bind. The answer's code says whether it was taken. `unsent` tells that nothing had left before it failed. */
  bind(name: string, password: string, signal: AbortSignal): Promise<Result<Answer>> {
    return this.#ask((messageId) => new BindRequest({ messageId, dn: name, password }), signal);
  }

  /** Entries as they come. Errors: net.*, directory.notLdap, app.cancelled; an LDAP result is an answer. */
  search(
    question: SearchQuestion,
    onEntry: (entry: SearchEntry) => void,
    signal: AbortSignal,
  ): Promise<Result<Answer>> {
    return this.#ask(
      (messageId) =>
        new SearchRequest({
          messageId,
          baseDN: question.base,
          scope: question.scope,
          filter: question.filter,
          attributes: [...question.attributes],
          sizeLimit: question.sizeLimit ?? 0,
          ...(question.controls ? { controls: [...question.controls] } : {}),
        }),
      signal,
      onEntry,
    );
  }

  modify(dn: string, changes: readonly Change[], signal: AbortSignal): Promise<Result<Answer>> {
    return this.#ask((messageId) => new ModifyRequest({ messageId, dn, changes: [...changes] }), signal);
  }

  /** Says good-bye where that is possible, and ends. */
  close(): void {
    if (this.#ended) return;
    this.#send(new UnbindRequest({ messageId: this.#takeId() }));
    this.#end(appError('app.cancelled'));
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId = id >= 0x7fff_fffe ? 1 : id + 1;
    return id;
  }

  #ask(
    make: (messageId: number) => Outgoing,
    signal: AbortSignal,
    onEntry: (entry: SearchEntry) => void = () => undefined,
  ): Promise<Result<Answer>> {
    if (this.#ended) return Promise.resolve(err(this.#ended));
    if (signal.aborted) return Promise.resolve(err(appError('app.cancelled')));
    const id = this.#takeId();
    const { clock, idleMs, host } = this.#options;
    return new Promise((resolve) => {
      const giveUp = (error: AppError): void => {
        this.#send(new AbandonRequest({ messageId: this.#takeId(), abandonId: id }));
        settle(err(error));
      };
      const onAbort = (): void => giveUp(appError('app.cancelled'));
      let heardAt = clock.now();
      const arm = (ms: number): (() => void) =>
        clock.after(ms, () => {
          const left = heardAt + idleMs - clock.now();
          if (left > 0) cancel = arm(left);
          else giveUp(appError('net.timeout', { host, seconds: Math.ceil(idleMs / 1000) }));
        });
      let cancel = arm(idleMs);
      const settle = (result: Result<Answer>): void => {
        cancel();
        signal.removeEventListener('abort', onAbort);
        this.#pending.delete(id);
        resolve(result);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(id, {
        onEntry,
        settle,
        touch: () => {
          heardAt = clock.now();
        },
      });
      this.#send(make(id));
    });
  }

  #send(message: Outgoing): void {
    const { stream } = this.#options;
    if (!stream.destroyed && !stream.writableEnded) stream.write(message.write());
  }

  #take(bytes: Buffer): void {
    if (this.#ended) return;
    const read = readMessage(bytes);
    if (!read) {
      this.#end(appError('directory.notLdap', { host: this.#options.host }));
      return;
    }
    const pending = this.#pending.get(read.messageId);
    // Id 0 announces that the server hangs up; answers to what was given up are late.
    if (!pending) return;
    pending.touch();
    // A pointer to another server is not followed.
    if (read instanceof SearchReference) return;
    if (read instanceof SearchEntry) {
      pending.onEntry(read);
      return;
    }
    const paging = read.controls?.find((control) => control instanceof PagedResultsControl);
    const cookie = paging?.value?.cookie ?? null;
    pending.settle(
      ok({ code: read.status, text: read.errorMessage, cookie: cookie && cookie.length > 0 ? cookie : null }),
    );
  }

  #end(error: AppError): void {
    if (this.#ended) return;
    this.#ended = error;
    const { stream } = this.#options;
    stream.on('error', () => undefined);
    stream.end();
    stream.destroy();
    for (const pending of [...this.#pending.values()]) pending.settle(err(error));
    for (const listener of this.#lost) listener(error);
    this.#lost.clear();
  }
}

/** One message, or undefined when it is malformed or none that a server sends. */
function readMessage(bytes: Buffer): Incoming | undefined {
  try {
    const reader = new BerReader(bytes);
    if (reader.readSequence() === null) return undefined;
    const messageId = reader.readInt();
    const operation = reader.readSequence();
    if (messageId === null || operation === null) return undefined;
    const message = READERS[operation]?.(messageId);
    message?.parse(reader, []);
    return message;
  } catch {
    // Whatever the bytes were, they may hold anything: nothing of it is passed on.
    return undefined;
  }
}
