import type { Phrase } from '../../../shared/account-status';
import type { Words } from '../words';
import type { TrayAction, TrayItem, TrayStatus, TrayView } from './tray-model';

export interface MenuEntry {
  readonly type: 'separator' | 'normal' | 'submenu';
  readonly label?: string;
  readonly enabled?: boolean;
  readonly action?: TrayAction;
  readonly submenu?: readonly MenuEntry[];
}

/** What the service needs of a tray icon; the real one is Electron's. */
export interface TrayIcon {
  setImage(status: TrayStatus, count: number): void;
  setToolTip(text: string): void;
  /** Beside the icon; macOS only. */
  setTitle(text: string): void;
  setMenu(entries: readonly MenuEntry[], run: (action: TrayAction) => void): void;
  destroy(): void;
}

export interface TrayService {
  render(view: TrayView): void;
  dispose(): void;
}

export interface TrayServiceOptions {
  readonly icon: TrayIcon;
  readonly words: () => Words;
  readonly run: (action: TrayAction) => void;
}

/** Brings the icon to what the view says. The same view twice changes nothing. */
export function createTrayService({ icon, words, run }: TrayServiceOptions): TrayService {
  let shown = { image: '', toolTip: '', title: '', menu: '' };
  let disposed = false;

  return {
    render(view) {
      if (disposed) return;
      const say = words();
      const entries = view.items.map((item) => entryOf(item, say));
      const summary = say(view.summary);
      const next = {
        image: `${view.status}-${view.count}`,
        toolTip: say({ key: 'tray.tooltip', params: { summary } }),
        title: view.count > 0 ? String(view.count) : '',
        menu: JSON.stringify(entries),
      };
      if (next.image !== shown.image) icon.setImage(view.status, view.count);
      if (next.toolTip !== shown.toolTip) icon.setToolTip(next.toolTip);
      if (next.title !== shown.title) icon.setTitle(next.title);
      // Linux panels show a changed image only with a menu that was set after it.
      if (next.menu !== shown.menu || next.image !== shown.image) icon.setMenu(entries, run);
      shown = next;
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      icon.destroy();
    },
  };
}

function entryOf(item: TrayItem, say: (phrase: Phrase) => string): MenuEntry {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'note':
      return { type: 'normal', label: say(item.label), enabled: false };
    case 'action':
      return { type: 'normal', label: say(item.label), action: item.action };
    case 'menu':
      return {
        type: 'submenu',
        label: say(item.label),
        submenu: item.items.map((each) => entryOf(each, say)),
      };
  }
}
