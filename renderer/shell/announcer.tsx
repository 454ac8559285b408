import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useDirectoryProfiles, useDirectoryViews } from '../features/directory/state';
import { useLanguage } from '../i18n/language';
import { useMirror } from '../store/window-mirror';
import { announcement, type Told, toldOf } from './announcement';

/** Tells a screen reader, politely, when instances and directories change their status. */
export function Announcer(): ReactElement {
  const { t } = useLanguage();
  const fleet = useMirror((state) => state.fleet);
  const profiles = useMirror((state) => state.profiles);
  const directories = useDirectoryViews();
  const directoryProfiles = useDirectoryProfiles();
  const before = useRef<readonly Told[] | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    const now = toldOf(fleet, profiles, directories, directoryProfiles);
    const said = before.current === null ? null : announcement(before.current, now, t);
    if (said !== null) setText(said);
    before.current = now;
  }, [fleet, profiles, directories, directoryProfiles, t]);
  return (
    <div className="visually-hidden" aria-live="polite" role="status">
      {text}
    </div>
  );
}
