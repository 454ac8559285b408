import { describe, expect, it, vi } from 'vitest';
import type { Destination } from '../../../shared/snapshot';
import {
  type CloseMeans,
  createWindowController,
  type ShellWindow,
  type WindowEvents,
} from './window-controller';

function setUp(closeMeans: CloseMeans = 'hide', answer: 'hide' | 'quit' = 'hide') {
  const timers: { ms: number; run: () => void }[] = [];
  const opened: { window: ShellWindow; events: WindowEvents; first: Destination | undefined }[] = [];
  const quit = vi.fn();
  const navigated: Destination[] = [];
  const controller = createWindowController({
    open(events, first) {
      let visible = true;
      let destroyed = false;
      const window: ShellWindow = {
        show: () => {
          visible = true;
        },
        hide: () => {
          visible = false;
        },
        destroy: () => {
          destroyed = true;
          events.closed();
        },
        navigate: (destination) => navigated.push(destination),
        isVisible: () => visible && !destroyed,
        isDestroyed: () => destroyed,
      };
      opened.push({ window, events, first });
      return window;
    },
    after(ms, run) {
      const timer = { ms, run };
      timers.push(timer);
      return () => {
        timers.splice(timers.indexOf(timer), 1);
      };
    },
    releaseAfterMinutes: () => 5,
    closeMeans: () => closeMeans,
    ask: async () => answer,
    quit,
  });
  const last = () => {
    const entry = opened.at(-1);
    if (!entry) throw new Error('no window was opened');
    return entry;
  };
  return { controller, timers, opened, quit, navigated, last };
}

describe('the window', () => {
  it('is not made before it is wanted (hidden start creates no window)', () => {
    const { controller, opened } = setUp();
    expect(opened).toHaveLength(0);
    expect(controller.exists()).toBe(false);
  });

  it('hides to the tray when it is closed', () => {
    const { controller, last, quit } = setUp();
    controller.show();
    expect(last().events.closing()).toBe(false);
    expect(controller.isVisible()).toBe(false);
    expect(controller.exists()).toBe(true);
    expect(quit).not.toHaveBeenCalled();
  });

  it('is destroyed after the minutes of the setting in hiding', () => {
    const { controller, timers } = setUp();
    controller.show();
    controller.hide();
    expect(timers.map(({ ms }) => ms)).toEqual([300_000]);
    timers[0]?.run();
    expect(controller.exists()).toBe(false);
  });

  it('stays when it is shown again in time', () => {
    const { controller, timers, opened } = setUp();
    controller.show();
    controller.hide();
    controller.show();
    expect(timers).toHaveLength(0);
    expect(opened).toHaveLength(1);
    expect(controller.isVisible()).toBe(true);
  });

  it('is built again after its release, at the page that was asked for', () => {
    const { controller, timers, opened, last } = setUp();
    controller.show();
    controller.hide();
    timers[0]?.run();
    controller.show({ page: 'settings' });
    expect(opened).toHaveLength(2);
    expect(last().first).toEqual({ page: 'settings' });
  });

  it('navigates when it is there already', () => {
    const { controller, navigated, opened } = setUp();
    controller.show();
    controller.show({ page: 'fleet' });
    expect(navigated).toEqual([{ page: 'fleet' }]);
    expect(opened).toHaveLength(1);
  });

  it('closes for good when the app quits', () => {
    const { controller, last } = setUp();
    controller.show();
    controller.allowClose();
    expect(last().events.closing()).toBe(true);
  });

  it('asks where there is no tray to come back from, and quits if that is the answer', async () => {
    const { controller, last, quit } = setUp('ask', 'quit');
    controller.show();
    expect(last().events.closing()).toBe(false);
    await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  });

  it('keeps watching without a tray if that is the answer', async () => {
    const { controller, last, quit } = setUp('ask', 'hide');
    controller.show();
    last().events.closing();
    await vi.waitFor(() => expect(controller.isVisible()).toBe(false));
    expect(quit).not.toHaveBeenCalled();
  });

  it('comes back after a crash of its page when it was visible', () => {
    const { controller, opened, last } = setUp();
    controller.show();
    last().events.crashed();
    expect(opened).toHaveLength(2);
    expect(controller.isVisible()).toBe(true);
  });

  it('waits for the next call after a crash in hiding', () => {
    const { controller, opened, last } = setUp();
    controller.show();
    controller.hide();
    last().events.crashed();
    expect(opened).toHaveLength(1);
    expect(controller.exists()).toBe(false);
  });

  it('does not come back for ever from a page that keeps crashing', () => {
    const { controller, opened, last } = setUp();
    controller.show();
    for (let round = 0; round < 10; round++) last().events.crashed();
    expect(opened.length).toBeLessThan(5);
    expect(controller.exists()).toBe(false);
  });
});
