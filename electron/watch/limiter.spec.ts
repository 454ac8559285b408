import { describe, expect, it } from 'vitest';
import { createLimiter } from './limiter';
import { settle } from './testing/fake-clock';

const never = new AbortController().signal;

describe('the limiter', () => {
  it('runs as many at once as it allows, the others in their order', async () => {
    const limiter = createLimiter(2);
    const started: number[] = [];
    const finish: (() => void)[] = [];
    const all = [0, 1, 2, 3].map((number) =>
      limiter.run(never, async () => {
        started.push(number);
        await new Promise<void>((resolve) => finish.push(resolve));
        return number;
      }),
    );
    await settle();
    expect(started).toEqual([0, 1]);
    finish[1]?.();
    await settle();
    expect(started).toEqual([0, 1, 2]);
    finish[0]?.();
    finish[2]?.();
    await settle();
    finish[3]?.();
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
  });

  it('gives the place back when a task fails, and forgets who gave up waiting', async () => {
    const limiter = createLimiter(1);
    let fail: (reason: Error) => void = () => {};
    const first = limiter.run(never, () => new Promise<void>((_, reject) => (fail = reject)));
    const controller = new AbortController();
    const second = limiter.run(controller.signal, async () => 'second');
    const third = limiter.run(never, async () => 'third');
    controller.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    fail(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    expect(await third).toBe('third');
  });
});
