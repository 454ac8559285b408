import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { ConsoleChoice } from '../../../shared/console-contract';
import type { AppError } from '../../../shared/errors';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { Failure } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import styles from './console.module.css';
import { useOpenConsole } from './use-open-console';

interface Props {
  readonly id: InstanceId;
  readonly vnc: NonNullable<ConsoleChoice['vnc']>;
  /** It is what to open here. */
  readonly first: boolean;
}

/** The console over VNC, shown by Lockwatch itself. */
export function VncConsole({ id, vnc, first }: Props): ReactElement {
  const { t } = useLanguage();
  const open = useOpenConsole(id, 'vnc');
  const [error, setError] = useState<AppError | null>(null);
  const start = async (): Promise<void> => {
    const answer = await api.console.open({ id, kind: 'vnc' });
    setError(answer.ok ? null : answer.error);
  };
  return (
    <section className={styles.branch} aria-label={t('console.vnc.title')}>
      <h3 className={styles.heading}>{t('console.vnc.title')}</h3>
      <p className={styles.text}>
        {t(`console.vnc.${vnc.via}`, { host: vnc.host, port: vnc.port.toString() })}
      </p>
      {vnc.exposed ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('console.vnc.exposed')}</MessageBarBody>
        </MessageBar>
      ) : null}
      <div className={styles.row}>
        <Button appearance={first && !open ? 'primary' : 'secondary'} onClick={() => void start()}>
          {t(open ? 'console.vnc.front' : 'console.vnc.open')}
        </Button>
        <span role="status" className={styles.note}>
          {open ? t('console.vnc.isOpen') : null}
        </span>
      </div>
      {error ? <Failure error={error} /> : null}
    </section>
  );
}
