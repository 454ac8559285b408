import type { RdpSecurity } from '../../../../shared/rdp';

/**
 * The first exchange of a Remote Desktop connection, [MS-RDPBCGR] 2.2.1.1 and 2.2.1.2: an X.224 connection request in a
 * TPKT packet that says which security the client can do, and the answer that chooses. It carries no name, no cookie
 * and no credentials.
 */

const TPKT_VERSION = 3;
const TPKT_BYTES = 4;
/** TPKT, then length indicator, code, two references and class of X.224. */
const HEAD_BYTES = 11;
const NEGOTIATION_BYTES = 8;
const CONNECTION_REQUEST = 0xe0;
const CONNECTION_CONFIRM = 0xd0;
const DISCONNECT_REQUEST = 0x80;
const REQUEST_TYPE = 1;
const RESPONSE_TYPE = 2;
const FAILURE_TYPE = 3;

/** The length indicator is one byte: a longer answer is not X.224. */
export const LONGEST_ANSWER_BYTES = TPKT_BYTES + 1 + 255;

/** What a client offers. `usual`: TLS and both kinds of NLA, as today's clients do. `tlsOnly`: no NLA. */
export type RdpOffer = 'usual' | 'tlsOnly';

const PROTOCOLS: Readonly<Record<RdpOffer, number>> = { usual: 0x1 | 0x2 | 0x8, tlsOnly: 0x1 };

const SECURITY: ReadonlyMap<number, RdpSecurity> = new Map([
  [0, 'standard'],
  [1, 'tls'],
  [2, 'nla'],
  [4, 'rdsTls'],
  [8, 'nlaExtended'],
  [16, 'rdsAad'],
]);

/** Why a server refuses what it was offered, 2.2.1.2.2. */
const FAILURES = [
  'tlsRequired',
  'tlsNotAllowed',
  'noCertificate',
  'inconsistentFlags',
  'nlaRequired',
  'clientCertificateRequired',
] as const;
export type RdpFailure = (typeof FAILURES)[number] | 'other';

/** What answers instead, when it gives itself away. */
export type OtherService = 'ssh' | 'http' | 'tls' | 'vnc' | 'text' | 'other';

export type RdpAnswer =
  | { readonly kind: 'confirm'; readonly security: RdpSecurity }
  | { readonly kind: 'refused'; readonly failure: RdpFailure; readonly code: number }
  /** X.224, but it hangs up in words of that protocol. */
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'other'; readonly service: OtherService };

/** The connection request: nineteen bytes. */
export function connectionRequest(offer: RdpOffer): Uint8Array {
  const length = HEAD_BYTES + NEGOTIATION_BYTES;
  const packet = new Uint8Array(length);
  const view = new DataView(packet.buffer);
  packet[0] = TPKT_VERSION;
  view.setUint16(2, length);
  packet[4] = length - TPKT_BYTES - 1;
  packet[5] = CONNECTION_REQUEST;
  packet[HEAD_BYTES] = REQUEST_TYPE;
  view.setUint16(HEAD_BYTES + 2, NEGOTIATION_BYTES, true);
  view.setUint32(HEAD_BYTES + 4, PROTOCOLS[offer], true);
  return packet;
}

/**
 * Reads what a server has answered so far; `null` while it may still become an answer. What follows the packet makes
 * it something else: a server has nothing to say before the client goes on.
 */
export function readAnswer(data: Uint8Array): RdpAnswer | null {
  if (data.length === 0) return null;
  const other: RdpAnswer = { kind: 'other', service: serviceOf(data) };
  if (data[0] !== TPKT_VERSION || (data.length > 1 && data[1] !== 0)) return other;
  if (data.length < TPKT_BYTES) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const length = view.getUint16(2);
  if (length < HEAD_BYTES || length > LONGEST_ANSWER_BYTES || data.length > length) return other;
  if (data.length > TPKT_BYTES && data[TPKT_BYTES] !== length - TPKT_BYTES - 1) return other;
  if (data.length < length) return null;
  const code = (data[5] ?? 0) & 0xf0;
  if (code === DISCONNECT_REQUEST) return { kind: 'disconnected' };
  if (code !== CONNECTION_CONFIRM) return other;
  // A server from before negotiation says nothing of it: RDP's own encryption.
  if (length === HEAD_BYTES) return { kind: 'confirm', security: 'standard' };
  if (length !== HEAD_BYTES + NEGOTIATION_BYTES) return other;
  if (view.getUint16(HEAD_BYTES + 2, true) !== NEGOTIATION_BYTES) return other;
  const value = view.getUint32(HEAD_BYTES + 4, true);
  if (data[HEAD_BYTES] === RESPONSE_TYPE) {
    const security = SECURITY.get(value);
    return security === undefined ? other : { kind: 'confirm', security };
  }
  if (data[HEAD_BYTES] !== FAILURE_TYPE) return other;
  return { kind: 'refused', failure: FAILURES[value - 1] ?? 'other', code: value };
}

function serviceOf(data: Uint8Array): OtherService {
  const text = String.fromCharCode(...data.subarray(0, 16));
  if (text.startsWith('SSH-')) return 'ssh';
  if (/^(HTTP\/|<!|<h)/i.test(text)) return 'http';
  if (text.startsWith('RFB ')) return 'vnc';
  if ((data[0] === 0x15 || data[0] === 0x16) && data[1] === 0x03) return 'tls';
  return data.length >= 4 && /^[\x20-\x7e\r\n\t]+$/.test(text) ? 'text' : 'other';
}
