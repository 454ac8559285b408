import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../shared/evidence';
import { filetimeFromMs } from '../../shared/time';
import { applyEvents, emptyModel, type InstanceModel } from '../lockout';
import { sampleId } from '../profiles/testing/sample-profile';
import { InstancePublisher } from './instance-publisher';
import type { HostEvents, WatcherReport } from './protocol';
import { createFakeClock } from './testing/fake-clock';

const report = (number: number): WatcherReport => ({
  id: sampleId(number),
  connection: 'following',
  failure: null,
  nextAttemptAtMs: null,
  catchUpProgress: null,
  checkedAtMs: 0,
  computer: 'WEB-1',
  system: null,
  clockOffsetMs: 0,
  clientAddress: null,
  eventsStored: 0,
  brokenRecords: 0,
  doubts: [],
  question: null,
});

let recordId = 1;
const fail = (model: InstanceModel, users: readonly string[], eventId = 4625): InstanceModel =>
  applyEvents(
    model,
    users.map((user) => ({
      computer: 'WEB-1',
      channel: CHANNELS.security,
      provider: 'test',
      recordId: recordId++,
      eventId,
      time: filetimeFromMs(1_700_000_000_000 + recordId * 10_000),
      keywords: 0x8010_0000_0000_0000n,
      task: 0,
      data: {
        TargetUserName: user,
        TargetDomainName: 'WEB-1',
        Status: '0xc000006a',
        SubStatus: '0xc000006a',
        IpAddress: '203.0.113.1',
        LogonType: '3',
      },
    })),
  );
const users = (count: number): string[] => Array.from({ length: count }, (_, index) => `user${index}`);

function setUp() {
  const clock = createFakeClock();
  const sent: HostEvents['instance.changed'][] = [];
  const publisher = new InstancePublisher({ clock, send: (message) => sent.push(message) });
  return { clock, sent, publisher };
}
const keysOf = (message: HostEvents['instance.changed'] | undefined): string[] =>
  (message?.model?.accounts ?? []).map(([key]) => key);

describe('what the evidence process tells of an instance', () => {
  it('is told at once the first time, then seldom', async () => {
    const { clock, sent, publisher } = setUp();
    let model = emptyModel('standalone');
    publisher.changed(report(1), model);
    await clock.advance(0);
    expect(sent).toHaveLength(1);
    for (let change = 0; change < 50; change += 1) {
      model = fail(model, ['anna']);
      publisher.changed(report(1), model);
      await clock.advance(10);
    }
    expect(sent.length).toBeLessThanOrEqual(4);
  });

  it('leaves out accounts that are as they were, and the model when nothing in it changed', async () => {
    const { clock, sent, publisher } = setUp();
    let model = fail(emptyModel('standalone'), ['anna', 'ben']);
    publisher.changed(report(1), model);
    await clock.advance(1_000);
    expect(sent.at(-1)?.model?.whole).toBe(true);
    expect(keysOf(sent.at(-1))).toEqual(['anna', 'ben']);
    model = fail(model, ['ben']);
    publisher.changed(report(1), model);
    await clock.advance(1_000);
    expect(sent.at(-1)?.model?.whole).toBe(false);
    expect(keysOf(sent.at(-1))).toEqual(['ben']);
    publisher.changed(report(1), model);
    await clock.advance(1_000);
    expect(sent.at(-1)?.model).toBeNull();
  });

  it('cuts many accounts into pieces, forgets none, and tells a lock first', async () => {
    const { clock, sent, publisher } = setUp();
    let model = fail(emptyModel('standalone'), users(100));
    publisher.changed(report(1), model);
    await clock.advance(2_000);
    expect(Math.max(...sent.map((message) => keysOf(message).length))).toBeLessThanOrEqual(24);
    expect(new Set(sent.flatMap(keysOf)).size).toBe(100);
    sent.length = 0;
    model = fail(fail(model, users(100)), ['user99'], 4740);
    publisher.changed(report(1), model);
    await clock.advance(0);
    expect(keysOf(sent[0])[0]).toBe('user99');
  });

  it('lets no account wait for ever while all of them change', async () => {
    const { clock, sent, publisher } = setUp();
    let model = emptyModel('standalone');
    for (let round = 0; round < 20; round += 1) {
      model = fail(model, users(100));
      publisher.changed(report(1), model);
      await clock.advance(200);
    }
    const times = new Map<string, number>();
    for (const key of sent.flatMap(keysOf)) times.set(key, (times.get(key) ?? 0) + 1);
    expect(times.size).toBe(100);
    expect(Math.min(...times.values())).toBeGreaterThanOrEqual(3);
  });
});
