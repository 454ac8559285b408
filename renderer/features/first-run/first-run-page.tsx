import { Button } from '@fluentui/react-components';
import { Open20Regular } from '@fluentui/react-icons/svg/open';
import { type ReactElement, useState } from 'react';
import { api } from '../../api';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import { useUi } from '../../store/ui';
import styles from './first-run.module.css';

/** Nothing is watched yet: what will happen, what never will, and the ways to start. */
export function FirstRunPage(): ReactElement {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const go = useUi((state) => state.go);
  const [opening, setOpening] = useState(false);
  const openLab = async (): Promise<void> => {
    setOpening(true);
    await report(t, api.lab.open(null));
    setOpening(false);
  };
  return (
    <div className={styles.page}>
      <div className={styles.inner}>
        <h1 className={styles.title}>{t('firstRun.title')}</h1>
        <p className={styles.text}>{t('firstRun.what')}</p>
        <p className={styles.text}>{t('firstRun.never')}</p>
        <ul className={styles.choices}>
          <li className={styles.choice}>
            <h2 className={styles.choiceTitle}>{t('firstRun.add.title')}</h2>
            <p className={styles.choiceText}>{t('firstRun.add.text')}</p>
            <Button
              appearance="primary"
              onClick={() => openDialog({ kind: 'profile', id: null, copyOf: null })}
            >
              {t('firstRun.add.button')}
            </Button>
          </li>
          <li className={styles.choice}>
            <h2 className={styles.choiceTitle}>{t('firstRun.lab.title')}</h2>
            <p className={styles.choiceText}>{t('firstRun.lab.text')}</p>
            <Button disabledFocusable={opening} onClick={() => void openLab()}>
              {t('firstRun.lab.button')}
            </Button>
          </li>
          <li className={styles.choice}>
            <h2 className={styles.choiceTitle}>{t('firstRun.log.title')}</h2>
            <p className={styles.choiceText}>{t('firstRun.log.text')}</p>
            <Button onClick={() => go({ page: 'savedLog' })}>{t('firstRun.log.button')}</Button>
          </li>
        </ul>
        <p className={styles.help}>
          <Button
            appearance="subtle"
            icon={<Open20Regular />}
            onClick={() => void report(t, api.app.openExternal({ page: 'windowsOpenSsh' }))}
          >
            {t('firstRun.help.openSsh')}
          </Button>
        </p>
      </div>
    </div>
  );
}
