import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../shared/evidence';
import { tallyTotal } from './tally';
import { failure, fold, rdpHint, recordOf, sshFailure, sshHint } from './testing/events';

const rdpFailure = (recordId: number, seconds: number, data: Record<string, string> = {}) =>
  failure(recordId, seconds, { IpAddress: '-', ...data });
const given = (events: readonly EventRecord[]) => {
  const [row] = recordOf(fold(events)).trail;
  return row ? [row.address, row.inferredFrom?.eventId ?? null] : [];
};

describe('addresses from other channels (R27)', () => {
  it('gives an SSH failure the address of the OpenSSH record of the same user, before or after it', () => {
    const hint = sshHint(1, 0.5, 'alice', '203.0.113.9');
    expect(given([sshFailure(1, 0), hint])).toEqual(['203.0.113.9', 4]);
    expect(given([hint, sshFailure(1, 0)])).toEqual(['203.0.113.9', 4]);
    expect(given([sshFailure(1, 0), sshHint(1, 0.5, 'bob', '203.0.113.9')])).toEqual([null, null]);
    expect(given([sshFailure(1, 0), sshHint(1, 2.1, 'alice', '203.0.113.9')])).toEqual([null, null]);
  });

  it('says which record the address was inferred from', () => {
    const [row] = recordOf(fold([rdpFailure(1, 0), rdpHint(77, 1, 140, '203.0.113.7')])).trail;
    expect(row?.inferredFrom).toMatchObject({ eventId: 140, recordId: 77 });
  });

  it('never overrides an address that the event carries', () => {
    expect(given([failure(1, 0), rdpHint(1, 0, 140, '203.0.113.7')])).toEqual(['10.1.2.3', null]);
  });

  it('prefers a refused RDP connection to one that was only made', () => {
    const made = rdpHint(1, -4, 131, '198.51.100.1');
    expect(given([made, rdpFailure(1, 0)])).toEqual(['198.51.100.1', 131]);
    const refused = rdpHint(2, 1, 140, '203.0.113.7');
    expect(given([made, rdpFailure(1, 0), refused])).toEqual(['203.0.113.7', 140]);
    expect(given([refused, made, rdpFailure(1, 0)])).toEqual(['203.0.113.7', 140]);
  });

  it('infers nothing when two addresses are equally near', () => {
    const two = [rdpHint(1, 0, 140, '203.0.113.7'), rdpHint(2, 1, 140, '203.0.113.8')];
    expect(given([...two, rdpFailure(1, 0.5)])).toEqual([null, null]);
    expect(given([rdpFailure(1, 0.5), ...two])).toEqual([null, null]);
  });

  it('gives no RDP address to an SSH failure, nor to a service', () => {
    const hint = rdpHint(1, 0, 140, '203.0.113.7');
    expect(given([sshFailure(1, 0), hint])).toEqual([null, null]);
    expect(given([rdpFailure(1, 0, { LogonType: '5' }), hint])).toEqual([null, null]);
  });

  it('counts an inferred address once, and as inferred', () => {
    const model = fold([
      rdpFailure(1, 0),
      rdpHint(1, 1, 140, '203.0.113.7'),
      rdpHint(2, 2, 140, '203.0.113.7'),
    ]);
    const { addresses, failuresWithoutAddress } = recordOf(model);
    expect(addresses.entries.get('203.0.113.7')).toMatchObject({ count: 1, inferred: 1 });
    expect(tallyTotal(model.addresses)).toBe(1);
    expect(failuresWithoutAddress).toBe(0);
  });

  it('takes an inferred address back when it becomes doubtful', () => {
    const model = fold([
      rdpFailure(1, 0),
      rdpHint(1, 1, 140, '203.0.113.7'),
      rdpHint(2, 2, 140, '203.0.113.8'),
    ]);
    expect(recordOf(model).failuresWithoutAddress).toBe(1);
    expect(recordOf(model).addresses.entries.size).toBe(0);
    expect(tallyTotal(model.addresses)).toBe(0);
  });
});
