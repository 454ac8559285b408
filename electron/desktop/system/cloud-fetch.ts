import { session } from 'electron';
import type { HttpFetch } from '../../cloud/http';
import type { Log } from '../../log/log';
import { type CallableAddresses, mayCall } from './cloud-addresses';

/**
 * The fetch of everything that main itself asks of the network: through the system's proxy and certificates, in a
 * session of its own that keeps nothing and that no window uses, to the addresses that may be called and no other.
 */
export function createCloudFetch(callable: () => CallableAddresses, log: Log): HttpFetch {
  const own = session.fromPartition('calls', { cache: false });
  own.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = !mayCall(url, callable());
    if (cancel) log.warning('call.denied', { scheme: url.slice(0, url.indexOf(':') + 1) });
    answer({ cancel });
  });
  return (url, init) => own.fetch(url, init);
}
