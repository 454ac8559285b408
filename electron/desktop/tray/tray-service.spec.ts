import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../shared/messages/format';
import { createWords } from '../words';
import type { TrayView } from './tray-model';
import { createTrayService, type MenuEntry, type TrayIcon } from './tray-service';

function setUp() {
  const calls: string[] = [];
  let entries: readonly MenuEntry[] = [];
  const icon: TrayIcon = {
    setImage: (status, count) => calls.push(`image ${status} ${count}`),
    setToolTip: (text) => calls.push(`tip ${text}`),
    setTitle: (text) => calls.push(`title ${text}`),
    setMenu: (menu) => {
      calls.push('menu');
      entries = menu;
    },
    destroy: () => calls.push('destroy'),
  };
  const say = createWords(createTranslator('en'));
  return {
    calls,
    entries: () => entries,
    tray: createTrayService({ icon, words: () => say, run: () => undefined }),
  };
}

const view = (changes: Partial<TrayView> = {}): TrayView => ({
  status: 'locked',
  count: 2,
  summary: { key: 'tray.summary.locked', params: { count: 2 } },
  items: [{ kind: 'action', label: { key: 'tray.quit', params: {} }, action: { do: 'quit' } }],
  ...changes,
});

describe('the tray is an idempotent rendering of state', () => {
  it('shows image, tooltip, title and menu', () => {
    const { calls, entries, tray } = setUp();
    tray.render(view());
    expect(calls).toEqual(['image locked 2', 'tip Lockwatch: 2 accounts locked', 'title 2', 'menu']);
    expect(entries()).toEqual([{ type: 'normal', label: 'Quit Lockwatch', action: { do: 'quit' } }]);
  });

  it('does nothing for the same state', () => {
    const { calls, tray } = setUp();
    tray.render(view());
    calls.length = 0;
    tray.render(view());
    expect(calls).toEqual([]);
  });

  it('sets the menu after every change of the image', () => {
    const { calls, tray } = setUp();
    tray.render(view());
    calls.length = 0;
    tray.render(view({ count: 3, summary: { key: 'tray.summary.locked', params: { count: 3 } } }));
    expect(calls).toEqual(['image locked 3', 'tip Lockwatch: 3 accounts locked', 'title 3', 'menu']);
  });

  it('is destroyed once, however often it is asked, and not drawn after', () => {
    const { calls, tray } = setUp();
    tray.dispose();
    tray.dispose();
    tray.render(view());
    expect(calls).toEqual(['destroy']);
  });
});
