import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { selfSigned } from '../electron/lab/self-signed';
import { createMemoryFiles } from '../electron/profiles/testing/memory-files';
import { sampleProfile } from '../electron/profiles/testing/sample-profile';
import { createUnlockFacts } from '../electron/unlock/facts';
import { createCertificateStore } from '../electron/unlock/rdp/certificate-store';
import { probeHere } from '../electron/unlock/rdp/probe/reach';
import { probeLimits } from '../electron/unlock/rdp/probe/tools';
import { createRdpService } from '../electron/unlock/rdp/rdp-service';
import { realisticServer, startServer } from '../electron/unlock/rdp/testing/rdp-servers';
import { systemClock } from '../electron/watch/clock';
import { atMost, type Figure, measured, median } from './lib/figure';

const ROUND_TRIP_MS = 80;
const RUNS = 7;
const YEAR_MS = 365 * 86_400_000;

/**
 * What the protocol cannot do without: TCP, the negotiation's question and answer, and a handshake of one round with
 * TLS 1.3, of two with TLS 1.2.
 */
const MINIMUM_ROUNDS = { 'TLSv1.3': 3, 'TLSv1.2': 4 } as const;
type Version = keyof typeof MINIMUM_ROUNDS;

/** Far away: everything takes half a round trip each way. Counts how often the client had to wait for the server. */
async function startDistance(to: number) {
  let connections = 0;
  let waits = 0;
  const server = createServer((client) => {
    connections++;
    let clientSpoke = false;
    const onward = connect({ port: to, host: '127.0.0.1', noDelay: true });
    client.setNoDelay(true);
    const later = (socket: Socket, run: () => void): void =>
      void setTimeout(() => socket.destroyed || run(), ROUND_TRIP_MS / 2);
    client.on('data', (chunk) => {
      clientSpoke = true;
      later(onward, () => onward.write(chunk));
    });
    onward.on('data', (chunk) =>
      later(client, () => {
        if (clientSpoke) waits++;
        clientSpoke = false;
        client.write(chunk);
      }),
    );
    client.on('error', () => onward.destroy());
    onward.on('error', () => client.destroy());
    client.on('close', () => onward.destroy());
    onward.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    waits: () => waits,
    close: () => server.close(),
  };
}

async function oneProbe(version: Version): Promise<{ rounds: number; ms: number }> {
  const identity = selfSigned('WEB01', Date.now() - YEAR_MS, Date.now() + YEAR_MS);
  const server = await startServer(realisticServer(identity, { tls: version }));
  const distance = await startDistance(server.port);
  const certificates = createCertificateStore({
    path: '/certificates.json',
    files: createMemoryFiles(),
    now: systemClock.now,
  });
  await certificates.start();
  const ssh = { host: '127.0.0.1', port: 22, user: 'x', authentication: { kind: 'agent' } } as const;
  const profile = sampleProfile(1, { rdpPort: distance.port, ssh });
  const tools = { ticks: () => performance.now(), after: systemClock.after };
  const service = createRdpService({
    profile: () => profile,
    look: (_profile, _via, offer, onStep, signal) =>
      probeHere('127.0.0.1', distance.port, { offer, limits: probeLimits, tools, signal, onStep }),
    isolation: () => undefined,
    ownAddresses: () => ({ ipv4: null, ipv6: null }),
    certificates,
    facts: createUnlockFacts(),
    admin: () => 'bench',
    now: systemClock.now,
    ticks: tools.ticks,
    onChange: () => undefined,
  });
  const startedAt = performance.now();
  const proof = await service.probe(profile.id, 'here');
  const ms = performance.now() - startedAt;
  const waits = distance.waits();
  if (!proof.ok || proof.value.verdict !== 'rdpWithNla' || proof.value.certificate === null) {
    throw new Error('The probe did not find Remote Desktop with NLA and its certificate');
  }
  service.dispose();
  distance.close();
  await server.close();
  // The first connection to this computer takes no time, and counts all the same.
  return { rounds: 1 + waits, ms: ms + ROUND_TRIP_MS };
}

async function figuresOf(version: Version): Promise<Figure[]> {
  const minimum = MINIMUM_ROUNDS[version];
  const probes: { rounds: number; ms: number }[] = [];
  for (let run = 0; run < RUNS; run++) probes.push(await oneProbe(version));
  const name = version === 'TLSv1.3' ? 'rdp.probe' : 'rdp.probe.tls12';
  const how = `from the click to the verdict with its certificate, ${version}, most of ${RUNS} probes; the least is ${minimum}`;
  const times = probes.map(({ ms }) => ms);
  return [
    atMost(
      `${name}.rounds`,
      Math.max(...probes.map(({ rounds }) => rounds)),
      'round trips',
      minimum + 1,
      how,
    ),
    measured(
      `${name}.time`,
      median(times),
      'ms',
      `${how} (${minimum * ROUND_TRIP_MS} ms); ${ROUND_TRIP_MS} ms a round trip, median`,
    ),
  ];
}

/** The probe of Remote Desktop against a server far away: how often it waits for an answer before its verdict. */
export const benchRdp = async (): Promise<Figure[]> => [
  ...(await figuresOf('TLSv1.3')),
  ...(await figuresOf('TLSv1.2')),
];
