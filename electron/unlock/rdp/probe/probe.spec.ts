import { Duplex } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RdpStepName } from '../../../../shared/rdp';
import { selfSigned } from '../../../lab/self-signed';
import type { Findings } from '../rules/findings';
import type { RdpOffer } from '../rules/x224';
import {
  bareConfirm,
  confirm,
  realisticServer,
  refusal,
  startServer,
  type TestServer,
} from '../testing/rdp-servers';
import { handTools, longLimits, realTools } from '../testing/tools';
import { negotiate } from './negotiate';
import { probeHere } from './reach';
import type { ProbeTools } from './tools';

const running: TestServer[] = [];
const serve: typeof startServer = async (how) => {
  const server = await startServer(how);
  running.push(server);
  return server;
};
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

const YEAR_MS = 365 * 86_400_000;
const identity = selfSigned('WEB-ÄÖ', Date.now() - YEAR_MS, Date.now() + YEAR_MS);
const never = new AbortController().signal;

async function probe(
  server: Pick<TestServer, 'port'>,
  how: { offer?: RdpOffer; tools?: ProbeTools; signal?: AbortSignal; steps?: RdpStepName[] } = {},
): Promise<Findings> {
  const found = await probeHere('127.0.0.1', server.port, {
    offer: how.offer ?? 'usual',
    limits: longLimits,
    tools: how.tools ?? realTools,
    signal: how.signal ?? never,
    onStep: (step) => how.steps?.push(step),
  });
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}

