import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditRecord, AuditRow } from '../../../shared/audit';
import type { ConsolePageInfo } from '../../../shared/console';
import type { OpenConsole } from '../../../shared/console-contract';
import { appError } from '../../../shared/errors';
import type { ConnectionProfile } from '../../../shared/instance';
import { err, ok, type Result } from '../../../shared/result';
import type { CloudProvider, ConsoleAddress } from '../../cloud/provider';
import { sampleProfile } from '../../profiles/testing/sample-profile';
import type { HandedPort } from '../../watch/rpc';
import { createFakeClock, type FakeClock } from '../../watch/testing/fake-clock';
import type { UnlockFact } from '../facts';
import { type ConsoleService, type ConsoleWindows, createConsoleService } from './console-service';

const CANARY = 'canary-address-4711';
const cloud = { provider: 'aliyun', region: 'cn-hangzhou', instanceId: 'i-1' } as const;
const vnc = { host: '192.0.2.7', port: 5901, via: 'direct' } as const;

let clock: FakeClock;
let profile: ConnectionProfile | undefined;
let provider: CloudProvider | null;
let addresses: Result<ConsoleAddress>[];
let shown: ('shown' | 'expired' | 'failed' | 'refused')[];
let did: string[];
let rows: AuditRecord[];
let facts: UnlockFact[];
let open: readonly OpenConsole[];
let vncEvents: Parameters<ConsoleWindows['openVnc']>[2] | undefined;
let vncInfo: ConsolePageInfo | undefined;
let closeProvider: (() => void) | undefined;
let service: ConsoleService;

const addressOf = (): ConsoleAddress => ({
  url: () => `https://g.alicdn.com/console?vncUrl=${CANARY}`,
  page: 'https://g.alicdn.com/console',
  hosts: [],
  socket: 'wss://vnc.example.com',
  validUntilMs: clock.now() + 15_000,
  idleMs: 300_000,
});

beforeEach(() => {
  clock = createFakeClock();
  profile = sampleProfile(1, { name: 'web-01', cloud, vnc });
  addresses = [];
  shown = [];
  did = [];
  rows = [];
  facts = [];
  open = [];
  provider = {
    consoleUrl: async () => {
      did.push('fetch');
      return addresses.shift() ?? ok(addressOf());
    },
    setConsolePassword: async (_ref: unknown, password: string) => {
      did.push(`password ${password}`);
      return ok(null);
    },
  } as unknown as CloudProvider;
  const row = (record: AuditRecord): Result<AuditRow> => {
    rows.push(record);
    return ok(record as AuditRow);
  };
  service = createConsoleService({
    profile: () => profile,
    providerOf: () => provider,
    windows: {
      openProvider(title, onClosed) {
        did.push(`window ${title}`);
        closeProvider = onClosed;
        return {
          load: async (address) => {
            did.push(address.url().includes(CANARY) ? 'load' : 'nothing');
            return shown.shift() ?? 'shown';
          },
          focus: () => did.push('focus'),
          close: () => {
            did.push('close');
            onClosed();
          },
        };
      },
      openVnc(_title, info, events) {
        vncInfo = info;
        vncEvents = events;
        did.push('vnc window');
        return { focus: () => did.push('focus'), close: () => events.closed() };
      },
    },
    connectVnc: async () => ok(null),
    facts: { note: (fact) => facts.push(fact) },
    audit: {
      append: async (record) => row(record),
      appendLater: async (record) => void row(record),
    },
    clock,
    admin: () => 'anna',
    title: (name) => `Console: ${name}`,
    practice: false,
    language: () => 'en',
    quit: new AbortController().signal,
    onChange: (now) => {
      open = now;
    },
  });
});

const id = () => profile?.id ?? '';
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

