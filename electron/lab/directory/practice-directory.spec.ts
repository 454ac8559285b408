import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import {
  Attribute,
  Change,
  Client,
  EqualityFilter,
  InvalidCredentialsError,
  type SearchOptions,
} from 'ldapts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulatedClock } from '../clock';
import { normalName, relativeName } from './domain/names';
import { PracticeDirectory } from './practice-directory';

// Certificates are checked against the real time of day.
const NOW = Math.floor(Date.now() / 1_000) * 1_000;
const NOW_TICKS = String(BigInt(NOW) * 10_000n + 116_444_736_000_000_000n);
const MINUTE = 60_000;
const BASE = 'DC=lab,DC=practice';
const CONFIGURATION = `CN=Configuration,${BASE}`;

let keyDir = '';
const open: (() => unknown)[] = [];
beforeEach(() => {
  keyDir = mkdtempSync(join(tmpdir(), 'lockwatch-directory-'));
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
  rmSync(keyDir, { recursive: true, force: true });
});

async function setUp() {
  const clock = new SimulatedClock(NOW);
  const directory = new PracticeDirectory({ seed: 'test', clock, keyDir });
  await directory.start({});
  open.push(() => directory.stop());
  const about = directory.describe();
  const [dc1, dc2] = about.controllers;
  if (!dc1 || !dc2) throw new Error('two controllers');
  const clientOf = (url: string, ca?: string) => {
    const tls = ca === undefined ? {} : { tlsOptions: { ca: [ca], servername: 'dc1.lab.practice' } };
    const client = new Client({ url, timeout: 20_000, ...tls });
    open.push(() => client.unbind().catch(() => undefined));
    return client;
  };
  const client = (controller = dc1) => clientOf(`ldap://127.0.0.1:${controller.port}`);
  const reader = async (controller = dc1) => {
    const made = client(controller);
    await made.bind(about.bindUser, about.password);
    return made;
  };
  const guess = async (name: string, controller = dc1) => {
    const made = client(controller);
    const refused = await made.bind(name, 'not it').catch((error: unknown) => error);
    await made.unbind();
    return refused;
  };
  const read = async (one: Client, name: string, attributes: string[]) => {
    const filter = `(sAMAccountName=${name})`;
    const { searchEntries } = await one.search(BASE, { scope: 'sub', filter, attributes });
    return searchEntries[0];
  };
  const passwordOf = (name: string) => about.accounts.find((one) => one.name === name)?.password ?? '';
  return { clock, directory, about, dc1, dc2, client, clientOf, reader, guess, read, passwordOf };
}

const found = async (client: Client, filter: string, base = BASE) =>
  (await client.search(base, { scope: 'sub', filter, attributes: ['sAMAccountName'] })).searchEntries
    .map((entry) => entry.sAMAccountName)
    .filter((name) => typeof name === 'string')
    .sort();

