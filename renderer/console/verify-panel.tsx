import { Button } from '@fluentui/react-components';
import { type ReactElement, useId } from 'react';
import { useLanguage } from '../i18n/language';
import styles from './console.module.css';

interface Props {
  readonly fingerprint: string;
  readonly onAccept: () => void;
  readonly onRefuse: () => void;
}

/** Shows the key of a server that has one, before any password goes there. */
export function VerifyPanel({ fingerprint, onAccept, onRefuse }: Props): ReactElement {
  const { t } = useLanguage();
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h1 id={id} className={styles.cardTitle}>
        {t('console.page.state.verify')}
      </h1>
      <p className={styles.cardText}>{t('console.page.verify.intro')}</p>
      <code className={styles.fingerprint}>{fingerprint}</code>
      <div className={styles.cardActions}>
        <Button autoFocus onClick={onRefuse}>
          {t('console.page.verify.refuse')}
        </Button>
        <Button appearance="primary" onClick={onAccept}>
          {t('console.page.verify.accept')}
        </Button>
      </div>
    </section>
  );
}
