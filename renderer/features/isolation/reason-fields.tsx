import { Field, Input } from '@fluentui/react-components';
import { type ReactElement, useRef, useState } from 'react';
import { useLanguage } from '../../i18n/language';
import styles from './isolation.module.css';

export interface Why {
  readonly reason: string;
  readonly incident: string;
}

interface Props {
  readonly onChange: (why: Why) => void;
}

/** Why it is done, for the tags, the journal and the audit trail; given on when a field is left, not at each key. */
export function ReasonFields({ onChange }: Props): ReactElement {
  const { t } = useLanguage();
  const [why, setWhy] = useState<Why>({ reason: '', incident: '' });
  const given = useRef(why);
  const commit = (): void => {
    const next = { reason: why.reason.trim(), incident: why.incident.trim() };
    if (next.reason === given.current.reason && next.incident === given.current.incident) return;
    given.current = next;
    onChange(next);
  };
  return (
    <div className={styles.two}>
      <Field label={t('isolate.reason')} hint={t('isolate.reason.hint')}>
        <Input
          value={why.reason}
          maxLength={500}
          onChange={(_, data) => setWhy({ ...why, reason: data.value })}
          onBlur={commit}
        />
      </Field>
      <Field label={t('isolate.incident')}>
        <Input
          value={why.incident}
          maxLength={120}
          onChange={(_, data) => setWhy({ ...why, incident: data.value })}
          onBlur={commit}
        />
      </Field>
    </div>
  );
}
