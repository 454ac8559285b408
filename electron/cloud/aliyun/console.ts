import { z } from 'zod';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { ConsoleAddress, InstanceRef } from '../provider';
import { type Reader, readOne } from './reading';

/**
 * The provider's own page for a console, with the version that its documentation names. Nobody has tried it from here
 * on the live cloud.
 */
const PAGE = 'https://g.alicdn.com/aliyun/ecs-console-vnc2/0.0.8/index.html';
/** What the page loads: its scripts and styles lie with it. */
const PAGE_HOSTS = ['*.alicdn.com'];
/** How long an address may be used to connect, from the documentation. */
const VALID_MS = 15_000;
/** How long a console may be idle before the provider ends it, from the documentation (older pages: 60 s). */
const IDLE_MS = 300_000;

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

const answerSchema = z.object({ VncUrl: z.string().min(1).max(4096) });

/** Where the page lies: with the provider, or beside a stand-in on this computer. */
function pageOf(endpoint: string | null): { readonly page: string; readonly hosts: readonly string[] } {
  const own = endpoint === null ? null : new URL(endpoint);
  if (own?.protocol !== 'http:' || !LOOPBACK.has(own.hostname)) return { page: PAGE, hosts: PAGE_HOSTS };
  return { page: `${own.origin}${new URL(PAGE).pathname}`, hosts: [] };
}

/** The socket that an address names, and the address as it stands in a query. Null: it is none. */
export function readVncUrl(text: string): { readonly encoded: string; readonly socket: string } | null {
  // It comes percent-encoded. One that does not is encoded here; none is encoded twice.
  const encoded = /^wss?:\/\//i.test(text) ? encodeURIComponent(text) : text;
  if (!/^[\w.~!*'()%-]+$/.test(encoded)) return null;
  let address: string;
  try {
    address = decodeURIComponent(encoded);
  } catch {
    return null;
  }
  if (!URL.canParse(address)) return null;
  const { protocol, origin, host } = new URL(address);
  const socket = origin === 'null' ? `${protocol}//${host}` : origin;
  return protocol === 'wss:' || protocol === 'ws:' ? { encoded, socket } : null;
}

/** Fetches an address for the console of an instance. Errors: cloud.*. */
export async function fetchConsoleAddress(
  reader: Reader,
  { region, instanceId }: InstanceRef,
  endpoint: string | null,
  now: () => number,
): Promise<Result<ConsoleAddress>> {
  const action = 'DescribeInstanceVncUrl';
  const fetchedAtMs = now();
  const answer = await readOne(reader, action, { InstanceId: instanceId, RegionId: region }, answerSchema);
  if (!answer.ok) return answer;
  const address = readVncUrl(answer.value.VncUrl);
  if (!address) {
    return err(appError('cloud.unreadableAnswer', { action, status: 200, code: '-', requestId: '-' }));
  }
  const { page, hosts } = pageOf(endpoint);
  // `True` with a capital makes the page fail.
  const url = `${page}?vncUrl=${address.encoded}&instanceId=${encodeURIComponent(instanceId)}&isWindows=true`;
  return ok({
    url: () => url,
    page,
    hosts,
    socket: address.socket,
    validUntilMs: fetchedAtMs + VALID_MS,
    idleMs: IDLE_MS,
  });
}

/** Sets the password that the console asks for. Errors: cloud.*. Setting it twice sets the same. */
export async function setVncPassword(
  { client, signal }: Reader,
  { region, instanceId }: InstanceRef,
  password: string,
): Promise<Result<null>> {
  const answer = await client.call(
    {
      service: 'ecs',
      region,
      action: 'ModifyInstanceVncPasswd',
      parameters: { InstanceId: instanceId, RegionId: region, VncPassword: password },
      kind: 'repeatable',
    },
    signal,
  );
  return answer.ok ? ok(null) : answer;
}
