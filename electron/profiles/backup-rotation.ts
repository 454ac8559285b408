/** How many backups are kept: the newest ones, and beyond them the last one of each recent day. */
const BACKUPS_KEPT = 5;
const BACKUP_DAYS_KEPT = 14;

const NAME = /^(.+)-(\d{8})T(\d{9})Z(?:-(\d+))?\.json$/;

/** The backup's file name for an instant (milliseconds since 1970); names sort by time. */
export function backupName(stem: string, atMs: number): string {
  const digits = new Date(atMs).toISOString().replaceAll(/[-:.]/g, '');
  return `${stem}-${digits}.json`;
}

/** The backups of this file among `names`, newest first. */
export function backupsOf(stem: string, names: readonly string[]): readonly string[] {
  return names
    .filter((name) => NAME.exec(name)?.[1] === stem)
    .toSorted()
    .toReversed();
}

/** Decides which backups have served: all but the newest few and the newest of each recent day. */
export function backupsToRemove(stem: string, names: readonly string[]): readonly string[] {
  const newestFirst = backupsOf(stem, names);
  const days = new Set<string>();
  const kept = new Set(newestFirst.slice(0, BACKUPS_KEPT));
  for (const name of newestFirst) {
    const day = NAME.exec(name)?.[2] ?? '';
    if (days.has(day)) continue;
    days.add(day);
    if (days.size <= BACKUP_DAYS_KEPT) kept.add(name);
  }
  return newestFirst.filter((name) => !kept.has(name));
}
