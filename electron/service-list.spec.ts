import { describe, expect, it } from 'vitest';
import { createLog } from './log/log';
import { disposeAll, type Service, startAll } from './service-list';

function setUp() {
  const calls: string[] = [];
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => 0,
  );
  const service = (name: string, dispose: () => Promise<void> | void = () => undefined): Service => ({
    name,
    start: async () => {
      calls.push(`start ${name}`);
    },
    dispose: () => {
      calls.push(`end ${name}`);
      return dispose();
    },
  });
  return { calls, lines, log, service };
}

const never = () => new Promise<void>(() => undefined);

describe('services', () => {
  it('start in their order and end in the reverse', async () => {
    const { calls, log, service } = setUp();
    const services = [service('a'), { name: 'quiet' }, service('b')];
    await startAll(services);
    await disposeAll(services, log, never);
    expect(calls).toEqual(['start a', 'start b', 'end b', 'end a']);
  });

  it('do not keep one another from ending', async () => {
    const { calls, lines, log, service } = setUp();
    const failing = service('failing', () => {
      throw new Error('canary');
    });
    await disposeAll([service('a'), failing, service('hanging', never)], log, async () => undefined);
    expect(calls).toEqual(['end hanging', 'end failing', 'end a']);
    expect(lines.join('')).toContain('"service":"failing"');
  });
});