describe('the probe of Remote Desktop', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('finds NLA and the certificate over %s', async (tls) => {
    const server = await serve(realisticServer(identity, { tls }));
    const steps: RdpStepName[] = [];
    const findings = await probe(server, { steps });
    expect(findings.talk).toEqual({ kind: 'confirm', security: 'nla' });
    expect(findings.error).toBeNull();
    expect(findings.certificate).toMatchObject({ selfSigned: true });
    expect(findings.certificate?.subject).toContain('WEB-');
    expect(findings.certificate?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(findings.certificate?.validToMs).toBeGreaterThan(Date.now());
    expect(steps).toEqual(['connect', 'negotiate', 'encrypt']);
    expect(findings.steps.map(({ step, passed }) => [step, passed])).toEqual([
      ['connect', true],
      ['negotiate', true],
      ['encrypt', true],
    ]);
    expect(findings.roundTripMs).toBeGreaterThan(0);
    expect(findings.families).toEqual(['ipv4']);
  });

  it('sends nineteen bytes that name nobody, and nothing after the handshake', async () => {
    const server = await serve((socket) => socket.once('data', () => socket.write(confirm(0))));
    expect((await probe(server)).talk).toEqual({ kind: 'confirm', security: 'standard' });
    expect(server.received).toEqual(['030000130ee000000000000100080' + '00b000000']);
  });

  it('stops at the answer when it asks without NLA', async () => {
    const server = await serve(realisticServer(identity));
    const findings = await probe(server, { offer: 'tlsOnly' });
    expect(findings.talk).toEqual({ kind: 'refused', failure: 'nlaRequired', code: 5 });
    const lax = await serve(realisticServer(identity, { withoutNla: confirm(1) }));
    const second = await probe(lax, { offer: 'tlsOnly' });
    expect(second.talk).toEqual({ kind: 'confirm', security: 'tls' });
    expect(second.certificate).toBeNull();
  });

  it.each([
    [1, 'tlsRequired'],
    [2, 'tlsNotAllowed'],
    [3, 'noCertificate'],
    [4, 'inconsistentFlags'],
    [5, 'nlaRequired'],
    [6, 'clientCertificateRequired'],
    [99, 'other'],
  ])('reads refusal %i', async (code, failure) => {
    const server = await serve((socket) => socket.once('data', () => socket.write(refusal(code))));
    expect((await probe(server)).talk).toEqual({ kind: 'refused', failure, code });
  });

  it.each([
    ['a server from before negotiation', bareConfirm, { kind: 'confirm', security: 'standard' }],
    ['RDSTLS', confirm(4), { kind: 'confirm', security: 'rdsTls' }],
    ['garbage', Buffer.from('deadbeefdeadbeef', 'hex'), { kind: 'other', service: 'other' }],
    ['OpenSSH', Buffer.from('SSH-2.0-OpenSSH_9.2\r\n'), { kind: 'other', service: 'ssh' }],
    ['a web server', Buffer.from('HTTP/1.1 400 Bad Request\r\n'), { kind: 'other', service: 'http' }],
    ['a disconnect', Buffer.from('0300000b06800000000000', 'hex'), { kind: 'disconnected' }],
    ['a protocol that is none', confirm(3), { kind: 'other', service: 'other' }],
  ])('reads %s', async (_, answer, talk) => {
    const server = await serve((socket) => socket.once('data', () => socket.write(answer)));
    const found = probe(server);
    // What chose encryption and does not speak it is ended by the server's close.
    if (answer[15] === 4) await vi.waitFor(() => expect(server.received[0]?.length).toBeGreaterThan(38));
    if (answer[15] === 4) await server.close();
    expect((await found).talk).toEqual(talk);
  });

  it('reads an answer that comes one byte at a time', async () => {
    const server = await serve((socket) =>
      socket.once('data', () => {
        socket.setNoDelay(true);
        const left = [...confirm(0)];
        const drip = (): void => {
          const next = left.shift();
          if (next !== undefined) socket.write(Buffer.from([next]), () => setImmediate(drip));
        };
        drip();
      }),
    );
    expect((await probe(server)).talk).toEqual({ kind: 'confirm', security: 'standard' });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'silent'],
    ['half an answer', confirm(2).subarray(0, 10), 'half'],
  ])('waits no longer than it may for %s', async (_, answer, kind) => {
    const tools = handTools();
    const stream = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
    const found = negotiate(stream, 'usual', 1000, tools, never);
    if (answer.length > 0) stream.push(answer);
    await new Promise((resolve) => setImmediate(resolve));
    tools.fire();
    expect(await found).toEqual({ ok: true, value: { kind } });
    stream.destroy();
  });

  it('waits no longer than it may for the handshake', async () => {
    const tools = handTools();
    const server = await serve((socket) => socket.once('data', () => socket.write(confirm(2))));
    const findings = probe(server, { tools });
    await vi.waitFor(() => expect(server.received[0]?.length).toBeGreaterThan(38));
    tools.fire();
    expect(await findings).toMatchObject({
      talk: { kind: 'confirm', security: 'nla' },
      certificate: null,
      error: { code: 'net.timeout' },
    });
  });

  it.each([
    ['is closed', (socket: import('node:net').Socket) => socket.end()],
    ['is reset', (socket: import('node:net').Socket) => socket.resetAndDestroy()],
  ])('notes a connection that %s instead of an answer', async (_, how) => {
    const server = await serve((socket) => socket.once('data', () => how(socket)));
    expect((await probe(server)).talk).toEqual({ kind: 'hungUp' });
  });

  it.each([
    ['ends', (socket: import('node:net').Socket) => socket.end()],
    ['is reset', (socket: import('node:net').Socket) => socket.resetAndDestroy()],
    ['is no TLS', (socket: import('node:net').Socket) => socket.write('no TLS here at all')],
  ])('notes a handshake that %s', async (_, how) => {
    const server = await serve((socket) =>
      socket.once('data', () => {
        socket.write(confirm(8));
        socket.once('data', () => how(socket));
      }),
    );
    expect(await probe(server)).toMatchObject({
      talk: { kind: 'confirm', security: 'nlaExtended' },
      certificate: null,
      error: { code: 'rdp.tlsFailed' },
    });
  });

  it('refuses ten megabytes, before the handshake and in it', async () => {
    const flood = Buffer.alloc(10 * 1024 * 1024, 0x16);
    const early = await serve((socket) => socket.once('data', () => socket.write(flood)));
    expect((await probe(early)).talk).toEqual({ kind: 'other', service: 'other' });
    // Records of TLS that never end: handshake messages, each with a fragment of one that is very long.
    const record = Buffer.concat([
      Buffer.from([0x16, 3, 3, 0x40, 0x00, 0x02, 0xff, 0xff, 0xff]),
      Buffer.alloc(0x3ffc, 1),
    ]);
    const late = await serve((socket) =>
      socket.once('data', () => {
        socket.write(confirm(2));
        socket.once('data', () => {
          for (let sent = 0; sent < flood.length; sent += record.length) socket.write(record);
        });
      }),
    );
    const findings = await probe(late);
    expect(findings.certificate).toBeNull();
    expect(['rdp.tlsFailed', 'rdp.tooMuch']).toContain(findings.error?.code);
  });

  it('ends when it is called off, at every step', async () => {
    const silent = await serve(() => undefined);
    const half = await serve((socket) => socket.once('data', () => socket.write(confirm(2))));
    for (const [server, sent] of [
      [silent, 37],
      [half, 39],
    ] as const) {
      const controller = new AbortController();
      const found = probeHere('127.0.0.1', server.port, {
        offer: 'usual',
        limits: longLimits,
        tools: realTools,
        signal: controller.signal,
        onStep: () => undefined,
      });
      await vi.waitFor(() => expect(server.received[0]?.length).toBeGreaterThan(sent));
      controller.abort();
      expect(await found).toMatchObject({ ok: false, error: { code: 'app.cancelled' } });
    }
  });

  it('says why a port cannot be reached', async () => {
    const gone = await serve(() => undefined);
    await gone.close();
    const refused = await probe(gone);
    expect(refused).toMatchObject({ talk: null, error: { code: 'net.refused' }, roundTripMs: null });
    expect(refused.steps).toEqual([{ step: 'connect', passed: false, ms: expect.any(Number) }]);
  });

  it('resolves a name, and says when there is none', async () => {
    const server = await serve(realisticServer(identity));
    const how = {
      offer: 'usual',
      limits: longLimits,
      tools: realTools,
      signal: never,
      onStep: () => undefined,
    } as const;
    const named = await probeHere('localhost', server.port, how);
    expect(named.ok && named.value.talk).toEqual({ kind: 'confirm', security: 'nla' });
    expect(named.ok && named.value.steps[0]?.step).toBe('name');
    const none = await probeHere('no-such-host.invalid', 3389, how);
    expect(none.ok && none.value).toMatchObject({ talk: null, error: { code: 'net.nameNotFound' } });
  });
});
