import * as sdk from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import type { Endpoint } from './endpoint';

/** CommonJS seen from a module: the class may be one level deeper. */
const found: unknown = sdk.default;
const Client = (
  typeof found === 'function' ? found : (found as { default: unknown }).default
) as typeof sdk.default;

/** The official client for an endpoint on loopback: no scheme inside `endpoint`, plain HTTP. */
export const officialClient = ({ port, key, region }: Endpoint): sdk.default =>
  new Client(
    new $OpenApiUtil.Config({
      accessKeyId: key.id,
      accessKeySecret: key.secret,
      endpoint: `127.0.0.1:${port}`,
      protocol: 'http',
      regionId: region,
    }),
  );

export { sdk };
