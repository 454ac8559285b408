import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createSshSource } from './ssh-source';
import { optionsFor } from './testing/options';

const LISTS = [
  'kex',
  'hostKey',
  'cipherOut',
  'cipherIn',
  'macOut',
  'macIn',
  'compressionOut',
  'compressionIn',
] as const;
type Offer = Readonly<Partial<Record<(typeof LISTS)[number], readonly string[]>>>;

/** The lists of the first packet after the banner: SSH_MSG_KEXINIT (RFC 4253, 7.1). */
function offerIn(bytes: Buffer): Offer | undefined {
  const start = bytes.indexOf('\n') + 1;
  if (start === 0 || bytes.length < start + 4 || bytes.length < start + 4 + bytes.readUInt32BE(start)) {
    return undefined;
  }
  let at = start + 4 + 1 + 1 + 16;
  const lists = LISTS.map((name) => {
    const end = at + 4 + bytes.readUInt32BE(at);
    const names = bytes.toString('latin1', at + 4, end).split(',');
    at = end;
    return [name, names] as const;
  });
  return Object.fromEntries(lists);
}

/** What our client offers, read off the wire by a server that says nothing but its name. */
async function offerOnTheWire(): Promise<Offer> {
  const stop = new AbortController();
  const offered = new Promise<Offer>((resolve) => {
    server.on('connection', (socket) => {
      let bytes = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.write('SSH-2.0-OpenSSH_for_Windows_9.5\r\n');
      socket.on('data', (chunk) => {
        bytes = Buffer.concat([bytes, chunk]);
        const offer = offerIn(bytes);
        if (offer) resolve(offer);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const source = createSshSource(optionsFor((server.address() as AddressInfo).port));
  const connecting = source.connect(stop.signal);
  const offer = await offered;
  stop.abort();
  await connecting;
  await new Promise((resolve) => server.close(resolve));
  return offer;
}
const server = createServer();

describe('what is offered to a server', () => {
  it('is strong, and nothing else', async () => {
    const offer = await offerOnTheWire();
    const all = Object.values(offer).flat();
    const weak = /sha1|md5|cbc|arcfour|3des|blowfish|cast|ripemd|-96|chacha20|zlib|ssh-dss|group1-|^ssh-rsa$/;
    expect(all.filter((name) => weak.test(name))).toEqual([]);
    expect(offer).toMatchObject({ compressionOut: ['none'], compressionIn: ['none'] });
    // Strict key exchange is asked for, and the server is asked which signatures it takes.
    expect(offer.kex).toEqual(
      expect.arrayContaining(['curve25519-sha256', 'kex-strict-c-v00@openssh.com', 'ext-info-c']),
    );
    expect(offer.cipherOut).toEqual(
      expect.arrayContaining(['aes256-gcm@openssh.com', 'aes128-gcm@openssh.com', 'aes256-ctr']),
    );
    expect(offer.macOut).toEqual(
      expect.arrayContaining(['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512']),
    );
    expect(offer.hostKey).toEqual([
      'ssh-ed25519',
      'ecdsa-sha2-nistp256',
      'ecdsa-sha2-nistp384',
      'ecdsa-sha2-nistp521',
      'rsa-sha2-512',
      'rsa-sha2-256',
    ]);
  });
});
