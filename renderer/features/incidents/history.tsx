import { Button, Field, Textarea } from '@fluentui/react-components';
import { type FormEvent, type ReactElement, useState } from 'react';
import type { IncidentEntry, IncidentId } from '../../../shared/incident';
import { api } from '../../api';
import { Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import { lineText } from './incident-model';
import styles from './incidents.module.css';

interface Props {
  readonly id: IncidentId;
  readonly entries: readonly IncidentEntry[];
  readonly leftOut: number;
  readonly onChanged: () => void;
}

/** What was seen and done, in the order in which it happened, and a place for the admin's own words. */
export function History({ id, entries, leftOut, onChanged }: Props): ReactElement {
  const { t, fmt } = useLanguage();
  return (
    <Panel title={t('incident.history')}>
      <ol className={styles.history}>
        {entries.map((entry) => (
          <li key={entry.seq} data-kind={entry.kind}>
            <time
              className="tabular"
              dateTime={new Date(entry.atMs).toISOString()}
              title={fmt.full(entry.atMs)}
            >
              {fmt.full(entry.atMs)}
            </time>
            <span className={styles.kind}>{t(`incident.kind.${entry.kind}`)}</span>
            <span className={styles.line}>
              {lineText(entry, t)}
              {entry.who === null ? null : <span className={styles.minor}> {entry.who}</span>}
            </span>
          </li>
        ))}
      </ol>
      {leftOut > 0 ? (
        <p className={styles.minor}>{t('incident.history.leftOut', { count: leftOut })}</p>
      ) : null}
      <NoteForm id={id} onAdded={onChanged} />
    </Panel>
  );
}

function NoteForm({ id, onAdded }: { readonly id: IncidentId; readonly onAdded: () => void }): ReactElement {
  const { t } = useLanguage();
  const [note, setNote] = useState('');
  const [saving, setSaving] = useState(false);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSaving(true);
    const saved = await report(t, api.incidents.addNote({ id, note: note.trim() }));
    setSaving(false);
    // What could not be saved stays, to be tried again.
    if (!saved) return;
    setNote('');
    onAdded();
  };
  return (
    <form className={styles.note} onSubmit={(event) => void save(event)}>
      <Field label={t('incident.note')}>
        <Textarea
          value={note}
          maxLength={4000}
          resize="vertical"
          placeholder={t('incident.note.placeholder')}
          onChange={(_, data) => setNote(data.value)}
        />
      </Field>
      <Button type="submit" disabled={saving || note.trim() === ''}>
        {t('incident.note.add')}
      </Button>
    </form>
  );
}
