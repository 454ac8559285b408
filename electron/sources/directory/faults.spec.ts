import { PresenceFilter } from 'ldapts';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../watch/testing/fake-clock';
import { createPasswordLedger } from '../ssh/password-ledger';
import {
  accountOf,
  readBySid,
  readLockedAndCounting,
  readMatching,
  readNamed,
  type StoredAccount,
} from './accounts';
import { sidBytes } from './entry';
import { readDomainPolicy } from './policies';
import { createSessionPool } from './pool';
import { type ControllerSession, openSession } from './session';
import {
  accepting,
  answers,
  type Script,
  type ScriptedServer,
  scriptedServer,
} from './testing/scripted-server';
import { type RootDse, readTopology } from './topology';
import { DEFAULT_TIMEOUTS } from './types';

const address = { host: 'dc1.lab.test', port: 389 };
const base = 'DC=lab,DC=test';
const SID = 'S-1-5-21-1-2-3-1105';
const signal = new AbortController().signal;
const sid = (text = SID): Buffer => sidBytes(text) ?? Buffer.alloc(0);
const user = (values: Parameters<typeof answers.entry>[2] = {}) => ({
  objectSid: sid(),
  sAMAccountName: 'mary',
  userAccountControl: '512',
  badPwdCount: '1',
  badPasswordTime: '134397791211362330',
  lockoutTime: '0',
  ...values,
});

async function sessionWith(
  script: Script,
  clock = createFakeClock(),
): Promise<{
  readonly session: ControllerSession;
  readonly server: ScriptedServer;
  readonly clock: typeof clock;
}> {
  const server = scriptedServer(accepting(script), { clock });
  const opened = await openSession(address, server.options, signal);
  if (!opened.ok) throw new Error(opened.error.error.code);
  return { session: opened.value, server, clock };
}

async function listed(script: Script) {
  const { session } = await sessionWith(script);
  const found: StoredAccount[] = [];
  const read = await readLockedAndCounting(session, base, (one) => found.push(one), signal);
  return { read, found };
}

