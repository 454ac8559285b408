/** Security types of RFB by number (RFC 6143 7.1.2 and its registry), and those that are spoken here. */
export const SECURITY_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'None'],
  [2, 'VNC'],
  [5, 'RA2'],
  [6, 'RA2ne'],
  [13, 'RA2_256'],
  [16, 'Tight'],
  [18, 'TLS'],
  [19, 'VeNCrypt'],
  [20, 'SASL'],
  [22, 'xvp'],
  [30, 'Apple'],
  [113, 'MS-Logon II'],
  [129, 'Unix login'],
  [130, 'External SSO'],
]);
const SPOKEN = new Set([1, 2, 6, 16, 19, 22, 30, 113]);
/** These negotiate again below themselves, and mostly end in something that is not spoken here. */
const LAST = new Set([16, 19]);

const VERSION_BYTES = 12;

export interface Handshake {
  /** Takes what the server sent, and gives what may be passed on: all of it, in time. */
  take(bytes: Uint8Array): Uint8Array[];
  /** `other`: what answers does not speak RFB. */
  readonly speaks: 'nothing' | 'rfb' | 'other';
  /** The security types that the server offered; empty until then. */
  readonly offered: readonly number[];
}

const join = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

/** The order in which to take them: the server's, but for those that would only lead into a dead end. */
const inOrder = (types: readonly number[]): number[] => [
  ...types.filter((type) => !LAST.has(type)),
  ...types.filter((type) => LAST.has(type)),
];

export const unsupportedOnly = (types: readonly number[]): boolean =>
  types.length > 0 && !types.some((type) => SPOKEN.has(type));

/**
 * Listens to the beginning of a connection. The client takes the first type that it knows from the server's list; one
 * that lists VeNCrypt before VNC's own password would then be left without a try at the latter, so the list is passed
 * on in another order. The choice is the client's in the protocol; nothing that the server said is left out. Pure but
 * for what it has heard.
 */
export function createHandshake(): Handshake {
  let held: Uint8Array = new Uint8Array();
  let phase: 'version' | 'types' | 'over' = 'version';
  let speaks: Handshake['speaks'] = 'nothing';
  let offered: readonly number[] = [];

  function version(): Uint8Array[] {
    const text = String.fromCharCode(...held.subarray(0, VERSION_BYTES));
    if (!'RFB '.startsWith(text.slice(0, 4))) {
      speaks = 'other';
      phase = 'over';
    } else if (held.length >= VERSION_BYTES) {
      const [, major, minor] = /^RFB (\d{3})\.(\d{3})\n/.exec(text) ?? [];
      speaks = major === undefined ? 'other' : 'rfb';
      // Before 3.7 the server decides; 3.6 is UltraVNC's name for 3.3.
      const lists = Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 7);
      phase = speaks === 'rfb' && lists ? 'types' : 'over';
    } else {
      return [];
    }
    const passed = held.subarray(0, VERSION_BYTES);
    held = held.slice(VERSION_BYTES);
    return [passed, ...next()];
  }

  function types(): Uint8Array[] {
    const count = held[0];
    if (count === undefined || held.length < 1 + count) return [];
    offered = [...held.subarray(1, 1 + count)];
    const passed = Uint8Array.from([count, ...inOrder(offered)]);
    held = held.slice(1 + count);
    phase = 'over';
    return [passed, ...next()];
  }

  function next(): Uint8Array[] {
    if (held.length === 0) return [];
    if (phase === 'version') return version();
    if (phase === 'types') return types();
    const rest = held;
    held = new Uint8Array();
    return [rest];
  }

  return {
    take(bytes) {
      if (phase === 'over' && held.length === 0) return [bytes];
      held = join(held, bytes);
      return next();
    },
    get speaks() {
      return speaks;
    },
    get offered() {
      return offered;
    },
  };
}
