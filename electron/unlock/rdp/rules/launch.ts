import { appError } from '../../../../shared/errors';
import { type RdpClientId, rdpGatewaySchema, rdpUserSchema } from '../../../../shared/rdp-client';
import { err, ok, type Result } from '../../../../shared/result';

/** Where a client is to go. No password: it asks for that itself. */
export interface LaunchTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  readonly gateway: string | null;
  readonly fullScreen: boolean;
}

/** A client as it was found on this computer. */
export interface FoundClient {
  readonly id: RdpClientId;
  readonly name: string;
  /** The program's file, or the application on macOS. */
  readonly path: string;
  /** FreeRDP's command line changed with its third version. */
  readonly major: 2 | 3 | null;
  /** The terminal that it is run in, with what goes before the program. */
  readonly terminal: { readonly path: string; readonly before: readonly string[] } | null;
}

/** How a client is started: a program, its arguments as a list, and the file that one of them names. */
export interface Launch {
  readonly program: string;
  /** `FILE` stands for the temporary file's path. */
  readonly args: readonly string[];
  readonly file: { readonly extension: 'rdp' | 'remmina'; readonly bytes: Uint8Array } | null;
}

/** Stands for the temporary file in a list of arguments; no argument of ours reads so otherwise. */
export const FILE = '\0file';

const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}.])?$/u;
const IPV6 = /^[\da-f]*:[\da-f:.]*(?:%[\w.-]+)?$/i;

/** `name:3389` or `[address]:3389`; null when the host is neither a name nor an address. */
export function placeOf(host: string, port: number): string | null {
  if (IPV6.test(host)) return `[${host}]:${port}`;
  return NAME.test(host) ? `${host}:${port}` : null;
}

/** Splits `DOMAIN\name`; a name with `@` stays as it is. */
function domainAndName(user: string): { readonly domain: string; readonly name: string } {
  const at = user.indexOf('\\');
  return at < 0 ? { domain: '', name: user } : { domain: user.slice(0, at), name: user.slice(at + 1) };
}

/** As mstsc writes its files: plain for ASCII, otherwise UTF-16 with its mark. Lines end with CR and LF. */
function encodeRdpFile(lines: readonly string[]): Uint8Array {
  const text = `${lines.join('\r\n')}\r\n`;
  const plain = !/[^\x20-\x7e\r\n]/.test(text);
  const bytes = new Uint8Array(plain ? text.length : 2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  if (!plain) view.setUint16(0, 0xfeff, true);
  for (let at = 0; at < text.length; at++) {
    if (plain) bytes[at] = text.charCodeAt(at);
    else view.setUint16(2 + at * 2, text.charCodeAt(at), true);
  }
  return bytes;
}

/**
 * A connection as mstsc and its relatives read it. It asks for the password, saves none, does not reconnect by itself
 * (a client that goes on with a wrong password locks the account) and shares no drives or printers with an instance
 * that may be under attack.
 */
function rdpFile({ user, gateway, fullScreen }: LaunchTarget, place: string): Uint8Array {
  return encodeRdpFile([
    `full address:s:${place}`,
    ...(user === null ? [] : [`username:s:${user}`]),
    'prompt for credentials:i:1',
    'prompt for credentials on client:i:1',
    'enablecredsspsupport:i:1',
    'authentication level:i:2',
    'autoreconnection enabled:i:0',
    'drivestoredirect:s:',
    'redirectprinters:i:0',
    `screen mode id:i:${fullScreen ? 2 : 1}`,
    ...(gateway === null
      ? ['gatewayusagemethod:i:0']
      : [
          `gatewayhostname:s:${gateway}`,
          'gatewayusagemethod:i:1',
          'gatewayprofileusagemethod:i:1',
          'gatewaycredentialssource:i:4',
        ]),
  ]);
}

/** A value of a GKeyFile: a backslash would begin an escape. */
const keyFileValue = (text: string): string => text.replaceAll('\\', '\\\\').replace(/^ /, '\\s');

function remminaFile({ user, gateway, fullScreen }: LaunchTarget, place: string): Uint8Array {
  const { domain, name } = domainAndName(user ?? '');
  const lines = [
    '[remmina]',
    'protocol=RDP',
    `name=${keyFileValue(place)}`,
    `server=${keyFileValue(place)}`,
    `username=${keyFileValue(name)}`,
    `domain=${keyFileValue(domain)}`,
    'disableautoreconnect=1',
    'disablepasswordstoring=1',
    // Remmina's numbers: 1 scrolled window, 2 full screen.
    `viewmode=${fullScreen ? 2 : 1}`,
    ...(gateway === null ? [] : [`gateway_server=${keyFileValue(gateway)}`]),
  ];
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

function freeRdpArguments(target: LaunchTarget, place: string, major: FoundClient['major']): string[] {
  const { user, gateway, fullScreen } = target;
  return [
    `/v:${place}`,
    ...(user === null ? [] : [`/u:${user}`]),
    ...(gateway === null ? [] : [major === 3 ? `/gateway:g:${gateway}` : `/g:${gateway}`]),
    '-auto-reconnect',
    ...(fullScreen ? ['/f'] : []),
  ];
}

/**
 * How a client is started towards a target. Every value stands behind a prefix in an argument of its own, or on a line
 * of its own in a file: none can become another argument or line. Error: app.invalidArgument, for a host, user or
 * gateway that could.
 */
export function planLaunch(client: FoundClient, target: LaunchTarget): Result<Launch> {
  const place = placeOf(target.host, target.port);
  const fits =
    place !== null &&
    (target.user === null || rdpUserSchema.safeParse(target.user).data === target.user) &&
    (target.gateway === null || rdpGatewaySchema.safeParse(target.gateway).data === target.gateway);
  if (!fits) return err(appError('app.invalidArgument'));
  const { id, path, major, terminal } = client;
  switch (id) {
    case 'mstsc':
      return ok({
        program: path,
        args: [FILE],
        file: { extension: 'rdp', bytes: rdpFile(target, place) },
      });
    case 'windowsApp':
    case 'microsoftRemoteDesktop':
      return ok({
        program: '/usr/bin/open',
        args: ['-a', path, FILE],
        file: { extension: 'rdp', bytes: rdpFile(target, place) },
      });
    case 'remmina':
      return ok({
        program: path,
        args: ['-c', FILE],
        file: { extension: 'remmina', bytes: remminaFile(target, place) },
      });
    case 'sdlFreerdp':
    case 'xfreerdp':
    case 'wlfreerdp': {
      const args = freeRdpArguments(target, place, major);
      return ok(
        terminal === null
          ? { program: path, args, file: null }
          : { program: terminal.path, args: [...terminal.before, path, ...args], file: null },
      );
    }
  }
}
