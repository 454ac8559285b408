import { describe, expect, it } from 'vitest';
import { createHandshake, unsupportedOnly } from './handshake';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const V38 = text('RFB 003.008\n');

function through(...chunks: Uint8Array[]) {
  const handshake = createHandshake();
  const passed = chunks.flatMap((chunk) => handshake.take(chunk)).flatMap((part) => [...part]);
  return { handshake, passed };
}

describe('the beginning of a VNC connection', () => {
  it('is passed on whole, with VeNCrypt and Tight after what is sure to be spoken', () => {
    const { handshake, passed } = through(V38, Uint8Array.from([4, 19, 2, 16, 1]), text('rest'));
    expect(handshake.speaks).toBe('rfb');
    expect(handshake.offered).toEqual([19, 2, 16, 1]);
    expect(passed).toEqual([...V38, 4, 2, 1, 19, 16, ...text('rest')]);
  });

  it('is the same byte by byte', () => {
    const all = [...V38, 3, 19, 2, 1, ...text('rest')];
    const { passed } = through(...all.map((byte) => Uint8Array.from([byte])));
    expect(passed).toEqual([...V38, 3, 2, 1, 19, ...text('rest')]);
  });

  it('is left alone where the server decides', () => {
    const bytes = Uint8Array.from([0, 0, 0, 2, 9, 9]);
    const { handshake, passed } = through(text('RFB 003.003\n'), bytes);
    expect(passed).toEqual([...text('RFB 003.003\n'), ...bytes]);
    expect(handshake.offered).toEqual([]);
  });

  it('passes on a server that offers nothing and says why', () => {
    const { handshake, passed } = through(V38, Uint8Array.from([0, 0, 0, 0, 4]), text('busy'));
    expect(passed).toEqual([...V38, 0, 0, 0, 0, 4, ...text('busy')]);
    expect(handshake.offered).toEqual([]);
  });

  it.each(['SSH-2.0-OpenSSH_9.2\r\n', 'HTTP/1.1 400 Bad Request\r\n', 'RFB 1\n and more of it', '\u0003\0'])(
    'is none of VNC: %j',
    (words) => {
      const { handshake, passed } = through(text(words));
      expect(handshake.speaks).toBe('other');
      expect(passed).toEqual([...text(words)]);
    },
  );

  it('knows when nothing of what is offered is spoken', () => {
    expect(unsupportedOnly([5, 13, 18, 129])).toBe(true);
    expect(unsupportedOnly([18, 2])).toBe(false);
    expect(unsupportedOnly([])).toBe(false);
  });
});
