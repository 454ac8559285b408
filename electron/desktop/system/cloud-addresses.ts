/** Names of the cloud's own interfaces that the app calls: of a region, and the central ones. */
const ALIYUN_HOST = /^(?:(?:ecs|sts)\.[a-z]{2}[a-z0-9-]{1,38}|ecs|ecs-cn-hangzhou)\.aliyuncs\.com$/;

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

export interface CallableAddresses {
  /** A practice run reaches stand-ins on this computer and nothing else; any other run never reaches those. */
  readonly practice: boolean;
  /** Addresses of the services that are asked for the public address, as they are configured now. */
  readonly services: readonly string[];
}

/**
 * Whether the app itself may call this address: the ECS and STS interfaces, and the address services chosen in the
 * settings, exactly as they stand there. Everything else is refused, whoever asks. Pure.
 */
export function mayCall(address: string, { practice, services }: CallableAddresses): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (practice) return url.protocol === 'http:' && LOOPBACK.has(url.hostname);
  if (url.protocol !== 'https:') return false;
  if (services.some((service) => URL.canParse(service) && new URL(service).href === url.href)) return true;
  return url.port === '' && url.pathname === '/' && ALIYUN_HOST.test(url.hostname);
}
