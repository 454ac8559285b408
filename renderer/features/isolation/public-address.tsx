import { Button } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { z } from 'zod';
import type { AppError } from '../../../shared/errors';
import type { isolationRequests } from '../../../shared/isolation-contract';
import { api } from '../../api';
import { Failure } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import styles from './isolation.module.css';
import { agreement } from './trusted-model';

type Answers = z.infer<typeof isolationRequests.publicAddress.find.output>;

/** Asks the configured services from where they see this computer, and shows what each one said. */
export function PublicAddress({ onAdd }: { readonly onAdd: (cidr: string) => void }): ReactElement {
  const { t } = useLanguage();
  const [answers, setAnswers] = useState<Answers | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [asking, setAsking] = useState(false);
  const find = async (): Promise<void> => {
    setAsking(true);
    setError(null);
    const answer = await api.publicAddress.find(null);
    setAsking(false);
    if (answer.ok) setAnswers(answer.value);
    else setError(answer.error);
  };
  const { addresses, disagree } = agreement(answers ?? []);
  return (
    <div className={styles.block}>
      <div className={styles.found}>
        <Button disabledFocusable={asking} onClick={() => void find()}>
          {t(asking ? 'restore.find.asking' : 'restore.find')}
        </Button>
        {addresses.map(({ cidr, services }) => (
          <span key={cidr} className={styles.found}>
            <code>{cidr}</code>
            <Button size="small" onClick={() => onAdd(cidr)}>
              {t('restore.find.add', { cidr })}
            </Button>
            <span className={styles.minor}>
              {t('restore.find.saidBy', { services: services.join(', ') })}
            </span>
          </span>
        ))}
      </div>
      {answers === null ? (
        <p className={styles.minor} style={{ margin: 0 }}>
          {t('restore.find.hint')}
        </p>
      ) : null}
      {disagree ? (
        <p className={`${styles.warnings} ${styles.paragraph}`} role="alert">
          {t('restore.find.disagree')}
        </p>
      ) : null}
      {error ? <Failure error={error} /> : null}
      {answers !== null && answers.length === 0 ? (
        <p className={styles.paragraph}>{t('restore.find.noService')}</p>
      ) : null}
      {(answers ?? [])
        .filter((one) => one.error !== null)
        .map((one) => (
          <p key={one.service} className={styles.minor} style={{ margin: 0 }}>
            {t('restore.find.failed', { service: one.service })}
          </p>
        ))}
    </div>
  );
}
