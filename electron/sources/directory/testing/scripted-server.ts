import { duplexPair } from 'node:stream';
import { BerReader, BerWriter, PagedResultsControl, ProtocolOperation } from 'ldapts';
import { ok } from '../../../../shared/result';
import type { PasswordLedger } from '../../ssh/password-ledger';
import { createPasswordLedger } from '../../ssh/password-ledger';
import type { SessionOptions } from '../session';
import { DEFAULT_TIMEOUTS, type DirectoryClock } from '../types';

/** A request as the scripted server sees it. */
export interface SeenRequest {
  readonly id: number;
  readonly operation: 'bind' | 'search' | 'modify' | 'extended' | 'abandon' | 'unbind' | 'other';
  /** Of a search. */
  readonly base: string;
  readonly text: string;
  /** Of the paging control; undefined without one. */
  readonly cookie: string | undefined;
}

type Values = Readonly<Record<string, string | Buffer | readonly (string | Buffer)[]>>;

/** How the server answers; each is one message. */
export interface Answers {
  entry(id: number, dn: string, values: Values): Buffer;
  reference(id: number, url: string): Buffer;
  done(id: number, code: number, options?: { readonly text?: string; readonly cookie?: string }): Buffer;
  bound(id: number, code: number, text?: string): Buffer;
  modified(id: number, code: number): Buffer;
  extended(id: number, code: number): Buffer;
}

const OPERATIONS: Readonly<Record<number, SeenRequest['operation']>> = {
  [ProtocolOperation.LDAP_REQ_BIND]: 'bind',
  [ProtocolOperation.LDAP_REQ_SEARCH]: 'search',
  [ProtocolOperation.LDAP_REQ_MODIFY]: 'modify',
  [ProtocolOperation.LDAP_REQ_EXTENSION]: 'extended',
  [ProtocolOperation.LDAP_REQ_ABANDON]: 'abandon',
  [ProtocolOperation.LDAP_REQ_UNBIND]: 'unbind',
};

function message(id: number, operation: number, write: (writer: BerWriter) => void, cookie?: string): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(operation);
  write(writer);
  writer.endSequence();
  if (cookie !== undefined) {
    writer.startSequence(ProtocolOperation.LDAP_CONTROLS);
    new PagedResultsControl({ value: { size: 0, cookie: Buffer.from(cookie) } }).write(writer);
    writer.endSequence();
  }
  writer.endSequence();
  return writer.buffer;
}

const result = (code: number, text: string) => (writer: BerWriter) => {
  writer.writeEnumeration(code);
  writer.writeString('');
  writer.writeString(text);
};

export const answers: Answers = {
  entry: (id, dn, values) =>
    message(id, ProtocolOperation.LDAP_RES_SEARCH_ENTRY, (writer) => {
      writer.writeString(dn);
      writer.startSequence();
      for (const [name, value] of Object.entries(values)) {
        writer.startSequence();
        writer.writeString(name);
        writer.startSequence(ProtocolOperation.LBER_SET);
        for (const one of Array.isArray(value) ? value : [value]) {
          if (Buffer.isBuffer(one)) writer.writeBuffer(one, 0x04);
          else writer.writeString(one);
        }
        writer.endSequence();
        writer.endSequence();
      }
      writer.endSequence();
    }),
  reference: (id, url) =>
    message(id, ProtocolOperation.LDAP_RES_SEARCH_REF, (writer) => writer.writeString(url)),
  done: (id, code, { text = '', cookie } = {}) =>
    message(id, ProtocolOperation.LDAP_RES_SEARCH, result(code, text), cookie),
  bound: (id, code, text = '') => message(id, ProtocolOperation.LDAP_RES_BIND, result(code, text)),
  modified: (id, code) => message(id, ProtocolOperation.LDAP_RES_MODIFY, result(code, '')),
  extended: (id, code) => message(id, ProtocolOperation.LDAP_RES_EXTENSION, result(code, '')),
};

function readRequest(bytes: Buffer): SeenRequest {
  const reader = new BerReader(bytes);
  reader.readSequence();
  const id = reader.readInt() ?? -1;
  const tag = reader.peek() ?? 0;
  const operation = OPERATIONS[tag] ?? 'other';
  let base = '';
  let cookie: string | undefined;
  if (operation === 'search') {
    reader.readSequence();
    const end = reader.offset + reader.length;
    base = reader.readString() ?? '';
    reader.offset = end;
    if (reader.peek() === ProtocolOperation.LDAP_CONTROLS) {
      reader.readSequence();
      reader.readSequence();
      reader.readString();
      if (reader.peek() === 1) reader.readBoolean();
      const control = new PagedResultsControl();
      control.parse(new BerReader(reader.readString(4, true) ?? Buffer.alloc(0)));
      cookie = control.value?.cookie?.toString() ?? '';
    }
  }
  return { id, operation, base, text: bytes.toString('latin1'), cookie };
}

/** What is sent back, in this order; null hangs up. Nothing: silence. */
export type Script = (request: SeenRequest) => readonly (Buffer | null)[];

/** What a well-behaved controller does before a test's own part begins. */
export const accepting =
  (rest: Script): Script =>
  (request) =>
    request.operation === 'bind' ? [answers.bound(request.id, 0)] : rest(request);

export interface ScriptedServer {
  readonly options: SessionOptions;
  readonly seen: SeenRequest[];
  readonly settled: string[];
  /** Says something unasked. */
  say(bytes: Buffer): void;
}

export interface ScriptedOptions {
  readonly clock: DirectoryClock;
  readonly ledger?: PasswordLedger;
  readonly password?: string;
  readonly transport?: SessionOptions['transport'];
}

/** An LDAP server in memory that answers as a test says, for what no real controller does on request. */
export function scriptedServer(script: Script, given: ScriptedOptions): ScriptedServer {
  const { clock, password = 'pw', transport = 'plain', ledger = createPasswordLedger() } = given;
  const seen: SeenRequest[] = [];
  const settled: string[] = [];
  let say: (bytes: Buffer) => void = () => undefined;
  return {
    seen,
    settled,
    say: (bytes) => say(bytes),
    options: {
      transport,
      domain: 'lab.test',
      bindUser: 'watcher@lab.test',
      pageSize: 100,
      clock,
      timeouts: DEFAULT_TIMEOUTS,
      authorities: () => [],
      verify: () => 'accept',
      ledger,
      secret: {
        read: async () => ok({ text: password, version: 1 }),
        settled: (_version, outcome) => void settled.push(outcome),
      },
      async open() {
        const [near, far] = duplexPair();
        say = (bytes) => void far.write(bytes);
        far.on('error', () => undefined);
        far.on('data', (bytes: Buffer) => {
          const request = readRequest(bytes);
          seen.push(request);
          for (const answer of script(request)) {
            if (answer === null) far.end();
            else far.write(answer);
          }
        });
        return ok(near);
      },
    },
  };
}
