import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InstanceRef } from '../../../electron/cloud/provider';
import type { FakeCloud } from '../../../electron/isolation/testing/fake-cloud';
import type { NetworkChange } from '../../../shared/network';

/** What the worker asks: a call to the cloud, or leave to go on at a point between two of its own steps. */
export type Asked =
  | { readonly what: 'point'; readonly name: string }
  | {
      readonly what: 'snapshot';
      readonly ref: InstanceRef;
      readonly options: { members?: boolean; groupIds?: readonly string[] };
    }
  | {
      readonly what: 'findGroups';
      readonly region: string;
      readonly tags: Readonly<Record<string, string>>;
    }
  | {
      readonly what: 'apply';
      readonly change: NetworkChange;
      readonly ref: InstanceRef;
      readonly token: string;
    };

export interface CloudServer {
  readonly url: string;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Asked> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text) as Asked;
}

/**
 * A simulated cloud over HTTP for a worker in a process of its own. `reached` is called at every point where the
 * worker can be killed; when it says so, no answer is ever given.
 */
export async function serveCloud(
  cloud: FakeCloud,
  reached: (name: string) => Promise<'go' | 'killed'>,
): Promise<CloudServer> {
  const signal = new AbortController().signal;
  const done = (asked: Exclude<Asked, { what: 'point' }>): Promise<unknown> | undefined => {
    switch (asked.what) {
      case 'apply':
        return cloud.apply(asked.change, asked.ref, asked.token, signal);
      case 'snapshot':
        return cloud.snapshot(asked.ref, signal, asked.options);
      case 'findGroups':
        return cloud.findGroups?.(asked.region, asked.tags, signal);
    }
  };
  const answer = async (asked: Asked): Promise<unknown> => {
    if (asked.what === 'point') return (await reached(asked.name)) === 'go' ? { ok: true } : undefined;
    const name = asked.what === 'apply' ? asked.change.kind : asked.what;
    if ((await reached(`${name}: before its effect`)) === 'killed') return undefined;
    const result = await done(asked);
    return (await reached(`${name}: after its effect`)) === 'go' ? result : undefined;
  };
  const server = createServer((request, response) => {
    void bodyOf(request)
      .then(answer)
      .then((result) => {
        if (result === undefined) response.destroy();
        else response.end(JSON.stringify(result));
      });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
