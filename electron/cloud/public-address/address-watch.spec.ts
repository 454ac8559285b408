import { describe, expect, it, vi } from 'vitest';
import type { PublicAddress } from '../../../shared/cloud';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { Clock } from '../../watch/clock';
import { createAddressWatch, type KnownAddresses } from './address-watch';

const told = (ipv4: string[], ipv6: string[] = []): Result<PublicAddress> => ({
  ok: true,
  value: {
    ipv4: ipv4.map((address) => ({ address, services: ['one'] })),
    ipv6: ipv6.map((address) => ({ address, services: ['one'] })),
    silent: [],
  },
});

function setUp(first: KnownAddresses = { ipv4: null, ipv6: null }) {
  const timers: (() => void)[] = [];
  const clock = {
    now: () => 0,
    after: (_ms: number, run: () => void) => {
      timers.push(run);
      return () => {
        const at = timers.indexOf(run);
        if (at >= 0) timers.splice(at, 1);
      };
    },
  } as unknown as Clock;
  const changes: string[] = [];
  let known = first;
  let needed = true;
  const find = vi.fn<() => Promise<Result<PublicAddress>>>(async () => told(['192.0.2.1']));
  const watch = createAddressWatch({
    clock,
    find,
    isNeeded: () => needed,
    known: {
      read: () => known,
      async write(next) {
        known = next;
      },
    },
    onChanged: async (from, to) => {
      changes.push(`${from} ${to}`);
    },
    everyMs: 600_000,
  });
  const settle = () => vi.waitFor(() => expect(timers).toHaveLength(needed ? 1 : 0));
  return {
    watch,
    find,
    changes,
    timers,
    settle,
    known: () => known,
    need: (value: boolean) => {
      needed = value;
    },
    tick: async () => {
      timers.shift()?.();
      await settle();
    },
  };
}

describe('the admin’s public address', () => {
  it('is asked for only while something trusts one', async () => {
    const { watch, find, need, settle, tick } = setUp();
    need(false);
    watch.wake();
    expect(find).not.toHaveBeenCalled();
    need(true);
    watch.wake();
    watch.wake();
    await settle();
    expect(find).toHaveBeenCalledTimes(1);
    need(false);
    await tick();
    expect(find).toHaveBeenCalledTimes(1);
  });

  it('is learned first, and told when it is another one', async () => {
    const { watch, find, changes, settle, tick, known } = setUp();
    watch.wake();
    await settle();
    expect(changes).toEqual([]);
    expect(known()).toEqual({ ipv4: '192.0.2.1', ipv6: null });
    find.mockResolvedValue(told(['192.0.2.2'], ['2001:db8::1']));
    await tick();
    expect(changes).toEqual(['192.0.2.1 192.0.2.2']);
    await tick();
    expect(changes).toHaveLength(1);
    expect(known()).toEqual({ ipv4: '192.0.2.2', ipv6: '2001:db8::1' });
  });

  it('is noticed after a restart', async () => {
    const { watch, changes, settle } = setUp({ ipv4: '192.0.2.9', ipv6: null });
    watch.wake();
    await settle();
    expect(changes).toEqual(['192.0.2.9 192.0.2.1']);
  });

  it('is left as it was while services disagree or none answers', async () => {
    const { watch, find, changes, settle, tick, known } = setUp({ ipv4: '192.0.2.9', ipv6: null });
    find.mockResolvedValue(told(['192.0.2.1', '192.0.2.2']));
    watch.wake();
    await settle();
    find.mockResolvedValue(err(appError('cloud.addressNotFound')));
    await tick();
    expect(changes).toEqual([]);
    expect(known().ipv4).toBe('192.0.2.9');
    find.mockResolvedValue(ok({ ipv4: [], ipv6: [], silent: [] }));
    await tick();
    expect(known().ipv4).toBe('192.0.2.9');
  });

  it('is not asked for any more after the end', async () => {
    const { watch, find, settle, timers } = setUp();
    watch.wake();
    await settle();
    watch.dispose();
    expect(timers).toEqual([]);
    watch.wake();
    expect(find).toHaveBeenCalledTimes(1);
  });
});
