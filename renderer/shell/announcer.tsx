import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { Status } from '../../shared/account-status';
import { useLanguage } from '../i18n/language';
import { useMirror } from '../store/window-mirror';
import { announcement } from './announcement';

/** Tells a screen reader, politely, when instances change their status. */
export function Announcer(): ReactElement {
  const { t } = useLanguage();
  const fleet = useMirror((state) => state.fleet);
  const profiles = useMirror((state) => state.profiles);
  const before = useRef<Readonly<Record<string, Status>> | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    const statuses = Object.fromEntries(Object.values(fleet).map((view) => [view.id, view.status]));
    if (before.current !== null) {
      const said = announcement(before.current, fleet, profiles, t);
      if (said !== null) setText(said);
    }
    before.current = statuses;
  }, [fleet, profiles, t]);
  return (
    <div className="visually-hidden" aria-live="polite" role="status">
      {text}
    </div>
  );
}
