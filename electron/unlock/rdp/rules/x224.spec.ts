import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirm } from '../testing/rdp-servers';
import { connectionRequest, LONGEST_ANSWER_BYTES, readAnswer } from './x224';

describe('the answer to a connection request', () => {
  it('is read the same however it is cut, and never thrown at', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc.tuple(fc.nat(18), fc.nat(255)).map(([at, value]) => {
            const packet = Uint8Array.from(confirm(2));
            packet[at] = value;
            return packet;
          }),
        ),
        (data) => {
          const whole = readAnswer(data);
          for (let cut = 0; cut < data.length; cut++) {
            const part = readAnswer(data.subarray(0, cut));
            // What is once something else stays so; an answer is never read from a part of it.
            if (part?.kind === 'other') expect(whole?.kind).toBe('other');
            else if (part) expect(whole?.kind).toBe('other');
          }
          if (data.length > LONGEST_ANSWER_BYTES) expect(whole).not.toBeNull();
        },
      ),
    );
  });

  it('keeps waiting for the rest of one', () => {
    for (let cut = 0; cut < 19; cut++) expect(readAnswer(confirm(2).subarray(0, cut))).toBeNull();
    expect(readAnswer(confirm(2))).toEqual({ kind: 'confirm', security: 'nla' });
  });

  it('takes nothing behind it', () => {
    expect(readAnswer(Buffer.concat([confirm(2), Buffer.from([0])]))).toMatchObject({ kind: 'other' });
  });

  it('follows an offer that a server knows', () => {
    expect(Buffer.from(connectionRequest('usual')).toString('hex')).toBe(
      '030000130ee000000000000100080' + '00b000000',
    );
    expect(connectionRequest('tlsOnly')[15]).toBe(1);
  });
});
