import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { IsolationView } from '../../../shared/isolation';
import type { RdpProof } from '../../../shared/rdp';
import { startSshd } from '../ssh/sshd';
import { lookerAt } from './look';
import { otherComputer } from './namespace';
import { freePort, startScreen, startShadow, startXrdp } from './servers';

const endings: (() => Promise<unknown>)[] = [];
const later = <T extends { stop(): Promise<unknown> }>(server: T): T => {
  endings.push(() => server.stop());
  return server;
};
afterEach(async () => {
  for (const stop of endings.splice(0).reverse()) await stop();
});

const keys = ({ reasons }: RdpProof): string[] => reasons.map(({ key }) => key);

describe('the probe against xrdp', () => {
  it.each(['tls', 'negotiate'] as const)('finds TLS without NLA with security_layer=%s', async (security) => {
    const xrdp = later(await startXrdp({ security }));
    const proof = await (await lookerAt(xrdp.port)).probe();
    expect(proof).toMatchObject({
      verdict: 'rdpWithoutNla',
      security: 'tls',
      error: null,
      certificate: { subject: 'CN=xrdp.test', selfSigned: true, firstSeen: true },
    });
    expect(keys(proof)).toEqual(['rdp.reason.security.tls', 'rdp.reason.shouldBeNla']);
    expect(proof.steps.map(({ step, passed }) => [step, passed])).toEqual([
      ['connect', true],
      ['negotiate', true],
      ['encrypt', true],
    ]);
    expect(proof.roundTripMs).toBeGreaterThan(0);
  });

  it('finds the old encryption with security_layer=rdp', async () => {
    const xrdp = later(await startXrdp({ security: 'rdp' }));
    const proof = await (await lookerAt(xrdp.port)).probe();
    expect(proof).toMatchObject({ verdict: 'rdpWithoutNla', security: 'standard', certificate: null });
    expect(keys(proof)).toContain('rdp.reason.shouldBeNla');
  });

  it.each(['TLSv1.2', 'TLSv1.3'])('sees the certificate over %s alone', async (protocols) => {
    const xrdp = later(await startXrdp({ security: 'tls', protocols }));
    const proof = await (await lookerAt(xrdp.port)).probe();
    expect(proof.certificate?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  it('says that the certificate changed between two looks, until it is accepted', async () => {
    const first = await startXrdp({ security: 'tls' });
    const looker = await lookerAt(first.port);
    const before = await looker.probe();
    expect((await looker.probe()).certificate).toMatchObject({ firstSeen: false, previousFingerprint: null });
    await first.stop();
    later(await startXrdp({ security: 'tls', port: first.port }));
    const after = await looker.probe();
    expect(after.certificate?.fingerprint).not.toBe(before.certificate?.fingerprint);
    expect(after.certificate?.previousFingerprint).toBe(before.certificate?.fingerprint);
    expect(keys(after)).toContain('rdp.reason.certificateChanged');
    await looker.accept(after.certificate?.fingerprint ?? '');
    expect((await looker.probe()).certificate?.previousFingerprint).toBeNull();
  });
});

describe('the probe against FreeRDP’s own server', () => {
  it('finds NLA, offered beside TLS or insisted on', async () => {
    const screen = later(await startScreen());
    const lax = later(await startShadow(screen.display, ['+sec-nla', '+sec-tls']));
    const looker = await lookerAt(lax.port);
    expect(await looker.probe()).toMatchObject({ verdict: 'rdpWithNla', security: 'nla', error: null });
    expect(await looker.insists()).toBe(false);
    const strict = later(await startShadow(screen.display, ['+sec-nla', '-sec-tls', '-sec-rdp']));
    const second = await lookerAt(strict.port);
    expect(await second.probe()).toMatchObject({ verdict: 'rdpWithNla', certificate: { firstSeen: true } });
    expect(await second.insists()).toBe(true);
  });
});

describe('the probe against what is not Remote Desktop', () => {
  it('names OpenSSH', async () => {
    const sshd = await startSshd();
    endings.push(() => sshd.dispose());
    const proof = await (await lookerAt(sshd.port)).probe();
    expect(proof.verdict).toBe('notRdp');
    expect(proof.reasons).toEqual([{ key: 'rdp.reason.other', params: { service: 'ssh', port: sshd.port } }]);
  });

  it('names a web server', async () => {
    const server: Server = createServer((_request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endings.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as AddressInfo;
    const proof = await (await lookerAt(port)).probe();
    expect(proof).toMatchObject({ verdict: 'notRdp', reasons: [{ params: { service: 'http' } }] });
  });

  it('says that nothing serves the port', async () => {
    const proof = await (await lookerAt(await freePort())).probe();
    expect(proof).toMatchObject({ verdict: 'noService', error: { code: 'net.refused' } });
  });
});

const root = process.getuid?.() === 0;
describe.skipIf(!root)('the probe against a firewall (a network namespace needs root)', () => {
  it('tells one that drops from one that rejects, and both from rules that keep this address out', async () => {
    const other = await otherComputer();
    endings.push(() => other.remove());
    const { namespace, address } = other;
    const port = await freePort();
    later(await startXrdp({ security: 'tls', port, namespace, address }));
    const looker = await lookerAt(port, { host: address });
    expect((await looker.probe()).verdict).toBe('rdpWithoutNla');

    await other.firewall(port, '-j', 'DROP');
    const dropped = await looker.probe();
    expect(dropped).toMatchObject({ verdict: 'filtered', error: { code: 'net.timeout' }, roundTripMs: null });
    expect(dropped.durationMs).toBeLessThan(7000);
    const closed = { state: 'isolated', readError: null, exposure: { verdict: 'closed' } };
    const isolated = await lookerAt(port, { host: address, isolation: closed as unknown as IsolationView });
    expect(await isolated.probe()).toMatchObject({
      verdict: 'closedByRule',
      reasons: [{ key: 'rdp.reason.closedIsolated' }],
    });

    await other.firewall(port, '-j', 'REJECT', '--reject-with', 'tcp-reset');
    expect((await looker.probe()).verdict).toBe('noService');
    await other.firewall(port, '-j', 'REJECT', '--reject-with', 'icmp-port-unreachable');
    expect((await looker.probe()).verdict).toBe('noService');
    await other.firewall(port, '-j', 'REJECT', '--reject-with', 'icmp-host-prohibited');
    expect((await looker.probe()).verdict).toBe('unreachable');
    await other.firewall(port);
    expect((await looker.probe()).verdict).toBe('rdpWithoutNla');
  });
});
