import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../watch/testing/fake-clock';
import { CLEARS_AFTER_MS, createSecretClipboard } from './secret-clipboard';

function rig() {
  const clock = createFakeClock();
  const board = { text: 'before', fails: false };
  const clipboard = createSecretClipboard(
    {
      async readText() {
        if (board.fails) throw new Error('busy');
        return board.text;
      },
      async writeText(text) {
        board.text = text;
      },
      async clear() {
        board.text = '';
      },
    },
    clock,
  );
  return { clock, board, clipboard };
}

describe('a copied password', () => {
  it('is cleared after 30 to 60 seconds', async () => {
    const { clock, board, clipboard } = rig();
    await clipboard.copy('secret');
    expect(board.text).toBe('secret');
    expect(CLEARS_AFTER_MS).toBeGreaterThanOrEqual(30_000);
    expect(CLEARS_AFTER_MS).toBeLessThanOrEqual(60_000);
    await clock.advance(CLEARS_AFTER_MS - 1);
    expect(board.text).toBe('secret');
    await clock.advance(1);
    expect(board.text).toBe('');
  });

  it('never takes away what came onto the clipboard since', async () => {
    const { clock, board, clipboard } = rig();
    await clipboard.copy('secret');
    board.text = 'something else';
    await clock.advance(CLEARS_AFTER_MS);
    await clipboard.clearNow();
    expect(board.text).toBe('something else');
  });

  it('has its whole time again when it is copied again', async () => {
    const { clock, board, clipboard } = rig();
    await clipboard.copy('secret');
    await clock.advance(CLEARS_AFTER_MS - 1);
    await clipboard.copy('secret');
    await clock.advance(CLEARS_AFTER_MS - 1);
    expect(board.text).toBe('secret');
    await clock.advance(1);
    expect(board.text).toBe('');
  });

  it('is cleared at once at the end of the app, and only once', async () => {
    const { clock, board, clipboard } = rig();
    await clipboard.clearNow();
    expect(board.text).toBe('before');
    await clipboard.copy('secret');
    await clipboard.clearNow();
    expect(board.text).toBe('');
    board.text = 'secret';
    await clock.advance(CLEARS_AFTER_MS);
    expect(board.text).toBe('secret');
  });

  it('is left where it is when the clipboard cannot be read', async () => {
    const { board, clipboard } = rig();
    await clipboard.copy('secret');
    board.fails = true;
    await clipboard.clearNow();
    expect(board.text).toBe('secret');
  });
});
