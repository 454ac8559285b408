import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type AppError, appError } from '../../../../shared/errors';
import { err, ok } from '../../../../shared/result';
import { selfSigned } from '../../../lab/self-signed';
import { realisticServer, startServer, type TestServer } from '../testing/rdp-servers';
import { realTools } from '../testing/tools';
import { type OpenTunnel, probeThroughTunnel } from './through-tunnel';

const running: TestServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});
const YEAR_MS = 365 * 86_400_000;
const identity = selfSigned('WEB-ÄÖ', Date.now() - YEAR_MS, Date.now() + YEAR_MS);
const never = new AbortController().signal;

/** A tunnel that is a connection to a server of the test, and how often it was closed. */
async function tunnelTo(serve: Parameters<typeof startServer>[0], ended?: AppError) {
  const server = await startServer(serve);
  running.push(server);
  const asked: unknown[] = [];
  let closed = 0;
  const open: OpenTunnel = async (place) => {
    asked.push(place);
    const stream = connect(server.port, '127.0.0.1');
    await once(stream, 'connect');
    return ok({ stream, ended, close: async () => void closed++ });
  };
  return { open, asked, closed: () => closed };
}

describe('the probe through a tunnel', () => {
  it('reaches the instance itself and finds what a probe from here would', async () => {
    const tunnel = await tunnelTo(realisticServer(identity));
    const found = await probeThroughTunnel(tunnel.open, 3391, 'usual', realTools, never);
    expect(found).toMatchObject({
      ok: true,
      value: { talk: { kind: 'confirm', security: 'nla' }, error: null, roundTripMs: null },
    });
    expect(found.ok && found.value.certificate?.selfSigned).toBe(true);
    expect(found.ok && found.value.steps.map(({ step }) => step)).toEqual(['tunnel', 'negotiate', 'encrypt']);
    expect(tunnel.asked).toEqual([{ host: '127.0.0.1', port: 3391, from: 'instance' }]);
    expect(tunnel.closed()).toBe(1);
  });

  it('tells a refused port from a tunnel that could not be had', async () => {
    for (const code of ['net.refused', 'ssh.forwardRefused', 'ssh.passwordRefused'] as const) {
      const found = await probeThroughTunnel(
        async () => err(appError(code)),
        3389,
        'usual',
        realTools,
        never,
      );
      expect(found).toMatchObject({ ok: true, value: { talk: null, error: { code } } });
    }
    const place = { host: '127.0.0.1', port: 3389 };
    for (const [params, passed] of [
      [place, true],
      [{ ...place, port: 22 }, false],
      [{ ...place, host: '192.0.2.1' }, false],
    ] as const) {
      const found = await probeThroughTunnel(
        async () => err(appError('net.refused', params)),
        3389,
        'usual',
        realTools,
        never,
      );
      expect(found).toMatchObject({ ok: true, value: { steps: [{ step: 'tunnel', passed }] } });
    }
    const cancelled = await probeThroughTunnel(
      async () => err(appError('app.cancelled')),
      3389,
      'usual',
      realTools,
      never,
    );
    expect(cancelled).toMatchObject({ ok: false, error: { code: 'app.cancelled' } });
  });

  it('blames the SSH connection for what it broke', async () => {
    const hangUp: Parameters<typeof startServer>[0] = (socket) => socket.once('data', () => socket.destroy());
    const broken = await tunnelTo(hangUp, appError('net.closed'));
    expect(await probeThroughTunnel(broken.open, 3389, 'usual', realTools, never)).toMatchObject({
      ok: true,
      value: { talk: null, error: { code: 'net.closed' } },
    });
    const whole = await tunnelTo(hangUp);
    expect(await probeThroughTunnel(whole.open, 3389, 'usual', realTools, never)).toMatchObject({
      ok: true,
      value: { talk: { kind: 'hungUp' } },
    });
  });
});
