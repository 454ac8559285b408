import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { Client } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LabEndpoint } from '../../shared/lab';
import { SimulatedClock } from './clock';
import { instanceIdOf } from './ecs/practice/practice-estate';
import { rdpRequest } from './ecs/testing/rdp-client';
import { type Estate, startEstate } from './estate';
import { ask } from './testing/client';

const NOW = Date.UTC(2026, 4, 4, 12);
const NEW_PASSWORD = 'Fresh-Start-2026';
let dataDir = '';
const open: Estate[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lockwatch-power-'));
});
afterEach(async () => {
  for (const estate of open.splice(0)) await estate.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function setUp() {
  const clock = new SimulatedClock(NOW);
  const estate = await startEstate({ dataDir, clock, history: false, only: ['web-01', 'db-03'] });
  open.push(estate);
  const web = estate.instance('web-01');
  const { ecs } = estate.cloud;
  const id = instanceIdOf('web-01');
  const endpoint = () => {
    const [first] = estate.endpoints();
    if (!first) throw new Error('no endpoint');
    return first;
  };
  const reaches = (port: number) =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
  const settled = async () => {
    await estate.cloud.settled();
    await web.settled();
  };
  const block = () => {
    const { SecurityGroupId } = ecs.act('CreateSecurityGroup', { VpcId: 'vpc-practice' });
    const group = String(SecurityGroupId);
    ecs.act('AuthorizeSecurityGroup', {
      SecurityGroupId: group,
      'Permissions.1.IpProtocol': 'TCP',
      'Permissions.1.PortRange': '3389/3389',
      'Permissions.1.SourceCidrIp': '0.0.0.0/0',
      'Permissions.1.Policy': 'Drop',
    });
    ecs.act('JoinSecurityGroup', { InstanceId: id, SecurityGroupId: group });
  };
  return { estate, clock, web, ecs, id, endpoint, reaches, settled, block };
}

/** The certificate behind a negotiated connection. */
async function certificateBehind(stream: Duplex): Promise<string> {
  stream.write(rdpRequest(3));
  const [answer] = await new Promise<Buffer[]>((resolve, reject) => {
    stream.once('data', (data: Buffer) => resolve([data]));
    stream.once('close', () => reject(new Error('closed')));
  });
  expect(answer?.toString('hex')).toBe('030000130ed00000123400021f080002000000');
  return new Promise((resolve, reject) => {
    const secure = connectTls({ socket: stream, rejectUnauthorized: false });
    secure.once('secureConnect', () => {
      resolve(secure.getPeerX509Certificate()?.fingerprint256 ?? '');
      secure.destroy();
      stream.destroy();
    });
    secure.once('error', reject);
  });
}

/** A forwarded connection; `use` is given its near end. */
function through<T>(
  endpoint: LabEndpoint,
  host: string,
  port: number,
  use: (stream: Duplex) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    client.once('ready', () => {
      client.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
        const leave = () => client.end();
        if (error) {
          leave();
          reject(error);
        } else void use(channel).then(resolve, reject).finally(leave);
      });
    });
    client.once('error', reject);
    const { user } = endpoint;
    const privateKey = readFileSync(endpoint.privateKeyPath);
    client.connect({ host: endpoint.host, port: endpoint.port, username: user, privateKey });
  });
}

describe('Remote Desktop of a practice instance', () => {
  it('shows a certificate of its own, the same at the next start', async () => {
    const { estate, endpoint } = await setUp();
    const first = await certificateBehind(connect(endpoint().rdpDoor?.port ?? 0, '127.0.0.1'));
    expect(first).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    await estate.stop();
    const again = await setUp();
    const { rdpDoor } = again.endpoint();
    expect(await certificateBehind(connect(rdpDoor?.port ?? 0, '127.0.0.1'))).toBe(first);
  });

  it('is reached from inside while the security groups keep everybody out', async () => {
    const { endpoint, reaches, settled, block } = await setUp();
    const outside = await certificateBehind(connect(endpoint().rdpDoor?.port ?? 0, '127.0.0.1'));
    block();
    await settled();
    expect(await reaches(endpoint().rdpDoor?.port ?? 0)).toBe(false);
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(await through(endpoint(), host, 3389, certificateBehind)).toBe(outside);
    }
  });

  it('forwards to the domain controllers by their names', async () => {
    const { endpoint, estate } = await setUp();
    const [dc1] = estate.describeDirectory().controllers;
    const certificate = (stream: Duplex) =>
      new Promise<string>((resolve, reject) => {
        const secure = connectTls({ socket: stream, rejectUnauthorized: false });
        secure.once('error', reject);
        secure.once('secureConnect', () => {
          resolve(secure.getPeerX509Certificate()?.fingerprint256 ?? '');
          secure.destroy();
        });
      });
    expect(await through(endpoint(), 'dc1.lab.practice', 636, certificate)).toBe(dc1?.fingerprint);
    await expect(through(endpoint(), 'dc3.lab.practice', 636, certificate)).rejects.toThrow();
    await expect(through(endpoint(), 'dc1.lab.practice', 88, certificate)).rejects.toThrow();
  });

  it('forwards to the console as well, and nowhere else', async () => {
    const { endpoint } = await setUp();
    const greeting = (stream: Duplex) =>
      new Promise<string>((resolve) => {
        stream.once('data', (data: Buffer) => {
          resolve(data.toString());
          stream.destroy();
        });
      });
    expect(await through(endpoint(), '127.0.0.1', 5900, greeting)).toBe('RFB 003.008\n');
    const own = endpoint().vnc?.port ?? 0;
    expect(await through(endpoint(), '127.0.0.1', own, greeting)).toBe('RFB 003.008\n');
    await expect(through(endpoint(), '127.0.0.1', 9, greeting)).rejects.toThrow();
    await expect(through(endpoint(), '192.0.2.1', 3389, greeting)).rejects.toThrow();
  });
});

