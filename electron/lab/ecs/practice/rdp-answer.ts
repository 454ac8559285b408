/**
 * The first exchange of a Remote Desktop connection, [MS-RDPBCGR] 2.2.1.1 and 2.2.1.2: an X.224 connection request in
 * a TPKT packet, and the confirm that settles which security is used.
 */

const TPKT_VERSION = 3;
const CONNECTION_REQUEST = 0xe0;
const CONNECTION_CONFIRM = 0xd0;
const NEGOTIATION_REQUEST = 1;
const NEGOTIATION_RESPONSE = 2;
const NEGOTIATION_FAILURE = 3;
/** Network level authentication, which the stand-in insists on as Windows does. */
const PROTOCOL_HYBRID = 2;
const HYBRID_REQUIRED_BY_SERVER = 5;
/** Extended client data, graphics channel, restricted admin, redirected authentication. */
const RESPONSE_FLAGS = 0x1f;
const TPKT_BYTES = 4;
const FIXED_BYTES = 7;
const NEGOTIATION_BYTES = 8;

export type RdpRequest =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'request'; readonly protocols: number | null };

/** Reads a connection request; `protocols` is null when the client does not negotiate at all. */
export function readRdpRequest(data: Buffer): RdpRequest {
  if (data.length < TPKT_BYTES) return { kind: 'incomplete' };
  const length = data.readUInt16BE(2);
  if (data[0] !== TPKT_VERSION || length < TPKT_BYTES + FIXED_BYTES) return { kind: 'malformed' };
  if (data.length < length) return { kind: 'incomplete' };
  if (data[4] !== length - TPKT_BYTES - 1 || ((data[5] ?? 0) & 0xf0) !== CONNECTION_REQUEST) {
    return { kind: 'malformed' };
  }
  const rest = data.subarray(TPKT_BYTES + FIXED_BYTES, length);
  const negotiation = rest.subarray(Math.max(0, rest.length - NEGOTIATION_BYTES));
  const negotiates =
    negotiation.length === NEGOTIATION_BYTES &&
    negotiation[0] === NEGOTIATION_REQUEST &&
    negotiation.readUInt16LE(2) === NEGOTIATION_BYTES;
  return { kind: 'request', protocols: negotiates ? negotiation.readUInt32LE(4) : null };
}

export const agreesOnNla = (protocols: number): boolean => (protocols & PROTOCOL_HYBRID) !== 0;

/** The confirm: network level authentication when the client can do it, otherwise that it is needed. */
export function rdpConfirm(protocols: number): Buffer {
  const agreed = agreesOnNla(protocols);
  const packet = Buffer.alloc(TPKT_BYTES + FIXED_BYTES + NEGOTIATION_BYTES);
  packet[0] = TPKT_VERSION;
  packet.writeUInt16BE(packet.length, 2);
  packet[4] = packet.length - TPKT_BYTES - 1;
  packet[5] = CONNECTION_CONFIRM;
  packet.writeUInt16BE(0x1234, 8);
  packet[11] = agreed ? NEGOTIATION_RESPONSE : NEGOTIATION_FAILURE;
  packet[12] = agreed ? RESPONSE_FLAGS : 0;
  packet.writeUInt16LE(NEGOTIATION_BYTES, 13);
  packet.writeUInt32LE(agreed ? PROTOCOL_HYBRID : HYBRID_REQUIRED_BY_SERVER, 15);
  return packet;
}
