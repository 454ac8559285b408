import { Button } from '@fluentui/react-components';
import { type ReactElement, useId } from 'react';
import type { ConsolePageInfo } from '../../shared/console';
import { useLanguage } from '../i18n/language';
import styles from './console.module.css';
import type { EndReason } from './end-reason';
import { endText } from './words';

interface Props {
  readonly why: EndReason;
  readonly info: ConsolePageInfo;
  readonly onConnect: () => void;
}

/** Says why there is no connection. Nothing is tried again by itself. */
export function EndedPanel({ why, info, onConnect }: Props): ReactElement {
  const { t } = useLanguage();
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h1 id={id} className={styles.cardTitle}>
        {t('console.page.state.ended')}
      </h1>
      <p className={styles.cardText} role="alert">
        {endText(t, why, info)}
      </p>
      <div className={styles.cardActions}>
        <Button appearance="primary" autoFocus onClick={onConnect}>
          {t('console.page.reconnect')}
        </Button>
      </div>
    </section>
  );
}
