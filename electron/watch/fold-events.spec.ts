import { describe, expect, it } from 'vitest';
import { emptyModel } from '../lockout';
import { foldAll } from './fold-events';
import { createFakeClock } from './testing/fake-clock';
import { FakeInstance } from './testing/fake-instance';

const withPair = (instance: FakeInstance, before: number) => {
  const events = Array.from({ length: before }, () => instance.fail('ben'));
  const first = instance.log(4776, { TargetUserName: 'anna', Workstation: 'KIOSK', Status: '0xc000006a' });
  return [...events, first, instance.fail('anna')];
};

describe('folding events', () => {
  it.each([0, 5, 22, 23, 24, 47])(
    'takes the two records of one attempt for one, %s events into a look',
    (before) => {
      const { model, records } = foldAll(
        emptyModel('standalone'),
        withPair(new FakeInstance(createFakeClock()), before),
      );
      expect(model.accounts.get('anna')?.failuresCounted).toBe(1);
      const kinds = records.filter((record) => record.account === 'anna').map((record) => record.kind);
      expect(kinds.toSorted()).toEqual(['failure', 'other']);
    },
  );

  it('sets aside the one event that it cannot take, and keeps the others', () => {
    const instance = new FakeInstance(createFakeClock());
    const events = [instance.fail(), instance.fail(), instance.fail()];
    const bad = {
      ...instance.fail(),
      recordId: 2,
      get data(): Record<string, string> {
        throw new Error('cannot be read');
      },
    };
    // The note of what happened must not trip over the same thing.
    const { model, records, broken } = foldAll(emptyModel('standalone'), [
      ...events.slice(0, 2),
      bad,
      ...events.slice(2),
    ]);
    expect(model.accounts.get('anna')?.failuresCounted).toBe(3);
    expect(records).toHaveLength(3);
    expect(broken).toMatchObject([{ channel: 'Security', reason: 'notUnderstood' }]);
  });
});
