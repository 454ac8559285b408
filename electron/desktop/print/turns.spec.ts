import { describe, expect, it } from 'vitest';
import { createTurns } from './turns';

describe('turns', () => {
  it('begin one after the other, past a failure', async () => {
    const inTurn = createTurns();
    const seen: string[] = [];
    let endFirst = (): void => undefined;
    const first = inTurn(async () => {
      seen.push('first begins');
      await new Promise<void>((resolve) => {
        endFirst = resolve;
      });
      seen.push('first ends');
      throw new Error('no');
    });
    const second = inTurn(async () => {
      seen.push('second');
      return 2;
    });
    await Promise.resolve();
    expect(seen).toEqual(['first begins']);
    endFirst();
    await expect(first).rejects.toThrow('no');
    await expect(second).resolves.toBe(2);
    expect(seen).toEqual(['first begins', 'first ends', 'second']);
  });
});