describe('what a controller answers badly', () => {
  it('follows no referral, neither in the results nor as the result', async () => {
    const among = await listed(({ id }) => [
      answers.reference(id, 'ldap://evil.test/DC=lab,DC=test'),
      answers.entry(id, 'CN=mary', user()),
      answers.done(id, 0),
    ]);
    expect(among.read).toMatchObject({ ok: true, value: { entries: 1 } });
    const { session } = await sessionWith(({ id }) => [answers.done(id, 10, { text: 'ldap://evil.test' })]);
    expect(await session.readObject(base, ['cn'], signal)).toMatchObject({
      ok: false,
      error: { code: 'directory.referral' },
    });
  });

  it('takes what is cut off by a limit for nothing', async () => {
    for (const [code, limit] of [
      [4, 'size'],
      [3, 'time'],
      [11, 'admin'],
    ] as const) {
      const { read } = await listed(({ id }) => [
        answers.entry(id, 'CN=mary', user()),
        answers.done(id, code),
      ]);
      expect(read).toMatchObject({ ok: false, error: { code: 'directory.limit', params: { limit } } });
    }
  });

  it('reads 10,000 results of a server without paging', async () => {
    const { read, found } = await listed(({ id }) => [
      ...Array.from({ length: 10_000 }, (_, n) =>
        answers.entry(
          id,
          `CN=u${n}`,
          user({ objectSid: sid(`S-1-5-21-1-2-3-${n + 1}`), sAMAccountName: `u${n}` }),
        ),
      ),
      answers.done(id, 0),
    ]);
    expect(read).toMatchObject({ ok: true, value: { entries: 10_000, pages: 1 } });
    expect(found).toHaveLength(10_000);
  });

  it('goes on after a page without entries', async () => {
    const { read, found } = await listed(({ id, cookie }) => {
      if (cookie === '') return [answers.done(id, 0, { cookie: 'one' })];
      if (cookie === 'one') return [answers.done(id, 0, { cookie: 'two' })];
      return [answers.entry(id, 'CN=mary', user()), answers.done(id, 0, { cookie: '' })];
    });
    expect(read).toMatchObject({ ok: true, value: { pages: 3 } });
    expect(found).toHaveLength(1);
  });

  it('asks for no more than was wanted', async () => {
    const { session, server } = await sessionWith(({ id, cookie }) =>
      cookie === ''
        ? [answers.entry(id, 'CN=mary', user()), answers.done(id, 0, { cookie: 'more' })]
        : [answers.done(id, 0)],
    );
    const read = await readMatching(session, base, 'ma', 1, () => undefined, signal);
    expect(read).toMatchObject({ ok: true, value: { entries: 1, more: true } });
    expect(server.seen.filter(({ operation }) => operation === 'search')).toHaveLength(2);
  });

  it('tells absent, empty and wrong values apart', async () => {
    const accountWith = async (values: Parameters<typeof user>[0]) => {
      const { found } = await listed(({ id }) => [
        answers.entry(id, 'CN=x', user(values)),
        answers.done(id, 0),
      ]);
      return found[0];
    };
    expect(await accountWith({ lockoutTime: [], badPwdCount: [] })).toMatchObject({
      lockoutTime: 0n,
      badPasswordCount: 0,
      odd: [],
    });
    expect(await accountWith({ badPwdCount: 'many' })).toMatchObject({
      badPasswordCount: null,
      odd: ['badPwdCount'],
    });
    expect(await accountWith({ badPwdCount: '-1' })).toMatchObject({
      badPasswordCount: null,
      odd: ['badPwdCount'],
    });
    expect(await accountWith({ lockoutTime: '-5' })).toMatchObject({
      lockoutTime: null,
      odd: ['lockoutTime'],
    });
    expect(await accountWith({ lockoutTime: Buffer.from([0xff, 0xfe]) })).toMatchObject({
      lockoutTime: null,
    });
    expect(await accountWith({ pwdLastSet: '9223372036854775807' })).toMatchObject({ passwordSet: 0n });
    expect(await accountWith({ badPasswordTime: '9223372036854775806' })).toMatchObject({
      badPasswordTime: 9223372036854775806n,
    });
    expect(await accountWith({ objectSid: 'no sid' })).toBeUndefined();
  });

  it('takes what may not be read for unknown, not for zero', () => {
    const entry = {
      dn: 'CN=x',
      has: (name: string) => name === 'objectSid',
      text: (name: string) => (name === 'sAMAccountName' ? 'mary' : null),
      texts: () => [],
      bytes: () => sid(),
      integer: () => null,
    };
    expect(accountOf(entry)).toMatchObject({ badPasswordCount: null, lockoutTime: null, enabled: null });
  });

  it('takes another object’s answer for none', async () => {
    const { session } = await sessionWith(({ id }) => [
      answers.entry(id, 'CN=paul', user({ objectSid: sid('S-1-5-21-9-9-9-500') })),
      answers.done(id, 0),
    ]);
    expect(await readBySid(session, SID, signal)).toEqual({ ok: true, value: undefined });
  });

  it('drops answers to questions that were given up', async () => {
    const { session, server } = await sessionWith(({ base: asked, id }) =>
      asked === 'CN=late' ? [] : [answers.entry(id, asked, { cn: asked }), answers.done(id, 0)],
    );
    const given = new AbortController();
    const late = session.readObject('CN=late', ['cn'], given.signal);
    given.abort();
    expect(await late).toMatchObject({ ok: false, error: { code: 'app.cancelled' } });
    const { id } = server.seen.find(({ base: asked }) => asked === 'CN=late') ?? { id: -1 };
    server.say(answers.entry(id, 'CN=late', { cn: 'old' }));
    server.say(answers.done(id, 0));
    const next = await session.readObject('CN=now', ['cn'], signal);
    expect(next.ok && next.value?.text('cn')).toBe('CN=now');
  });

  it('ends a connection that speaks something else, or a message without measure', async () => {
    const garbage = [
      Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
      Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]),
      Buffer.from([0x30, 0x03, 0x02, 0x05, 0x01]),
    ];
    for (const bytes of garbage) {
      const { session } = await sessionWith(() => [bytes]);
      const read = await session.readObject(base, ['cn'], signal);
      expect(read).toMatchObject({ ok: false, error: { code: 'directory.notLdap' } });
      expect(session.ended?.code).toBe('directory.notLdap');
    }
  });

  it('does not wait for ever, and not for one that hangs up', async () => {
    const hung = await sessionWith(() => [null]);
    expect(await hung.session.readObject(base, ['cn'], signal)).toMatchObject({
      ok: false,
      error: { code: 'net.closed' },
    });
    const silent = await sessionWith(() => []);
    const read = silent.session.readObject(base, ['cn'], signal);
    silent.clock.advance(DEFAULT_TIMEOUTS.idleMs);
    expect(await read).toMatchObject({ ok: false, error: { code: 'net.timeout' } });
    expect(silent.session.ended).toBeUndefined();
  });

  it('finds no policy where the values are none', async () => {
    const { session } = await sessionWith(({ id }) => [
      answers.entry(id, base, {
        lockoutThreshold: 'x',
        lockoutDuration: '-1',
        lockOutObservationWindow: '-1',
      }),
      answers.done(id, 0),
    ]);
    expect(await readDomainPolicy(session, base, signal)).toMatchObject({
      ok: false,
      error: { code: 'directory.unreadableAnswer' },
    });
  });

  it('knows no PDC emulator where its owner is no controller of the domain', async () => {
    const sites = 'CN=Sites,CN=Configuration,DC=lab,DC=test';
    const server = (name: string) => `CN=${name},CN=Servers,CN=Main\\, old,${sites}`;
    const root: RootDse = {
      domainName: base,
      configurationName: 'CN=Configuration,DC=lab,DC=test',
      hostName: 'dc1.lab.test',
      settingsName: null,
      highestUsn: null,
      clockOffsetMs: null,
      roundTripMs: 0,
    };
    const topologyWith = async (owner: string) => {
      const { session } = await sessionWith(({ id, base: asked }) => {
        if (asked === sites) {
          return [
            answers.entry(id, server('DC1'), { objectClass: ['top', 'server'], dNSHostName: 'dc1.lab.test' }),
            answers.entry(id, `CN=NTDS Settings,${server('DC1')}`, {
              objectClass: ['top', 'nTDSDSA'],
              'msDS-HasDomainNCs': base,
            }),
            answers.entry(id, server('RO1'), { objectClass: ['top', 'server'], dNSHostName: 'ro1.lab.test' }),
            answers.entry(id, `CN=NTDS Settings,${server('RO1')}`, {
              objectClass: ['top', 'nTDSDSA', 'nTDSDSARO'],
            }),
            answers.entry(id, server('CHILD'), { objectClass: 'server', dNSHostName: 'c.child.lab.test' }),
            answers.entry(id, `CN=NTDS Settings,${server('CHILD')}`, {
              objectClass: 'nTDSDSA',
              'msDS-HasDomainNCs': 'DC=child,DC=lab,DC=test',
            }),
            answers.done(id, 0),
          ];
        }
        if (asked === base) return [answers.entry(id, base, { fSMORoleOwner: owner }), answers.done(id, 0)];
        return [answers.done(id, 0)];
      });
      return readTopology(session, root, signal);
    };
    const known = await topologyWith(`cn=NTDS Settings,${server('dc1')}`);
    expect(known).toMatchObject({
      ok: true,
      value: {
        pdcHost: 'dc1.lab.test',
        netbiosName: null,
        controllers: [
          { host: 'dc1.lab.test', site: 'Main, old', readOnly: false, pdc: true },
          { host: 'ro1.lab.test', site: 'Main, old', readOnly: true, pdc: false },
        ],
      },
    });
    expect(known.ok && known.value.controllers).toHaveLength(2);
    for (const owner of [`CN=NTDS Settings,${server('GONE')}`, `CN=NTDS Settings,${server('CHILD')}`, '']) {
      expect(await topologyWith(owner)).toMatchObject({ ok: true, value: { pdcHost: null } });
    }
  });
});

