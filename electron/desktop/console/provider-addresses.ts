import { isThisComputer } from '../../../shared/console';

/** What the window with a provider's console may load; of an address in `ConsoleAddress` the parts that count here. */
export interface ProviderPage {
  readonly page: string;
  readonly hosts: readonly string[];
  readonly socket: string;
}

const parse = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

const matches = (host: string, pattern: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;

/**
 * Whether a page may be shown as a provider's console at all: one of https; in a practice run one of a stand-in on
 * this computer, and no other. Pure.
 */
export function mayShow({ page, socket }: ProviderPage, practice: boolean): boolean {
  const url = parse(page);
  const speaks = parse(socket);
  if (!url || !speaks || url.username !== '' || url.password !== '') return false;
  if (practice) return url.protocol === 'http:' && isThisComputer(url.hostname);
  return url.protocol === 'https:' && speaks.protocol === 'wss:' && !isThisComputer(speaks.hostname);
}

/** Whether the window may go to this address: the page itself with other parameters, and nothing else. Pure. */
export function mayGoTo({ page }: Pick<ProviderPage, 'page'>, address: string): boolean {
  const url = parse(address);
  const own = parse(page);
  return (
    url !== null &&
    own !== null &&
    url.origin === own.origin &&
    url.pathname === own.pathname &&
    url.username === '' &&
    url.password === ''
  );
}

/**
 * Whether the page may load this: what lies with it, what its provider serves over https, pictures that it makes
 * itself, and the one socket of this console. Everything else, what counts visitors included, is refused. Pure.
 */
export function mayLoadInConsole({ page, hosts, socket }: ProviderPage, address: string): boolean {
  const url = parse(address);
  const own = parse(page);
  if (!url || !own || url.username !== '' || url.password !== '') return false;
  switch (url.protocol) {
    case 'data:':
    case 'blob:':
      return true;
    case 'ws:':
    case 'wss:':
      return `${url.protocol}//${url.host}` === socket;
    case 'http:':
    case 'https:':
      if (url.origin === own.origin) return true;
      return url.protocol === 'https:' && url.port === '' && hosts.some((one) => matches(url.hostname, one));
    default:
      return false;
  }
}
