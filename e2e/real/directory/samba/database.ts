import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Provisioned } from './provision';

export interface NewUser {
  readonly name: string;
  readonly commonName?: string;
  readonly displayName?: string;
  /** Without one, the account needs none and cannot sign in. */
  readonly password?: string;
  readonly userAccountControl?: number;
}

/** Minutes; null: until an admin unlocks, or for a window never. Left out: as it is. */
export interface PolicyValues {
  readonly threshold?: number;
  readonly windowMinutes?: number;
  readonly durationMinutes?: number | null;
  readonly history?: number;
  readonly properties?: number;
}

export interface Pso {
  readonly name: string;
  readonly precedence: number;
  readonly threshold: number;
  readonly windowMinutes: number;
  readonly durationMinutes: number | null;
  readonly history?: number;
  readonly appliesTo: readonly string[];
}

export type Attributes = Readonly<Record<string, readonly string[]>>;
export type Entry = Readonly<Record<string, readonly string[] | string>>;

/** The controller's database through Samba's own library, beside the running server; milliseconds an operation. */
export interface Database {
  addUsers(users: readonly NewUser[], unit?: string): Promise<void>;
  policy(values: PolicyValues): Promise<void>;
  addPso(pso: Pso): Promise<void>;
  /** One account's attributes as Samba keeps and computes them. */
  account(name: string, attributes: readonly string[]): Promise<Attributes>;
  search(question: {
    readonly base?: string;
    readonly scope?: 'base' | 'one' | 'sub';
    readonly filter?: string;
    readonly attributes?: readonly string[];
  }): Promise<readonly Entry[]>;
  /** Null deletes an attribute. */
  modify(dn: string, changes: Readonly<Record<string, string | readonly string[] | null>>): Promise<void>;
  modifyAccount(
    name: string,
    changes: Readonly<Record<string, string | readonly string[] | null>>,
  ): Promise<void>;
  setPassword(name: string, password: string): Promise<void>;
  /** As an admin's tool does: lockoutTime to 0. */
  unlock(name: string): Promise<void>;
  /** Moves the times of the last failure and of the lock by so many seconds: a wait without waiting. */
  shiftTimes(name: string, seconds: number): Promise<void>;
  dnOf(name: string): Promise<string>;
  delete(dn: string): Promise<void>;
  deleteAccount(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openDatabase({ config, folder }: Provisioned): Promise<Database> {
  const child: ChildProcess = spawn(
    '/usr/bin/python3',
    [join(__dirname, 'samdb.py'), config, join(folder, 'private/sam.ldb')],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('no pipes');
  const waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the database helper has ended'));
  });
  createInterface({ input: stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as { ready?: string; ok?: unknown; failed?: string };
    const next = waiting.shift();
    if (answer.failed === undefined) next?.resolve(answer.ok ?? answer.ready);
    else next?.reject(new Error(answer.failed));
  });
  const answer = <T>(): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ resolve: (value) => resolve(value as T), reject });
    });
  const ask = <T = null>(request: Record<string, unknown>): Promise<T> => {
    const answered = answer<T>();
    stdin.write(`${JSON.stringify(request)}\n`);
    return answered;
  };
  await answer();
  const done = async (request: Record<string, unknown>): Promise<void> => void (await ask(request));
  return {
    addUsers: (users, unit) => done({ do: 'addUsers', users, ...(unit ? { unit } : {}) }),
    policy: (values) => done({ do: 'policy', ...values }),
    addPso: (pso) => done({ do: 'addPso', ...pso }),
    account: (name, attributes) => ask({ do: 'account', name, attributes }),
    search: (question) => ask({ do: 'search', ...question }),
    modify: (dn, changes) => done({ do: 'modify', dn, changes }),
    modifyAccount: (name, changes) => done({ do: 'modifyAccount', name, changes }),
    setPassword: (name, password) => done({ do: 'setPassword', name, password }),
    unlock: (name) => done({ do: 'modifyAccount', name, changes: { lockoutTime: '0' } }),
    shiftTimes: (name, seconds) => done({ do: 'shiftTimes', name, seconds }),
    dnOf: (name) => ask({ do: 'dn', name }),
    delete: (dn) => done({ do: 'delete', dn }),
    deleteAccount: (name) => done({ do: 'deleteAccount', name }),
    async close() {
      stdin.end();
      await ended;
    },
  };
}
