import type { PublicAddress } from '../../../shared/cloud';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { Clock } from '../../watch/clock';
import { exchange, type HttpFetch } from '../http';
import { addressIn, MAX_ANSWER_BYTES } from './parse';
import type { AddressService } from './services';

/** Several services answer text to a command-line agent and a page to a browser. It also names neither the app nor
 * the system. */
const AGENT = 'curl/8';
const LIMITS = { headMs: 5000, totalMs: 8000, maxBytes: MAX_ANSWER_BYTES };

export interface AddressFinderOptions {
  readonly fetch: HttpFetch;
  readonly clock: Clock;
  readonly services: readonly AddressService[];
}

type Told = PublicAddress['ipv4'][number];

function gather(answers: readonly { readonly name: string; readonly address: string }[]): Told[] {
  const services = new Map<string, string[]>();
  for (const { name, address } of answers) services.set(address, [...(services.get(address) ?? []), name]);
  return [...services]
    .map(([address, names]) => ({ address, services: names }))
    .toSorted((a, b) => b.services.length - a.services.length);
}

/**
 * Asks every service at once for the address that it sees, IPv4 and IPv6 apart. More than one address of a family
 * means that the services disagree: behind a proxy or several lines, either may be right, and the admin decides.
 * Nothing is sent but the request. Errors: `cloud.addressNotFound` when none tells any, `app.cancelled`.
 */
export async function findPublicAddress(
  options: AddressFinderOptions,
  signal: AbortSignal,
): Promise<Result<PublicAddress>> {
  const { fetch, clock, services } = options;
  const asked = await Promise.all(
    services.map(async ({ name, url }) => {
      const answer = await exchange({
        fetch,
        clock,
        url,
        method: 'GET',
        headers: { accept: 'text/plain', 'user-agent': AGENT },
        limits: LIMITS,
        signal,
        action: name,
      });
      const good = answer.ok && answer.value.status === 200;
      return { name, address: good ? addressIn(answer.value.text) : null };
    }),
  );
  if (signal.aborted) return err(appError('app.cancelled'));
  const told = asked.flatMap(({ name, address }) => (address === null ? [] : [{ name, address }]));
  if (told.length === 0) return err(appError('cloud.addressNotFound'));
  return ok({
    ipv4: gather(told.filter(({ address }) => !address.includes(':'))),
    ipv6: gather(told.filter(({ address }) => address.includes(':'))),
    silent: asked.flatMap(({ name, address }) => (address === null ? [name] : [])),
  });
}
