import { describe, expect, it } from 'vitest';
import { requestChannels } from '../../shared/channels';
import { appError } from '../../shared/errors';
import { err, ok } from '../../shared/result';
import { createLog } from '../log/log';
import { createDispatcher, type Handlers } from './dispatch';

const id = '00000000-0000-4000-8000-000000000001';

function setUp(changes: { refresh?: Handlers['instance']['refresh']; output?: boolean } = {}) {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => 0,
  );
  const busy = () => err(appError('app.busy'));
  const groups = Object.fromEntries(
    Object.entries(requestChannels).map(([group, methods]) => [
      group,
      Object.fromEntries(methods.map((method) => [method, busy])),
    ]),
  ) as unknown as Handlers;
  const handlers: Handlers = {
    ...groups,
    instance: { ...groups.instance, refresh: changes.refresh ?? (() => ok(null)) },
  };
  const dispatcher = createDispatcher({ handlers, log, checkOutput: changes.output ?? true });
  return { dispatcher, log: () => lines.join('') };
}

describe('a request', () => {
  it('has a channel for each name of the contract and for nothing else', () => {
    const names = Object.entries(requestChannels).flatMap(([group, methods]) =>
      methods.map((method) => `${group}.${method}`),
    );
    expect([...setUp().dispatcher.channels].sort()).toEqual(names.sort());
  });

  it('is answered with a result', async () => {
    const { dispatcher } = setUp();
    expect(await dispatcher.dispatch('trusted', 'instance.refresh', { id })).toEqual({
      ok: true,
      value: null,
    });
  });

  it.each(['noFrame', 'subframe', 'foreignOrigin', 'unknownWindow'] as const)(
    'of a sender that is not trusted (%s) is not even looked at',
    async (verdict) => {
      let called = false;
      const { dispatcher } = setUp({
        refresh: () => {
          called = true;
          return ok(null);
        },
      });
      expect(await dispatcher.dispatch(verdict, 'instance.refresh', { id })).toMatchObject({
        ok: false,
        error: { code: 'app.senderRejected' },
      });
      expect(called).toBe(false);
    },
  );

  it.each(['instance.explode', 'refresh', '__proto__', 'instance', ''])(
    'on the unknown channel "%s" is refused',
    async (channel) => {
      expect(await setUp().dispatcher.dispatch('trusted', channel, { id })).toMatchObject({
        ok: false,
        error: { code: 'app.unknownChannel' },
      });
    },
  );

  it.each([undefined, null, 'x', { id: 'no uuid' }, { id: 5 }, [], { ID: id }])(
    'of the wrong shape (%j) is refused',
    async (input) => {
      expect(await setUp().dispatcher.dispatch('trusted', 'instance.refresh', input)).toMatchObject({
        ok: false,
        error: { code: 'app.invalidArgument' },
      });
    },
  );

  it('loses what the contract does not name', async () => {
    let seen: unknown;
    const { dispatcher } = setUp({
      refresh: (input) => {
        seen = input;
        return ok(null);
      },
    });
    await dispatcher.dispatch('trusted', 'instance.refresh', { id, extra: 'x' });
    expect(seen).toEqual({ id });
  });

  it('whose handler throws becomes app.internal with a correlation id, and a log line without arguments', async () => {
    const { dispatcher, log } = setUp({
      refresh: () => {
        throw new Error('canary-7391');
      },
    });
    const result = await dispatcher.dispatch('trusted', 'instance.refresh', { id });
    expect(result).toMatchObject({ ok: false, error: { code: 'app.internal' } });
    const correlationId = result.ok ? '' : result.error.correlationId;
    expect(log()).toContain(correlationId);
    expect(log()).toContain('"channel":"instance.refresh"');
    expect(log()).not.toMatch(/canary-7391|00000000-0000/);
  });

  it('whose answer breaks the contract is app.internal in development and under test', async () => {
    const broken = { refresh: (() => ok('not null')) as unknown as Handlers['instance']['refresh'] };
    expect(await setUp(broken).dispatcher.dispatch('trusted', 'instance.refresh', { id })).toMatchObject({
      ok: false,
      error: { code: 'app.internal' },
    });
  });

  it('with an expected failure passes it on', async () => {
    const error = appError('net.timeout', {}, 'e1');
    const { dispatcher } = setUp({ refresh: async () => err(error) });
    expect(await dispatcher.dispatch('trusted', 'instance.refresh', { id })).toEqual({ ok: false, error });
  });
});