describe('a restart through the cloud', () => {
  it('fact 20: brings a new password, and only a restart does', async () => {
    const { web, ecs, id, clock, endpoint, reaches, settled } = await setUp();
    const { vnc, rdpDoor, port } = endpoint();
    const services = () => Promise.all([port, vnc?.port ?? 0, rdpDoor?.port ?? 0].map(reaches));
    const old = web.windows.sam.find('Administrator')?.password ?? '';
    ecs.act('ModifyInstanceAttribute', { InstanceId: id, Password: NEW_PASSWORD });
    expect(web.console.signIn('Administrator', old)).toBe(true);
    expect(await services()).toEqual([true, true, true]);

    const status = () => ecs.state.instances.get(id)?.status;
    ecs.act('RebootInstance', { InstanceId: id });
    await settled();
    expect([status(), await services()]).toEqual(['Stopping', [false, false, false]]);
    clock.advance(3_000);
    await settled();
    expect([status(), await services()]).toEqual(['Starting', [false, false, false]]);
    clock.advance(5_000);
    await settled();
    expect([status(), await services()]).toEqual(['Running', [true, true, true]]);
    expect(endpoint()).toMatchObject({ port, vnc: { port: vnc?.port } });

    expect(web.console.view()).toMatchObject({ place: 'lockScreen', signedIn: null });
    expect(web.console.signIn('Administrator', old)).toBe(false);
    expect(web.console.signIn('Administrator', NEW_PASSWORD)).toBe(true);
    const resets = web.windows.log('Security')?.events() ?? [];
    expect(resets.filter(({ eventId }) => eventId === 4724).map(({ data }) => data.SubjectUserSid)).toEqual([
      'S-1-5-18',
    ]);
    expect((await ask(endpoint(), 'hostname')).stdout.toString()).toContain('LAB-WEB-01');
    expect(JSON.stringify(ecs.calls)).not.toContain(NEW_PASSWORD);
  });

  it('R12: does not unlock', async () => {
    const { web, ecs, id, clock, settled } = await setUp();
    const { sam } = web.windows;
    for (let i = 0; i < 10; i++) sam.logon('Administrator', 'x', 'network', clock.now());
    ecs.act('ModifyInstanceAttribute', { InstanceId: id, Password: NEW_PASSWORD });
    ecs.act('RebootInstance', { InstanceId: id });
    clock.advance(8_000);
    await settled();
    expect(sam.logon('Administrator', NEW_PASSWORD, 'network', clock.now()).answer).toBe('lockedOut');
  });
});

describe('the admin’s own sign-in over Remote Desktop', () => {
  it('leaves the evidence of one that worked, and none when it does not get there', async () => {
    const { estate, web, block } = await setUp();
    const trigger = () => estate.trigger({ kind: 'rdpSignIn', instance: 'web-01', account: 'Administrator' });
    const outcome = () => estate.state().instances[0]?.rdpSignIn?.outcome;
    const logons = () =>
      (web.windows.log('Security')?.events() ?? [])
        .filter(({ eventId }) => eventId === 4624 || eventId === 4625)
        .map(({ eventId, data }) => [eventId, data.LogonType, data.IpAddress]);
    await trigger();
    expect(outcome()).toBe('signedIn');
    const { adminAddress } = estate.cloud;
    expect(logons()).toEqual([
      [4624, '3', adminAddress],
      [4624, '10', adminAddress],
    ]);
    for (let i = 0; i < 10; i++) web.windows.sam.logon('Administrator', 'x', 'network', web.windows.now());
    await trigger();
    expect([outcome(), logons().at(-1)]).toEqual(['refused', [4625, '3', adminAddress]]);
    await estate.trigger({ kind: 'consoleSignIn', instance: 'web-01', account: 'Administrator' });
    expect(estate.state().instances[0]?.console).toEqual({ signedIn: 'Administrator' });
    expect(logons().at(-1)).toEqual([4624, '2', '127.0.0.1']);
    await trigger();
    expect(outcome()).toBe('signedIn');
    const before = logons().length;
    block();
    await trigger();
    expect([outcome(), logons().length]).toEqual(['blocked', before]);
  });
});