describe('the console of a cloud', () => {
  it('is fetched at the click, shown in its window, noted and written down', async () => {
    expect(await service.open(id(), 'cloud')).toEqual(ok(null));
    expect(did).toEqual(['fetch', 'window Console: web-01', 'load', 'focus']);
    expect(open).toEqual([
      { id: id(), kind: 'cloud', openedAtMs: clock.now(), addressValidUntilMs: clock.now() + 15_000 },
    ]);
    expect(facts).toMatchObject([{ kind: 'consoleOpened', console: 'cloud', who: 'anna' }]);
    expect(rows).toMatchObject([
      { action: 'consoleOpened', outcome: 'succeeded', instance: { instanceId: 'i-1', name: 'web-01' } },
    ]);
    expect(JSON.stringify([rows, facts, open])).not.toContain(CANARY);
  });

  it('gets a new address in the window that is there', async () => {
    await service.open(id(), 'cloud');
    await service.open(id(), 'cloud');
    expect(did.filter((one) => one.startsWith('window'))).toHaveLength(1);
    expect(did.filter((one) => one === 'fetch')).toHaveLength(2);
    closeProvider?.();
    expect(open).toEqual([]);
    await service.open(id(), 'cloud');
    expect(did.filter((one) => one.startsWith('window'))).toHaveLength(2);
  });

  it('is fetched again by itself once, when the page came too late', async () => {
    shown = ['expired', 'shown'];
    expect(await service.open(id(), 'cloud')).toEqual(ok(null));
    expect(did.filter((one) => one === 'fetch')).toHaveLength(2);
  });

  it('is given up when it came too late twice', async () => {
    shown = ['expired', 'expired', 'shown'];
    expect(codeOf(await service.open(id(), 'cloud'))).toBe('console.expired');
    expect(did.filter((one) => one === 'fetch')).toHaveLength(2);
    expect(open).toEqual([]);
    expect(facts).toEqual([]);
    expect(rows).toMatchObject([{ outcome: 'failed', error: 'console.expired' }]);
  });

  it.each([
    ['failed', 'console.pageNotLoaded'],
    ['refused', 'console.pageRefused'],
  ] as const)('that %s is said without its address', async (what, code) => {
    shown = [what];
    const answer = await service.open(id(), 'cloud');
    expect(codeOf(answer)).toBe(code);
    expect(JSON.stringify(answer)).not.toContain(CANARY);
    expect(did.at(-1)).toBe('close');
  });

  it('that the cloud denies opens no window', async () => {
    addresses = [err(appError('cloud.denied', { action: 'ecs:DescribeInstanceVncUrl', requestId: 'r' }))];
    expect(codeOf(await service.open(id(), 'cloud'))).toBe('cloud.denied');
    expect(did).toEqual(['fetch']);
  });

  it('is not fetched more than six times a minute, for each instance', async () => {
    for (let at = 0; at < 6; at++) expect(codeOf(await service.open(id(), 'cloud'))).toBe('ok');
    await clock.advance(20_000);
    const refused = await service.open(id(), 'cloud');
    expect(refused).toMatchObject({ error: { code: 'console.tooOften', params: { seconds: 40 } } });
    expect(did.filter((one) => one === 'fetch')).toHaveLength(6);
    await clock.advance(40_000);
    expect(codeOf(await service.open(id(), 'cloud'))).toBe('ok');
  });

  it('is not fetched twice at once', async () => {
    const both = await Promise.all([service.open(id(), 'cloud'), service.open(id(), 'cloud')]);
    expect(both.map(codeOf)).toEqual(['ok', 'app.busy']);
  });
});

describe('the console over VNC', () => {
  it('is one window, which says whether others can read along', async () => {
    await service.open(id(), 'vnc');
    await service.open(id(), 'vnc');
    expect(did).toEqual(['vnc window', 'focus']);
    expect(vncInfo).toMatchObject({ name: 'web-01', vnc, exposed: true });
    expect(open).toMatchObject([{ kind: 'vnc', addressValidUntilMs: null }]);
  });

  it('is noted when the screen is shown, and each Ctrl+Alt+Del', async () => {
    await service.open(id(), 'vnc');
    await vncEvents?.connect({} as HandedPort);
    expect(facts).toEqual([]);
    vncEvents?.shown();
    vncEvents?.ctrlAltDelSent();
    expect(facts.map(({ kind }) => kind)).toEqual(['consoleOpened', 'ctrlAltDelSent']);
    expect(rows).toMatchObject([{ action: 'consoleOpened', after: 'VNC 192.0.2.7:5901 (direct)' }]);
  });

  it('is closed with its profile', async () => {
    await service.open(id(), 'vnc');
    profile = undefined;
    service.profilesChanged();
    expect(open).toEqual([]);
  });
});

describe('which consoles there are', () => {
  it('is told without asking anybody', () => {
    expect(service.describe(id())).toMatchObject({
      ok: true,
      value: { cloud: { state: 'ready' }, vnc: { host: '192.0.2.7', exposed: true } },
    });
    expect(did).toEqual([]);
  });

  it('is none without an account, with another provider, or without anything', async () => {
    provider = null;
    expect(service.describe(id())).toMatchObject({ value: { cloud: { state: 'noAccount' } } });
    expect(codeOf(await service.open(id(), 'cloud'))).toBe('console.none');
    profile = sampleProfile(1, { cloud: { ...cloud, provider: 'aws' } });
    expect(service.describe(id())).toMatchObject({ value: { cloud: { state: 'notOffered' }, vnc: null } });
    expect(codeOf(await service.open(id(), 'vnc'))).toBe('console.none');
    profile = sampleProfile(1, { cloud: null });
    expect(service.describe(id())).toEqual(ok({ cloud: null, vnc: null }));
  });
});

describe('the password of a cloud’s console', () => {
  it('is set between two rows that do not hold it', async () => {
    expect(await service.setPassword(id(), 'Canar1')).toEqual(ok(null));
    expect(did).toEqual(['password Canar1']);
    expect(rows.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'vncPasswordSet begun',
      'vncPasswordSet succeeded',
    ]);
    expect(JSON.stringify(rows)).not.toContain('Canar1');
  });
});
