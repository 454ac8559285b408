import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import styles from './console.module.css';

interface Props {
  readonly id: InstanceId;
  readonly name: string;
}

/** Where to look for the screen of an instance whose profile names none. */
export function NoConsole({ id, name }: Props): ReactElement {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  return (
    <section className={styles.branch} aria-label={t('console.none.title')}>
      <h3 className={styles.heading}>{t('console.none.title')}</h3>
      <p className={styles.text}>{t('console.none.intro', { name })}</p>
      <ul className={styles.list}>
        <li>{t('console.none.hypervisor')}</li>
        <li>{t('console.none.cloud')}</li>
        <li>{t('console.none.hardware')}</li>
      </ul>
      <div>
        <Button onClick={() => openDialog({ kind: 'cloudLink', id })}>{t('console.linkCloud')}</Button>
      </div>
    </section>
  );
}
