import { createRequire } from 'node:module';
import type { Endpoint } from './endpoint';

interface RpcClient {
  request(
    action: string,
    parameters: Readonly<Record<string, unknown>>,
    options: { readonly method: 'GET' | 'POST' },
  ): Promise<Record<string, unknown>>;
}

const { RPCClient } = createRequire(__filename)('@alicloud/pop-core') as {
  RPCClient: new (config: Readonly<Record<string, string>>) => RpcClient;
};

/** The older client; unlike the official one it wants the scheme. */
export const popCore = ({ port, key }: Endpoint): RpcClient =>
  new RPCClient({
    endpoint: `http://127.0.0.1:${port}`,
    apiVersion: '2014-05-26',
    accessKeyId: key.id,
    accessKeySecret: key.secret,
  });
