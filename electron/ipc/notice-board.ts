import type { Notice } from '../../shared/snapshot';

export interface NoticeBoard {
  /** What this part of the app has to say now; it takes the place of what it said before. */
  replace(from: string, notices: readonly Notice[]): void;
}

/** What the admin must know, from all parts of the app. */
export function createNoticeBoard(onChange: (notices: Notice[]) => void): NoticeBoard {
  const notices = new Map<string, readonly Notice[]>();
  return {
    replace(from, raised) {
      const before = notices.get(from) ?? [];
      if (before.length === 0 && raised.length === 0) return;
      notices.set(from, raised);
      onChange([...notices.values()].flat());
    },
  };
}
