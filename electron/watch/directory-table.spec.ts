import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryFields, DirectoryView } from '../../shared/directory';
import { appError } from '../../shared/errors';
import { err, ok } from '../../shared/result';
import { PracticeDirectory } from '../lab/directory/practice-directory';
import type { OpenStream } from '../sources/directory/types';
import { systemClock } from './clock';
import { createDirectories } from './directory-watched-all';

const ID = '6a4b1f6e-0000-4000-8000-000000000001';
const PDC = 'dc1.lab.practice';
const OTHER = 'dc2.lab.practice';

let folder = '';
let directory: PracticeDirectory;
const open: (() => unknown)[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockwatch-table-'));
  directory = new PracticeDirectory({ seed: 'table', clock: systemClock, keyDir: folder });
  await directory.start({});
  open.push(() => directory.stop());
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** The directories of the evidence process, before the two controllers of the practice domain. */
function setUp(password?: string) {
  const about = directory.describe();
  const ports = new Map(about.controllers.map(({ name, ldapsPort }) => [name, ldapsPort]));
  const asked: string[] = [];
  const direct: OpenStream = ({ host, port }) =>
    new Promise((resolve) => {
      asked.push(host);
      const socket = connect(ports.get(host) ?? 0, '127.0.0.1');
      socket.once('error', () => resolve(err(appError('directory.refused', { host, port }))));
      socket.once('connect', () => resolve(ok(socket)));
    });
  let view: DirectoryView | undefined;
  let look = (): void => undefined;
  const directories = createDirectories({
    clock: systemClock,
    random: () => 0.5,
    tunnel: () => direct,
    direct,
    authorities: () => about.controllers.map(({ certificatePem }) => certificatePem),
    readSecret: async () => ok({ text: password ?? about.password, version: 1 }),
    events: {
      'directory.changed': (report) => {
        view = report.view;
        look();
      },
      'directory.read': () => undefined,
      'directory.checked': () => undefined,
      'directory.settled': () => undefined,
    },
  });
  open.push(() => directories.dispose());
  const fields: DirectoryFields = {
    name: 'Practice',
    domain: about.domain,
    controllers: [PDC, OTHER].map((host) => ({ host, port: null })),
    transport: 'ldaps',
    plainAccepted: false,
    trust: 'system',
    bindUser: about.bindUser,
    pageSize: 500,
    tunnel: null,
    watch: 'close',
  };
  return {
    asked,
    begin: () => directories.handlers['directory.set']([{ id: ID, fields, certificates: [] }], []),
    until: (fits: (seen: DirectoryView) => boolean) =>
      new Promise<DirectoryView>((resolve) => {
        look = () => {
          if (view && fits(view)) resolve(view);
        };
        look();
      }),
    table: (accountKey: string) => directories.handlers['directory.table']({ id: ID, accountKey }, []),
  };
}

const sidOf = (name: string): string => {
  const account = directory.domain.accounts.find(name);
  if (!account) throw new Error(`no account ${name}`);
  return `${directory.domain.sid}-${account.rid}`;
};

describe('the controller table', () => {
  it('has the PDC emulator first, and its row as the truth', async () => {
    const { begin, until, table } = setUp();
    const name = directory.domain.accounts.all[5]?.name ?? '';
    directory.guess(name, 2, 'dc2');
    await begin();
    await until(({ connection }) => connection === 'following');
    const made = await table(sidOf(name));
    expect(made).toMatchObject({
      ok: true,
      value: {
        account: { name },
        rows: [
          { host: PDC, truth: true, answers: true },
          { host: OTHER, truth: false, answers: true, rawCount: 2 },
        ],
      },
    });
  });

  it('shows what the others say while the PDC emulator is down, and none of it as the truth', async () => {
    const { begin, until, table } = setUp();
    const name = directory.domain.accounts.all[5]?.name ?? '';
    directory.guess(name, 2, 'dc2');
    await begin();
    await until(({ connection }) => connection === 'following');
    await directory.controller('dc1').stop();
    await until(({ connection }) => connection === 'waiting');
    const made = await table(sidOf(name));
    expect(made).toMatchObject({
      ok: true,
      value: {
        account: { name, status: 'unknown', reason: { key: 'directory.reason.pdcSilent' } },
        rows: [
          {
            host: PDC,
            truth: true,
            answers: false,
            status: 'unknown',
            failure: { code: 'directory.refused' },
          },
          { host: OTHER, truth: false, answers: true, status: 'counting', rawCount: 2 },
        ],
      },
    });
    if (!made.ok) return;
    expect(made.value.notes.map(({ key }) => key)).toContain('directory.table.pdcSilent');
    expect(made.value.rows[1]?.differences.map(({ key }) => key)).toEqual(['directory.difference.noTruth']);
  });

  it('is made although the PDC emulator was never reached', async () => {
    const { begin, until, table } = setUp();
    const name = directory.domain.accounts.all[5]?.name ?? '';
    directory.guess(name, 1, 'dc2');
    await directory.controller('dc1').stop();
    await begin();
    await until(({ connection }) => connection === 'waiting');
    const made = await table(sidOf(name));
    expect(made).toMatchObject({
      ok: true,
      value: {
        rows: [
          { host: PDC, answers: false },
          { host: OTHER, status: 'counting', rawCount: 1 },
        ],
      },
    });
  });

  it('asks nobody else with a password that was refused', async () => {
    const { asked, begin, until, table } = setUp('not the password');
    await begin();
    await until(({ connection }) => connection === 'needsAdmin');
    const before = asked.length;
    expect(await table(`${directory.domain.sid}-1104`)).toMatchObject({
      ok: false,
      error: { code: 'directory.passwordRefused' },
    });
    expect(asked).toHaveLength(before);
  });

  it('fails with a sentence when no controller answers', async () => {
    const { begin, until, table } = setUp();
    await begin();
    await until(({ connection }) => connection === 'following');
    await directory.stop();
    await until(({ connection }) => connection === 'waiting');
    expect(await table(`${directory.domain.sid}-1104`)).toMatchObject({
      ok: false,
      error: { code: 'directory.refused', params: { host: PDC } },
    });
  });
});
