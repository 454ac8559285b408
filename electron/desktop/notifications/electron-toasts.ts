import { Notification } from 'electron';
import type { Log } from '../../log/log';
import { withoutMarkup } from './markup';
import type { Toasts } from './notification-center';

const MOST_HELD = 50;

/**
 * Toasts by the operating system. Each is held while it may still be clicked, or the click would be lost with
 * it; `close` comes on no platform for certain, so the number held is bounded. Do-not-disturb is the
 * system's: it keeps toasts back by itself and tells no app.
 */
export function createElectronToasts(log: Log): Toasts {
  const held = new Set<Notification>();
  return {
    show(toast, onClick) {
      const { title, body, urgency, silent, groupId } = toast;
      const notification = new Notification({
        title: withoutMarkup(title, process.platform),
        body: withoutMarkup(body, process.platform),
        urgency,
        silent,
        groupId,
      });
      const drop = (): void => {
        held.delete(notification);
      };
      notification.on('click', () => {
        drop();
        onClick();
      });
      notification.on('close', drop);
      notification.on('failed', () => {
        drop();
        log.warning('notification.failed');
      });
      held.add(notification);
      const [oldest] = held;
      if (oldest && held.size > MOST_HELD) held.delete(oldest);
      notification.show();
      return {
        close() {
          drop();
          notification.close();
        },
      };
    },
  };
}

/** Windows starts the app for a click on a toast of an earlier run: the window is shown, nothing else is done. */
export function onColdActivation(show: () => void): void {
  if (typeof Notification.handleActivation === 'function') Notification.handleActivation(() => show());
}
