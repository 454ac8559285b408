import { Button } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { ConsoleChoice } from '../../../shared/console-contract';
import type { AppError } from '../../../shared/errors';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { useLanguage } from '../../i18n/language';
import { useTicking } from '../../store/ticker';
import { useUi } from '../../store/ui';
import { CloudFailure } from '../isolation/cloud-failure';
import styles from './console.module.css';
import { secondsLeft } from './console-model';
import { useOpenConsole } from './use-open-console';
import { VncPasswordForm } from './vnc-password-form';

interface Props {
  readonly id: InstanceId;
  readonly cloud: NonNullable<ConsoleChoice['cloud']>;
  /** It is what to open here. */
  readonly first: boolean;
}

/** The provider's console: opened with an address that is fetched at the click, or where to find it by hand. */
export function CloudConsole({ id, cloud, first }: Props): ReactElement {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const open = useOpenConsole(id, 'cloud');
  const left = useTicking((nowMs) => secondsLeft(open, nowMs));
  const [opening, setOpening] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const { instanceId, region, provider, state } = cloud;

  const start = async (): Promise<void> => {
    setOpening(true);
    setError(null);
    const answer = await api.console.open({ id, kind: 'cloud' });
    setOpening(false);
    if (!answer.ok) setError(answer.error);
  };

  return (
    <section className={styles.branch} aria-label={t('console.cloud.title')}>
      <h3 className={styles.heading}>{t('console.cloud.title')}</h3>
      {state === 'notOffered' ? (
        <p className={styles.text}>
          {t(`console.cloud.notOffered.${provider === 'aliyun' ? 'other' : provider}`, { instanceId })}
        </p>
      ) : state === 'noAccount' ? (
        <>
          <p className={styles.text}>{t('console.cloud.noAccount', { instanceId, region })}</p>
          <div>
            <Button onClick={() => openDialog({ kind: 'cloudLink', id })}>{t('console.linkCloud')}</Button>
          </div>
        </>
      ) : (
        <>
          <p className={styles.text}>{t('console.cloud.ready', { instanceId })}</p>
          <p className={styles.text}>{t('console.cloud.steps')}</p>
          <div className={styles.row}>
            <Button
              appearance={first && !open ? 'primary' : 'secondary'}
              disabledFocusable={opening}
              onClick={() => void start()}
            >
              {t(opening ? 'console.cloud.opening' : open ? 'console.cloud.again' : 'console.cloud.open')}
            </Button>
            <span role="status" className={styles.note}>
              {open ? t('console.cloud.isOpen') : null}{' '}
              {left === null
                ? null
                : left > 0
                  ? t('console.cloud.validFor', { seconds: left })
                  : t('console.cloud.ranOut')}
            </span>
          </div>
          {error ? <CloudFailure error={error} onRetry={() => void start()} /> : null}
          <p className={styles.note}>{t('console.cloud.idle')}</p>
          <VncPasswordForm id={id} />
        </>
      )}
    </section>
  );
}
