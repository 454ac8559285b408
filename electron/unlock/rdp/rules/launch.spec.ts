import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rdpClientIdSchema, rdpGatewaySchema, rdpUserSchema } from '../../../../shared/rdp-client';
import { FILE, type FoundClient, type Launch, type LaunchTarget, placeOf, planLaunch } from './launch';

const clientOf = (id: FoundClient['id'], change: Partial<FoundClient> = {}): FoundClient => ({
  id,
  name: id,
  path: `/opt/${id}`,
  major: null,
  terminal: null,
  ...change,
});
const target = (change: Partial<LaunchTarget> = {}): LaunchTarget => ({
  host: 'web01.example.com',
  port: 3390,
  user: null,
  gateway: null,
  fullScreen: false,
  ...change,
});
function plan(client: FoundClient, where: LaunchTarget): Launch {
  const planned = planLaunch(client, where);
  if (!planned.ok) throw new Error(planned.error.code);
  return planned.value;
}
function textOf({ file }: Launch): string {
  const bytes = Buffer.from(file?.bytes ?? []);
  return bytes[0] === 0xff && bytes[1] === 0xfe
    ? bytes.subarray(2).toString('utf16le')
    : bytes.toString('utf8');
}

/** What admins call accounts, and what somebody may try instead. */
const AWKWARD = [
  'Administrator',
  'SHOP\\Anna Müller',
  'anna@shop.example',
  '管理者',
  'Иван "Ваня" O\'Brien',
  '/p:secret',
  '-u',
  '+clipboard',
  '--help',
  '/v:evil.example',
  '$(reboot)',
  '`id`;rm -rf /',
  '%PATH%',
  'a\' b" c',
  '/u:x /v:y',
  'a:s:b',
  '[remmina]',
];

describe('the arguments of a client', () => {
  it('are a list in which every value has its prefix', () => {
    const where = target({ user: 'SHOP\\Anna "Ä" O\'Brien', gateway: 'gw.example.com', fullScreen: true });
    expect(plan(clientOf('xfreerdp', { major: 2 }), where)).toEqual({
      program: '/opt/xfreerdp',
      args: [
        '/v:web01.example.com:3390',
        '/u:SHOP\\Anna "Ä" O\'Brien',
        '/g:gw.example.com',
        '-auto-reconnect',
        '/f',
      ],
      file: null,
    });
    expect(plan(clientOf('sdlFreerdp', { major: 3 }), where).args).toContain('/gateway:g:gw.example.com');
    const terminal = { path: '/usr/bin/xterm', before: ['-e'] };
    expect(plan(clientOf('xfreerdp', { terminal }), target({ user: '-u' }))).toEqual({
      program: '/usr/bin/xterm',
      args: ['-e', '/opt/xfreerdp', '/v:web01.example.com:3390', '/u:-u', '-auto-reconnect'],
      file: null,
    });
  });

  it('name an IPv6 address in brackets, and refuse what is no host', () => {
    expect(placeOf('2001:db8::7', 3389)).toBe('[2001:db8::7]:3389');
    expect(placeOf('fe80::1%eth0', 3389)).toBe('[fe80::1%eth0]:3389');
    expect(placeOf('münchen.example', 3389)).toBe('münchen.example:3389');
    for (const host of ['', '-x', '/v:x', 'a b', 'a,b', 'a:b\nc', 'x]', 'a\r\nb', '::1]:3389 /p:x']) {
      expect(placeOf(host, 3389)).toBeNull();
      expect(planLaunch(clientOf('xfreerdp'), target({ host }))).toMatchObject({
        ok: false,
        error: { code: 'app.invalidArgument' },
      });
    }
  });

  it('hold no value that became another argument', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('xfreerdp', 'wlfreerdp', 'sdlFreerdp'),
        fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary', maxLength: 60 })),
        fc.oneof(fc.constant(null), fc.constant('gw.example.com'), fc.string({ maxLength: 20 })),
        fc.boolean(),
        (id, user, gateway, fullScreen) => {
          const client = clientOf(id, { terminal: { path: '/usr/bin/xterm', before: ['-e'] } });
          const planned = planLaunch(client, target({ user, gateway, fullScreen }));
          const allowed =
            rdpUserSchema.safeParse(user).data === user &&
            (gateway === null || rdpGatewaySchema.safeParse(gateway).data === gateway);
          expect(planned.ok).toBe(allowed);
          if (!planned.ok) return;
          expect(planned.value.args).toEqual([
            '-e',
            `/opt/${id}`,
            '/v:web01.example.com:3390',
            `/u:${user}`,
            ...(gateway === null ? [] : [`/g:${gateway}`]),
            '-auto-reconnect',
            ...(fullScreen ? ['/f'] : []),
          ]);
        },
      ),
    );
  });
});

describe('the temporary file of a client', () => {
  it('asks for the password, saves none and does not reconnect by itself', () => {
    const launch = plan(clientOf('mstsc'), target({ user: 'SHOP\\anna', gateway: 'gw.example.com' }));
    expect(launch.args).toEqual([FILE]);
    const text = textOf(launch);
    for (const line of [
      'full address:s:web01.example.com:3390',
      'username:s:SHOP\\anna',
      'prompt for credentials:i:1',
      'autoreconnection enabled:i:0',
      'gatewayhostname:s:gw.example.com',
      'drivestoredirect:s:',
    ]) {
      expect(text.split('\r\n')).toContain(line);
    }
    expect(text).not.toMatch(/password/i);
    expect([...(launch.file?.bytes.subarray(0, 4) ?? [])]).toEqual([...Buffer.from('full')]);
    const latin = plan(clientOf('mstsc'), target({ user: '管理者' }));
    expect([...(latin.file?.bytes.subarray(0, 2) ?? [])]).toEqual([0xff, 0xfe]);
    expect(textOf(latin).split('\r\n')).toContain('username:s:管理者');
  });

  it('is one that Remmina reads', () => {
    const launch = plan(clientOf('remmina'), target({ user: 'SHOP\\Anna Müller' }));
    expect(launch.args).toEqual(['-c', FILE]);
    const lines = textOf(launch).split('\n');
    expect(lines[0]).toBe('[remmina]');
    for (const line of ['username=Anna Müller', 'domain=SHOP', 'disableautoreconnect=1']) {
      expect(lines).toContain(line);
    }
    expect(plan(clientOf('windowsApp'), target()).args).toEqual(['-a', '/opt/windowsApp', FILE]);
  });

  it('has as many lines whatever the names in it are', () => {
    const files = rdpClientIdSchema.options.filter((id) => !id.toLowerCase().includes('freerdp'));
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary', maxLength: 60 })),
        (id, user) => {
          const plain = plan(clientOf(id), target({ user: 'x' }));
          const planned = planLaunch(clientOf(id), target({ user }));
          expect(planned.ok).toBe(rdpUserSchema.safeParse(user).data === user);
          if (!planned.ok) return;
          const ends = /[\n\r\u2028\u2029\u0085\v\f\0]/;
          const lines = (launch: Launch) => textOf(launch).replaceAll('\r\n', '\n').split('\n');
          expect(lines(planned.value)).toHaveLength(lines(plain).length);
          for (const line of lines(planned.value)) expect(line).not.toMatch(ends);
        },
      ),
    );
  });
});