describe('a password', () => {
  const refusing =
    (text: string): Script =>
    ({ id, operation }) =>
      operation === 'bind' ? [answers.bound(id, 49, `80090308: LdapErr: DSID-0, data ${text}, v1db1`)] : [];

  it('that was refused is sent to no controller again', async () => {
    const ledger = createPasswordLedger();
    const clock = createFakeClock();
    const first = scriptedServer(refusing('52e'), { clock, ledger });
    expect(await openSession(address, first.options, signal)).toMatchObject({
      ok: false,
      error: { error: { code: 'directory.passwordRefused' } },
    });
    expect(first.settled).toEqual(['refused']);
    const other = scriptedServer(
      accepting(() => []),
      { clock, ledger },
    );
    expect(await openSession({ ...address, host: 'dc2.lab.test' }, other.options, signal)).toMatchObject({
      ok: false,
      error: { error: { code: 'directory.passwordRefused' } },
    });
    expect(other.seen.filter(({ operation }) => operation === 'bind')).toEqual([]);
  });

  it('is asked for by two controllers at once, and sent to one first', async () => {
    const ledger = createPasswordLedger();
    const clock = createFakeClock();
    const servers = ['dc1', 'dc2'].map(() => scriptedServer(refusing('52e'), { clock, ledger }));
    await Promise.all(servers.map(({ options }) => openSession(address, options, signal)));
    expect(servers.flatMap(({ seen }) => seen.filter(({ operation }) => operation === 'bind'))).toHaveLength(
      1,
    );
  });

  it('may be sent again when something else was the reason', async () => {
    for (const [subCode, reason] of [
      ['775', 'lockedOut'],
      ['533', 'disabled'],
      ['532', 'passwordExpired'],
      ['773', 'mustChange'],
      ['525', 'noSuchUser'],
      ['701', 'accountExpired'],
    ] as const) {
      const server = scriptedServer(refusing(subCode), { clock: createFakeClock() });
      expect(await openSession(address, server.options, signal)).toMatchObject({
        ok: false,
        error: { error: { code: 'directory.bindRefused', params: { reason } } },
      });
      expect(server.settled).toEqual(['notSent']);
    }
  });

  it('never appears in what a filter is made of', async () => {
    const { session, server } = await sessionWith(({ id }) => [answers.done(id, 0)]);
    await readNamed(session, base, [{ sid: null, name: 'a)(b=*' }], () => undefined, signal);
    const asked = server.seen.find(({ operation }) => operation === 'search');
    // One value, as it is: there is no text that could be taken apart.
    expect(asked?.text).toContain(`sAMAccountName\x04\x06a)(b=*`);
  });
});

