import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { appError } from '../../../../shared/errors';
import type { RdpStep, RdpStepName } from '../../../../shared/rdp';
import { err, ok, type Result } from '../../../../shared/result';
import { networkError } from '../../../sources/ssh/net-errors';
import type { Findings } from '../rules/findings';
import { notReached, type Reached, type TalkOptions, talk } from './talk';
import type { ProbeTools } from './tools';

/** The next address is tried beside those before it after so long, milliseconds (RFC 8305). */
const NEXT_ADDRESS_MS = 250;
const MOST_ADDRESSES = 6;

interface Address {
  readonly address: string;
  readonly family: number;
}

type Limited = Pick<ProbeTools, 'after' | 'ticks'>;

/** Races a promise against time and the signal; what comes too late is forgotten. */
function within<T>(
  work: Promise<Result<T>>,
  ms: number,
  host: string,
  tools: Limited,
  signal: AbortSignal,
): Promise<Result<T>> {
  return new Promise((resolve) => {
    const settle = (result: Result<T>): void => {
      stop();
      signal.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const onAbort = (): void => settle(err(appError('app.cancelled')));
    const stop = tools.after(ms, () =>
      settle(err(appError('net.timeout', { host, seconds: Math.ceil(ms / 1000) }))),
    );
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) return onAbort();
    void work.then(settle);
  });
}

async function addressesOf(host: string): Promise<Result<readonly Address[]>> {
  const family = isIP(host);
  if (family !== 0) return ok([{ address: host, family }]);
  try {
    const found = await lookup(host, { all: true, verbatim: true });
    return found.length > 0 ? ok(found) : err(networkError({ code: 'ENOTFOUND' }, { host }));
  } catch (cause) {
    return err(networkError(cause, { host }));
  }
}

/** What says more about why nothing could be reached stands before what says less. */
const TELLING = ['net.refused', 'net.timeout', 'net.unreachable'];

/** Connects to the first address that answers, each tried a moment after the one before it. */
function connectAny(
  addresses: readonly Address[],
  host: string,
  port: number,
  tools: Limited,
  ended: AbortSignal,
): Promise<Result<{ readonly socket: Socket; readonly roundTripMs: number }>> {
  return new Promise((resolve) => {
    const waiting = new Set<Socket>();
    const errors: ReturnType<typeof networkError>[] = [];
    const rest = [...addresses];
    let stopNext = (): void => undefined;
    let settled = false;
    const finish = (): void => {
      settled = true;
      stopNext();
      for (const socket of waiting) socket.destroy();
      waiting.clear();
    };
    ended.addEventListener('abort', finish, { once: true });
    const next = (): void => {
      stopNext();
      const address = rest.shift();
      if (settled || !address) return;
      const startedAt = tools.ticks();
      const socket = connect({ host: address.address, port, family: address.family, noDelay: true });
      waiting.add(socket);
      socket.once('connect', () => {
        waiting.delete(socket);
        finish();
        ended.removeEventListener('abort', finish);
        socket.removeAllListeners('error');
        socket.on('error', () => undefined);
        resolve(ok({ socket, roundTripMs: tools.ticks() - startedAt }));
      });
      socket.on('error', (cause) => {
        waiting.delete(socket);
        if (settled) return;
        errors.push(networkError(cause, { host, port }));
        if (rest.length > 0) next();
        else if (waiting.size === 0) {
          finish();
          errors.sort((a, b) => TELLING.indexOf(a.code) - TELLING.indexOf(b.code));
          resolve(err(errors[0] ?? appError('net.unreachable', { host, port })));
        }
      });
      if (rest.length > 0) stopNext = tools.after(NEXT_ADDRESS_MS, next);
    };
    next();
  });
}

export type ProbeHere = (
  host: string,
  port: number,
  options: Omit<TalkOptions, 'host'>,
) => Promise<Result<Findings>>;

const familyOf = ({ family }: Address): 'ipv4' | 'ipv6' => (family === 6 ? 'ipv6' : 'ipv4');

/** One probe over a TCP connection from here. Error: app.cancelled; everything else is a finding. */
export const probeHere: ProbeHere = async (host, port, options) => {
  const { limits, tools, signal, onStep } = options;
  const steps: RdpStep[] = [];
  const step = async <T>(name: RdpStepName, run: () => Promise<Result<T>>): Promise<Result<T>> => {
    onStep(name);
    const startedAt = tools.ticks();
    const result = await run();
    steps.push({ step: name, passed: result.ok, ms: tools.ticks() - startedAt });
    return result;
  };
  const reached = (roundTripMs: number | null, addresses: readonly Address[]): Reached => ({
    steps,
    roundTripMs,
    families: [...new Set(addresses.map(familyOf))],
  });

  const resolving = (): Promise<Result<readonly Address[]>> =>
    within(addressesOf(host), limits.nameMs, host, tools, signal);
  const found = isIP(host) === 0 ? await step('name', resolving) : await addressesOf(host);
  if (!found.ok) {
    return found.error.code === 'app.cancelled'
      ? found
      : ok(notReached(reached(null, []), unresolved(found)));
  }
  const addresses = found.value.slice(0, MOST_ADDRESSES);
  const connecting = new AbortController();
  const attempt = connectAny(addresses, host, port, tools, connecting.signal);
  const connected = await step('connect', () => within(attempt, limits.connectMs, host, tools, signal));
  if (!connected.ok) {
    connecting.abort();
    // It may have come about in the moment in which the time was up.
    void attempt.then((late) => late.ok && late.value.socket.destroy());
    if (connected.error.code === 'app.cancelled') return connected;
    return ok(notReached(reached(null, addresses), connected.error));
  }
  const { socket, roundTripMs } = connected.value;
  return talk(socket, reached(roundTripMs, addresses), { ...options, host });
};

/** A name that could not be resolved in time says nothing about the port. */
const unresolved = ({ error }: { readonly error: ReturnType<typeof networkError> }) =>
  error.code === 'net.timeout' ? appError('net.nameNotFound', error.params) : error;
