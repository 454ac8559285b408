import type { Notice } from '../../shared/snapshot';

export interface NoticeBoard {
  raise(notices: readonly Notice[]): void;
  clear(id: string): void;
}

/** What the admin must know, by id: the same thing raised again replaces what was said of it before. */
export function createNoticeBoard(onChange: (notices: Notice[]) => void): NoticeBoard {
  const notices = new Map<string, Notice>();
  const changed = (): void => onChange([...notices.values()]);
  return {
    raise(raised) {
      if (raised.length === 0) return;
      for (const notice of raised) notices.set(notice.id, notice);
      changed();
    },
    clear(id) {
      if (notices.delete(id)) changed();
    },
  };
}