describe('StartTLS', () => {
  const startTls = (script: Script) =>
    openSession(
      address,
      scriptedServer(script, { clock: createFakeClock(), transport: 'startTls' }).options,
      signal,
    );

  it('that is not offered is the end of it', async () => {
    expect(await startTls(({ id }) => [answers.extended(id, 2)])).toMatchObject({
      ok: false,
      error: { error: { code: 'directory.startTlsRefused' } },
    });
  });

  it('is not begun when more than the answer came unprotected', async () => {
    const answer = await startTls(({ id }) => [
      Buffer.concat([answers.extended(id, 0), answers.entry(2, 'CN=x', { cn: 'injected' })]),
    ]);
    expect(answer).toMatchObject({ ok: false, error: { error: { code: 'directory.notLdap' } } });
  });
});

describe('the pool of connections', () => {
  it('opens one connection for all who ask at once, and another when that is lost', async () => {
    const server = scriptedServer(
      accepting(({ id, base: asked }) => (asked === 'CN=end' ? [null] : [answers.done(id, 0)])),
      { clock: createFakeClock() },
    );
    const pool = createSessionPool(server.options);
    const [one, two] = await Promise.all([pool.get(address, signal), pool.get(address, signal)]);
    expect(one.ok && two.ok && one.value === two.value).toBe(true);
    if (!one.ok) return;
    await one.value.search(
      {
        base: 'CN=end',
        scope: 'base',
        filter: new PresenceFilter({ attribute: 'cn' }),
        attributes: [],
        object: '',
      },
      () => undefined,
      signal,
    );
    const again = await pool.get(address, signal);
    expect(again.ok && again.value !== one.value).toBe(true);
    pool.close();
  });
});
