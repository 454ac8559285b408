import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { ok, type Result } from '../../shared/result';
import { endOf } from './message-ends';
import { createRpc, type MessageEnd } from './rpc';

type Requests = {
  readonly double: { readonly input: bigint; readonly output: bigint };
  readonly hang: { readonly input: null; readonly output: null };
  readonly throw: { readonly input: string; readonly output: null };
};
type Events = { readonly said: string };

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const channel of channels.splice(0)) channel.port1.close();
});

function pair() {
  const channel = new MessageChannel();
  channels.push(channel);
  const heard: string[] = [];
  let onHeard = () => {};
  const server = createRpc<Record<never, never>, Events, Requests, Record<never, never>>(
    endOf(channel.port2),
    {
      double: (input) => ok(input * 2n),
      hang: () => new Promise<Result<null>>(() => {}),
      throw: (secret) => {
        throw new Error(secret);
      },
    },
    {},
  );
  const client = createRpc<Requests, Record<never, never>, Record<never, never>, Events>(
    endOf(channel.port1),
    {},
    {
      said: (text) => {
        heard.push(text);
        onHeard();
      },
    },
  );
  const nextHeard = () => new Promise<void>((resolve) => (onHeard = resolve));
  return { client, server, heard, nextHeard, raw: channel.port2 };
}

describe('requests over a message channel', () => {
  it('carries values that JSON could not', async () => {
    const { client } = pair();
    expect(await Promise.all([client.request('double', 21n), client.request('double', 2n ** 70n)])).toEqual([
      ok(42n),
      ok(2n ** 71n),
    ]);
  });

  it('turns an exception into an error without its words', async () => {
    const { client } = pair();
    const answer = await client.request('throw', 'canary-secret');
    expect(answer).toMatchObject({ ok: false, error: { code: 'app.internal' } });
    expect(JSON.stringify(answer)).not.toContain('canary');
  });

  it('refuses what it does not know', async () => {
    const { client } = pair();
    const request = client.request as (name: string, input: unknown) => Promise<Result<unknown>>;
    expect(await request('toString', null)).toMatchObject({ error: { code: 'app.unknownChannel' } });
  });

  it('answers what is open when it is closed, and what comes after', async () => {
    const { client } = pair();
    const open = client.request('hang', null);
    client.close();
    expect(await open).toMatchObject({ error: { code: 'store.unavailable' } });
    expect(await client.request('hang', null)).toMatchObject({ error: { code: 'store.unavailable' } });
  });

  it('delivers events, and passes over what has another shape', async () => {
    const { server, heard, nextHeard, raw } = pair();
    const said = nextHeard();
    for (const junk of [null, 7, 'x', {}, { kind: 'reply', id: 'x' }, { kind: 'reply', id: 99, body: {} }]) {
      raw.postMessage(junk);
    }
    server.emit('said', 'hello');
    await said;
    expect(heard).toEqual(['hello']);
  });

  it('works over any pair of ends', async () => {
    const ends: ((message: unknown) => void)[] = [];
    const end = (mine: number, other: number): MessageEnd => ({
      post: (message) => queueMicrotask(() => ends[other]?.(message)),
      listen: (listener) => {
        ends[mine] = listener;
      },
    });
    createRpc<
      Record<never, never>,
      Record<never, never>,
      { readonly ping: { input: null; output: string } },
      Record<never, never>
    >(end(0, 1), { ping: () => ok('pong') }, {});
    const client = createRpc<
      { readonly ping: { input: null; output: string } },
      Record<never, never>,
      Record<never, never>,
      Record<never, never>
    >(end(1, 0), {}, {});
    expect(await client.request('ping', null)).toEqual(ok('pong'));
  });
});
