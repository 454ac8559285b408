import { describe, expect, it } from 'vitest';
import { rdpRequest } from '../testing/rdp-client';
import { rdpConfirm, readRdpRequest } from './rdp-answer';

describe('the first exchange of Remote Desktop', () => {
  it('reads what a client offers, with and without a cookie, however it is cut', () => {
    const request = rdpRequest(3);
    expect(readRdpRequest(request)).toEqual({ kind: 'request', protocols: 3 });
    for (let cut = 0; cut < request.length; cut++) {
      expect(readRdpRequest(request.subarray(0, cut))).toEqual({ kind: 'incomplete' });
    }
    const bare = Buffer.from('0300000b06e00000000000', 'hex');
    expect(readRdpRequest(bare)).toEqual({ kind: 'request', protocols: null });
  });

  it.each([
    ['another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a length that is too short', Buffer.from('0300000506e0', 'hex')],
    ['a length indicator that does not fit', Buffer.from('0300000b07e00000000000', 'hex')],
    ['another kind of packet', Buffer.from('0300000b06f00000000000', 'hex')],
  ])('refuses %s', (_, data) => {
    expect(readRdpRequest(data)).toEqual({ kind: 'malformed' });
  });

  it('agrees on network level authentication, or says that it is needed', () => {
    expect(rdpConfirm(3).toString('hex')).toBe('030000130ed00000123400021f080002000000');
    expect(rdpConfirm(1).toString('hex')).toBe('030000130ed000001234000300080005000000');
  });
});
