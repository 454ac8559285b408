import { EventEmitter, once } from 'node:events';
import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { ConsoleFromHost } from '../../../shared/console';
import { appError } from '../../../shared/errors';
import { type ByteLinkOptions, type LinkPort, linkBytes } from './byte-link';

class FakePort extends EventEmitter implements LinkPort {
  readonly said: ConsoleFromHost[] = [];
  closed = false;
  postMessage(message: unknown): void {
    this.said.push(structuredClone(message) as ConsoleFromHost);
  }
  start(): void {}
  close(): void {
    this.closed = true;
  }
  hear(data: unknown): void {
    this.emit('message', { data });
  }
  get bytes(): number {
    return this.said.reduce((sum, one) => sum + (one.kind === 'data' ? one.bytes.length : 0), 0);
  }
}

/** A server: `sent` is what it got; `push` sends. */
class FakeServer extends Duplex {
  readonly sent: Buffer[] = [];
  deaf = false;
  override _read(): void {}
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.sent.push(chunk);
    if (!this.deaf) done();
  }
}

function setUp(change: Partial<ByteLinkOptions> = {}) {
  const port = new FakePort();
  const server = new FakeServer();
  const ended = linkBytes({
    stream: server,
    port,
    lost: () => undefined,
    failed: () => appError('net.closed'),
    ...change,
  });
  return { port, server, ended };
}

/** Everything that is due to happen by itself has happened. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('bytes between a VNC server and the page', () => {
  it('go both ways, each chunk whole', async () => {
    const { port, server } = setUp();
    server.push(Buffer.from('RFB 003.008\n'));
    await once(server, 'data');
    port.hear({ kind: 'data', bytes: new Uint8Array([1, 2, 3]) });
    expect(port.said).toEqual([
      { kind: 'opened' },
      { kind: 'data', bytes: new Uint8Array(Buffer.from('RFB 003.008\n')) },
    ]);
    expect(Buffer.concat(server.sent)).toEqual(Buffer.from([1, 2, 3]));
  });

  it('wait for a page that does not take them, and go on when it does', async () => {
    const { port, server } = setUp({ windowBytes: 100 });
    for (let at = 0; at < 50; at++) server.push(Buffer.alloc(10));
    for (let at = 0; at < 10; at++) await turn();
    expect(port.bytes).toBe(100);
    port.hear({ kind: 'taken', bytes: 60 });
    for (let at = 0; at < 10; at++) await turn();
    expect(port.bytes).toBe(160);
  });

  it('are nothing but what the page may send', async () => {
    const { port, server } = setUp();
    for (const message of [
      null,
      'RFB',
      { kind: 'data', bytes: 'text' },
      { kind: 'data' },
      { kind: 'taken', bytes: -5 },
      { kind: 'taken', bytes: 0.5 },
      { kind: 'connect', host: 'elsewhere' },
    ])
      port.hear(message);
    await turn();
    expect(server.sent).toEqual([]);
    expect(port.said).toEqual([{ kind: 'opened' }]);
  });

  it('end with the server', async () => {
    const { port, server, ended } = setUp();
    server.push(null);
    await ended;
    expect(port.said.at(-1)).toEqual({ kind: 'ended', error: null });
    expect(port.closed).toBe(true);
    expect(server.destroyed).toBe(true);
  });

  it('end with the tunnel, whose reason is told', async () => {
    const lost = appError('net.timeout', { host: 'web-1', seconds: 0 });
    const { port, server, ended } = setUp({ lost: () => lost });
    server.destroy();
    await ended;
    expect(port.said.at(-1)).toEqual({ kind: 'ended', error: lost });
  });

  it('end with an error of the connection', async () => {
    const { port, server, ended } = setUp();
    server.destroy(new Error('reset'));
    await ended;
    expect(port.said.at(-1)).toMatchObject({ kind: 'ended', error: { code: 'net.closed' } });
  });

  it.each(['said', 'gone'] as const)('end with the page (%s)', async (how) => {
    const { port, server, ended } = setUp();
    if (how === 'said') port.hear({ kind: 'close' });
    else port.emit('close');
    await ended;
    expect(server.destroyed).toBe(true);
  });

  it('are given up when the server takes nothing any more', async () => {
    const { port, server, ended } = setUp();
    server.deaf = true;
    for (let at = 0; at < 6; at++) port.hear({ kind: 'data', bytes: new Uint8Array(1024 * 1024) });
    await ended;
    expect(server.destroyed).toBe(true);
  });
});