describe('the practice domain, read', () => {
  it('says who it is to anybody, and nothing else', async () => {
    const { client, dc2 } = await setUp();
    const one = client(dc2);
    const { searchEntries } = await one.search('', { scope: 'base', filter: '(objectClass=*)' });
    expect(searchEntries).toMatchObject([
      {
        defaultNamingContext: BASE,
        configurationNamingContext: CONFIGURATION,
        dnsHostName: 'dc2.lab.practice',
        dsServiceName: `CN=NTDS Settings,CN=DC2,CN=Servers,CN=Hill,CN=Sites,${CONFIGURATION}`,
        currentTime: `${new Date(NOW).toISOString().slice(0, 19).replace(/[-T:]/g, '')}.0Z`,
      },
    ]);
    await expect(one.search(BASE, { scope: 'base', filter: '(objectClass=*)' })).rejects.toThrow(/000004DC/);
  });

  it('takes a name in every form, over StartTLS and LDAPS as well', async () => {
    const { about, dc1, client, clientOf } = await setUp();
    for (const name of [about.bindUser, 'LAB\\lockwatch', `CN=lockwatch,CN=Users,${BASE}`, 'lockwatch']) {
      const one = client();
      await one.bind(name, about.password);
      await one.unbind();
    }
    const upgraded = client();
    await upgraded.startTLS({ ca: [dc1.certificatePem], servername: dc1.name });
    await upgraded.bind(about.bindUser, about.password);
    expect(await found(upgraded, '(sAMAccountName=anna.berg)')).toEqual(['anna.berg']);
    const secure = clientOf(`ldaps://127.0.0.1:${dc1.ldapsPort}`, dc1.certificatePem);
    await secure.bind(about.bindUser, about.password);
    expect(await found(secure, '(sAMAccountName=anna.berg)')).toEqual(['anna.berg']);
  });

  it('has its PDC, its controllers and their sites in the configuration', async () => {
    const { reader } = await setUp();
    const client = await reader();
    const [root] = (await client.search(BASE, { scope: 'base', filter: '(objectClass=domainDNS)' }))
      .searchEntries;
    const owner = String(root?.fSMORoleOwner);
    expect(root).toMatchObject({
      lockoutThreshold: '5',
      lockoutDuration: '-6000000000',
      lockOutObservationWindow: '-6000000000',
    });
    const filter = '(objectCategory=nTDSDSA)';
    expect((await client.search(CONFIGURATION, { scope: 'sub', filter })).searchEntries).toEqual([]);
    const settings = await client.search(CONFIGURATION, { scope: 'sub', filter: '(objectClass=nTDSDSA)' });
    expect(settings.searchEntries.map(({ dn }) => dn)).toContain(owner);
    const server = owner.slice(owner.indexOf(',') + 1);
    const [named] = (await client.search(server, { scope: 'base', filter: '(dNSHostName=*)' })).searchEntries;
    expect(named?.dNSHostName).toBe('dc1.lab.practice');
    expect(server).toContain('CN=Harbour,CN=Sites');
  });

  it.each([
    ['(sAMAccountName=ANNA.berg)', ['anna.berg']],
    ['(&(objectClass=user)(displayName=*weiß*))', ['jonas.weiss']],
    ['(displayName=Dmit*)', []],
    ['(displayName=Дми*в)', ['dmitri.volkov']],
    ['(|(sAMAccountName=svc-*)(sAMAccountName=leaver))', ['leaver', 'svc-backup', 'svc-scan', 'svc-sql']],
    [
      '(&(objectCategory=person)(userAccountControl:1.2.840.113556.1.4.803:=2))',
      ['Guest', 'krbtgt', 'leaver'],
    ],
    ['(&(sAMAccountName=*)(!(sAMAccountType=805306368)))', ['DC1$', 'DC2$', 'Strict policy']],
    ['(userAccountControl>=532480)', ['DC1$', 'DC2$']],
    ['(&(lockoutTime>=1)(objectClass=user))', []],
    ['(msDS-User-Account-Control-Computed=0)', []],
    ['(displayName=Lena \\2a Star)', ['lena.star']],
    ['(displayName=Miller, George \\28Accounts\\29)', ['george.miller']],
    [`(memberOf=cn=strict POLICY,ou=Staff,${BASE})`, ['rosa.lopez', 'sam.taylor']],
  ])('finds by %s', async (filter, names) => {
    const { reader } = await setUp();
    expect(await found(await reader(), filter)).toEqual(names);
  });

  it('finds an account by its SID, in bytes and in letters, and by its own name whatever is in it', async () => {
    const { reader, read } = await setUp();
    const client = await reader();
    for (const name of ['paul.slash', 'jack.quoted', 'tess.plus', 'george.miller', 'chen.li']) {
      const entry = await read(client, name, ['objectSid', 'distinguishedName', 'cn']);
      const sid = entry?.objectSid;
      if (!Buffer.isBuffer(sid)) throw new Error('objectSid is binary');
      const filter = new EqualityFilter({ attribute: 'objectSid', value: sid });
      const bySid = await client.search(BASE, { scope: 'sub', filter, attributes: ['sAMAccountName'] });
      expect(bySid.searchEntries.map((one) => one.sAMAccountName)).toEqual([name]);
      const parts = Array.from({ length: sid[1] ?? 0 }, (_, index) => sid.readUInt32LE(8 + 4 * index));
      expect(await found(client, `(objectSid=S-1-5-${parts.join('-')})`)).toEqual([name]);
      expect(await found(client, '(cn=*)', `<SID=S-1-5-${parts.join('-')}>`)).toEqual([name]);
      const again = await client.search(String(entry?.distinguishedName), {
        scope: 'base',
        filter: '(cn=*)',
      });
      expect(again.searchEntries[0]?.sAMAccountName).toBe(name);
    }
  });

  it('gives what is worked out only to who asks for it', async () => {
    const { reader, read } = await setUp();
    const client = await reader();
    const computed = 'msDS-User-Account-Control-Computed';
    expect(await read(client, 'rosa.lopez', ['*'])).not.toHaveProperty(computed);
    expect(await read(client, 'rosa.lopez', [computed, 'msDS-ResultantPSO'])).toMatchObject({
      [computed]: '0',
      'msDS-ResultantPSO': `CN=Strict,CN=Password Settings Container,CN=System,${BASE}`,
    });
    expect(await read(client, 'anna.berg', ['msDS-ResultantPSO', 'lockoutTime'])).toMatchObject({
      'msDS-ResultantPSO': [],
      lockoutTime: [],
    });
  });

  it('says of no object by a SID that nobody has, and that a broken one is no name', async () => {
    const { reader } = await setUp();
    const client = await reader();
    const at = (base: string) => client.search(base, { scope: 'base', filter: '(cn=*)' });
    await expect(at('<SID=S-1-5-21-1-2-3-4>')).rejects.toMatchObject({ code: 32 });
    for (const broken of ['<SID=S-1-5-21-99999999999>', '<SID=S-1-5-4294967296-1>', '<SID=>'])
      await expect(at(broken)).rejects.toMatchObject({ code: 34 });
  });

  it('says who may unlock', async () => {
    const { reader, read, client, passwordOf } = await setUp();
    const named = ['allowedAttributesEffective'];
    expect(await read(await reader(), 'anna.berg', named)).toMatchObject({
      allowedAttributesEffective: 'lockoutTime',
    });
    const plain = client();
    await plain.bind('carla.ruiz', passwordOf('carla.ruiz'));
    expect(await read(plain, 'anna.berg', named)).toMatchObject({ allowedAttributesEffective: [] });
  });

  it('gives pages, and stops without them where its limit is', async () => {
    const { directory, reader } = await setUp();
    directory.limits = { mostEntries: 7, searchMs: 0 };
    const client = await reader();
    const filter = '(&(objectCategory=person)(objectClass=user))';
    const options: SearchOptions = { scope: 'sub', filter, attributes: ['sAMAccountName'] };
    await expect(client.search(BASE, options)).rejects.toMatchObject({ code: 4 });
    const paged = await client.search(BASE, { ...options, paged: { pageSize: 5 } });
    expect(paged.searchEntries).toHaveLength(directory.domain.accounts.all.length);
    expect(new Set(paged.searchEntries.map(({ dn }) => dn)).size).toBe(paged.searchEntries.length);
    expect(paged.searchReferences).toEqual([`ldap://lab.practice/${CONFIGURATION}`]);
  });

  it('ends a search when its time is over, and says what a name is not', async () => {
    const { clock, directory, reader } = await setUp();
    const client = await reader();
    directory.limits = { mostEntries: 1_000, searchMs: 5_000 };
    const late = client.search(BASE, { scope: 'sub', filter: '(cn=*)', timeLimit: 2 });
    const refused = expect(late).rejects.toMatchObject({ code: 3 });
    const timer = setInterval(() => clock.advance(2_000), 5);
    await refused;
    clearInterval(timer);
    directory.limits = { mostEntries: 1_000, searchMs: 0 };
    await expect(client.search(`CN=nobody,${BASE}`, { scope: 'base' })).rejects.toMatchObject({ code: 32 });
    await expect(client.search('nonsense', { scope: 'base' })).rejects.toMatchObject({ code: 34 });
    await expect(client.search('DC=other,DC=practice', { scope: 'base' })).rejects.toMatchObject({
      code: 10,
    });
  });
});

