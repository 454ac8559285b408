import { describe, expect, it } from 'vitest';
import { createTicker } from './ticker';

function world() {
  let nowMs = 1000;
  let visible = true;
  let onVisibility: () => void = () => undefined;
  const beats = new Set<() => void>();
  const ticker = createTicker({
    now: () => nowMs,
    visible: () => visible,
    onVisibilityChange: (listener) => {
      onVisibility = listener;
      return () => {
        onVisibility = () => undefined;
      };
    },
    every: (listener) => {
      beats.add(listener);
      return () => beats.delete(listener);
    },
  });
  return {
    ticker,
    beats,
    advance: (ms: number) => {
      nowMs += ms;
      for (const beat of [...beats]) beat();
    },
    show: (shown: boolean) => {
      visible = shown;
      onVisibility();
    },
  };
}

describe('the ticker', () => {
  it('has one beat for all listeners and none without', () => {
    const { ticker, beats } = world();
    expect(beats.size).toBe(0);
    const stopOne = ticker.subscribe(() => undefined);
    const stopTwo = ticker.subscribe(() => undefined);
    expect(beats.size).toBe(1);
    stopOne();
    expect(beats.size).toBe(1);
    stopTwo();
    expect(beats.size).toBe(0);
  });

  it('tells every listener the same time', () => {
    const { ticker, advance } = world();
    const seen: number[] = [];
    ticker.subscribe(() => seen.push(ticker.now()));
    advance(1000);
    advance(1000);
    expect(seen.slice(-2)).toEqual([2000, 3000]);
  });

  it('rests while nobody can see it and catches up at once when shown', () => {
    const { ticker, beats, advance, show } = world();
    let last = 0;
    ticker.subscribe(() => {
      last = ticker.now();
    });
    show(false);
    expect(beats.size).toBe(0);
    advance(60_000);
    expect(last).toBeLessThan(61_000);
    show(true);
    expect(last).toBe(61_000);
  });
});
