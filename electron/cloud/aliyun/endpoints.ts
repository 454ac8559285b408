import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';

export type Service = 'ecs' | 'sts';

/** API versions of the services that are called. */
export const versions: Readonly<Record<Service, string>> = { ecs: '2014-05-26', sts: '2015-04-01' };

/** Where lists that belong to no region are asked for. */
export const HOME_REGION = 'cn-hangzhou';

/** Regions whose API answers at a name of its own; every other one follows the pattern. From the documentation. */
const CENTRAL: Readonly<Record<string, string>> = {
  'cn-shanghai-finance-1': 'ecs-cn-hangzhou.aliyuncs.com',
  'cn-shenzhen-finance-1': 'ecs-cn-hangzhou.aliyuncs.com',
  'cn-north-2-gov-1': 'ecs.aliyuncs.com',
};

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether text may be a region: it becomes part of a host name that credentials are shown to. */
export const isRegion = (text: string): boolean => /^[a-z]{2}[a-z0-9-]{1,38}$/.test(text);

/** Checks an endpoint of one's own: https, or http on this computer; nothing but scheme, host and port. */
export function parseEndpoint(text: string): Result<string> {
  const refused = err(appError('cloud.endpointInsecure'));
  if (!URL.canParse(text)) return refused;
  const url = new URL(text);
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return secure && bare ? ok(url.origin) : refused;
}

/** The origin that a call of a region goes to. `cloud.invalid` for what is no region. */
export function originOf(service: Service, region: string, own: string | null): Result<string> {
  if (own !== null) return parseEndpoint(own);
  if (!isRegion(region)) {
    return err(appError('cloud.invalid', { action: service, code: 'RegionId', requestId: '-', status: 0 }));
  }
  if (service === 'ecs' && CENTRAL[region]) return ok(`https://${CENTRAL[region]}`);
  return ok(`https://${service}.${region}.aliyuncs.com`);
}