describe('the practice domain, counting', () => {
  const LOCAL = ['badPwdCount', 'badPasswordTime', 'lockoutTime', 'msDS-User-Account-Control-Computed'];

  it('R7, R20: counts at the PDC and where it was tried, and the PDC locks', async () => {
    const { guess, reader, read, dc1, dc2, directory } = await setUp();
    const [pdc, other] = [await reader(dc1), await reader(dc2)];
    expect(await guess('anna.berg@lab.practice', dc1)).toBeInstanceOf(InvalidCredentialsError);
    for (let i = 0; i < 3; i++) await guess('LAB\\anna.berg', dc2);
    expect(await read(pdc, 'anna.berg', LOCAL)).toMatchObject({ badPwdCount: '4', lockoutTime: [] });
    expect(await read(other, 'anna.berg', LOCAL)).toMatchObject({ badPwdCount: '3', lockoutTime: [] });
    await guess('anna.berg', dc2);
    expect(await read(pdc, 'anna.berg', LOCAL)).toMatchObject({
      badPwdCount: '5',
      lockoutTime: NOW_TICKS,
      'msDS-User-Account-Control-Computed': '16',
    });
    expect(await read(other, 'anna.berg', LOCAL)).toMatchObject({
      badPwdCount: '4',
      lockoutTime: NOW_TICKS,
      'msDS-User-Account-Control-Computed': '16',
    });
    expect(directory.lockedAccounts()).toEqual(['anna.berg']);
    expect(await found(pdc, '(lockoutTime>=1)')).toEqual(['anna.berg']);
  });

  it('R8, R9: tells locked from wrong, and unlocks by itself after the duration', async () => {
    const { clock, guess, client, passwordOf, directory, read, reader } = await setUp();
    for (let i = 0; i < 5; i++)
      expect(await guess('ben.osei')).toMatchObject({ message: expect.stringMatching(/data 52e/) });
    expect(await guess('ben.osei')).toMatchObject({ message: expect.stringMatching(/data 775/) });
    clock.advance(10 * MINUTE);
    await expect(client().bind('ben.osei', passwordOf('ben.osei'))).rejects.toThrow(/data 775/);
    clock.advance(1);
    expect(directory.lockedAccounts()).toEqual([]);
    await client().bind('ben.osei', passwordOf('ben.osei'));
    expect(await read(await reader(), 'ben.osei', LOCAL)).toMatchObject({
      badPwdCount: '0',
      lockoutTime: '0',
    });
  });

  it('R3: locks earlier, and until an admin unlocks, where a password settings object says so', async () => {
    const { clock, guess, directory } = await setUp();
    for (let i = 0; i < 3; i++) await guess('rosa.lopez');
    clock.advance(1_000 * MINUTE);
    expect(directory.lockedAccounts()).toEqual(['rosa.lopez']);
  });

  it('R11, R21: unlocks by lockoutTime=0 at the PDC, and leaves the other controller its stale count', async () => {
    const { guess, reader, read, client, dc1, dc2, passwordOf } = await setUp();
    for (let i = 0; i < 5; i++) await guess('anna.berg', dc2);
    const [pdc, other] = [await reader(dc1), await reader(dc2)];
    const dn = String((await read(pdc, 'anna.berg', ['distinguishedName']))?.distinguishedName);
    const change = (value: string, type = 'lockoutTime') =>
      new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) });
    const plain = client();
    await plain.bind('carla.ruiz', passwordOf('carla.ruiz'));
    await expect(plain.modify(dn, change('0'))).rejects.toMatchObject({ code: 50 });
    await expect(pdc.modify(dn, change('5'))).rejects.toMatchObject({ code: 53 });
    await expect(pdc.modify(dn, change('0', 'badPwdCount'))).rejects.toMatchObject({ code: 53 });
    const before = await read(pdc, 'anna.berg', ['uSNChanged']);
    await pdc.modify(dn, change('0'));
    expect(await read(pdc, 'anna.berg', LOCAL)).toMatchObject({ badPwdCount: '0', lockoutTime: '0' });
    expect(await read(other, 'anna.berg', LOCAL)).toMatchObject({
      badPwdCount: '5',
      lockoutTime: '0',
      'msDS-User-Account-Control-Computed': '0',
    });
    const after = await read(pdc, 'anna.berg', ['uSNChanged']);
    expect(Number(after?.uSNChanged)).toBeGreaterThan(Number(before?.uSNChanged));
    await client().bind('anna.berg', passwordOf('anna.berg'));
  });

  it('says what a disabled account and an unknown one are answered, and wants encryption when told to', async () => {
    const { client, passwordOf, directory, about, dc1 } = await setUp();
    await expect(client().bind('leaver', passwordOf('leaver'))).rejects.toThrow(/data 533/);
    await expect(client().bind('nobody', 'x')).rejects.toThrow(/data 52e/);
    await expect(client().bind('OTHER\\anna.berg', 'x')).rejects.toThrow(/data 52e/);
    directory.takesPlainPasswords = false;
    await expect(client().bind(about.bindUser, about.password)).rejects.toMatchObject({ code: 8 });
    const upgraded = client();
    await upgraded.startTLS({ ca: [dc1.certificatePem], servername: dc1.name });
    await upgraded.bind(about.bindUser, about.password);
  });
});

