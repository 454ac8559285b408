import { answersChallenge, newChallenge } from './vnc-authentication';

export type HandshakeStep =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'next'; readonly bytes: number }
  | { readonly kind: 'refused' }
  /** `alone`: the client does not want to share the screen. */
  | { readonly kind: 'done'; readonly bytes: number; readonly alone: boolean };

export interface Handshake {
  /** Looks at what has come and not been used yet; `bytes` of a step are used up. */
  next(data: Buffer): HandshakeStep;
}

const VERSION_BYTES = 12;
const NONE = 1;
const VNC_AUTHENTICATION = 2;

const INCOMPLETE: HandshakeStep = { kind: 'incomplete' };
const REFUSED: HandshakeStep = { kind: 'refused' };
const next = (bytes: number): HandshakeStep => ({ kind: 'next', bytes });

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

function reason(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  return Buffer.concat([word(bytes.length), bytes]);
}

/** RFC 6143 7.1 to 7.3.1: version, security type, authentication, ClientInit. Offers 3.8, knows 3.7 and 3.3. */
export function startHandshake(password: string | null, write: (bytes: Buffer) => void): Handshake {
  const security = password === null ? NONE : VNC_AUTHENTICATION;
  let minor = 8;
  let challenge: Buffer | undefined;
  type State = 'version' | 'security' | 'response' | 'init';
  let state: State = 'version';

  function begin(): void {
    if (security === VNC_AUTHENTICATION) {
      challenge = newChallenge();
      write(challenge);
      state = 'response';
    } else {
      // Before 3.8 there is no word about the outcome when there was nothing to authenticate.
      if (minor >= 8) write(word(0));
      state = 'init';
    }
  }

  const refuse = (text: string): HandshakeStep => {
    write(minor >= 8 ? Buffer.concat([word(1), reason(text)]) : word(1));
    return REFUSED;
  };

  write(Buffer.from('RFB 003.008\n', 'latin1'));
  return {
    next(data) {
      switch (state) {
        case 'version': {
          if (data.length < VERSION_BYTES) return INCOMPLETE;
          const [, asked] = /^RFB 003\.(\d{3})\n$/.exec(data.toString('latin1', 0, VERSION_BYTES)) ?? [];
          if (asked === undefined) return REFUSED;
          minor = Number(asked) >= 8 ? 8 : Number(asked) === 7 ? 7 : 3;
          if (minor === 3) {
            write(word(security));
            begin();
          } else {
            write(Buffer.from([1, security]));
            state = 'security';
          }
          return next(VERSION_BYTES);
        }
        case 'security':
          if (data.length < 1) return INCOMPLETE;
          if (data[0] !== security) return refuse('This security type was not offered.');
          begin();
          return next(1);
        case 'response': {
          if (data.length < 16) return INCOMPLETE;
          const right = answersChallenge(password ?? '', challenge ?? Buffer.alloc(0), data.subarray(0, 16));
          if (!right) return refuse('Authentication failed.');
          write(word(0));
          state = 'init';
          return next(16);
        }
        case 'init':
          if (data.length < 1) return INCOMPLETE;
          return { kind: 'done', bytes: 1, alone: data[0] === 0 };
      }
    },
  };
}