describe('the protocol of the practice domain', () => {
  it('survives whatever is sent', async () => {
    const { dc1, reader } = await setUp();
    const message = fc.oneof(
      fc.uint8Array({ maxLength: 120 }),
      fc
        .uint8Array({ maxLength: 60 })
        .map((body) => Uint8Array.from([0x30, body.length + 3, 2, 1, 1, ...body])),
      fc
        .tuple(fc.constantFrom(0x60, 0x63, 0x66, 0x77, 0x50), fc.uint8Array({ maxLength: 60 }))
        .map(([tag, body]) => Uint8Array.from([0x30, body.length + 5, 2, 1, 1, tag, body.length, ...body])),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 4 }), async (messages) => {
        const socket = connect(dc1.port, '127.0.0.1');
        socket.on('error', () => undefined);
        socket.resume();
        const closed = new Promise((resolve) => socket.once('close', resolve));
        for (const bytes of messages) socket.write(bytes);
        socket.end();
        await closed;
      }),
      { numRuns: 200 },
    );
    expect(await found(await reader(), '(sAMAccountName=anna.berg)')).toEqual(['anna.berg']);
  });

  it('hangs up on a message that is too long, and on filters too deep', async () => {
    const { dc1 } = await setUp();
    let deep = Buffer.from([0x87, 1, 0x63]);
    for (let i = 0; i < 45; i++) deep = Buffer.from([0xa2, deep.length, ...deep]);
    const search = Buffer.from([4, 0, 0x0a, 1, 2, 0x0a, 1, 0, 2, 1, 0, 2, 1, 0, 1, 1, 0, ...deep, 0x30, 0]);
    const body = Buffer.from([2, 1, 1, 0x63, 0x81, search.length, ...search]);
    for (const bytes of [
      [0x30, 0x84, 0x7f, 0xff, 0xff, 0xff],
      [0x30, 0x81, body.length, ...body],
    ]) {
      const socket = connect(dc1.port, '127.0.0.1');
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => undefined);
      socket.resume();
      socket.write(Buffer.from(bytes));
      await closed;
    }
  });

  it('compares names as a directory does', () => {
    expect(normalName('cn=Anna , OU=Staff,dc=LAB')).toBe(normalName('CN=anna ,ou=staff, DC=lab'));
    expect(normalName('CN=Miller\\, George,DC=lab')).toBe(normalName('CN=Miller\\2c George,DC=lab'));
    expect(normalName('CN=\\E9\\99\\88,DC=lab')).toBe(normalName('CN=陈,DC=lab'));
    expect([normalName('no name'), normalName('CN=a\\'), normalName('')]).toEqual([undefined, undefined, '']);
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        const part = relativeName('CN', value);
        expect(normalName(`${part},DC=lab`)?.endsWith(normalName('DC=lab') ?? '?')).toBe(true);
      }),
    );
  });
});
