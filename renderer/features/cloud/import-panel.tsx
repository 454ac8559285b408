import { Button } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { z } from 'zod';
import type { AppError } from '../../../shared/errors';
import type { importableAccountSchema } from '../../../shared/isolation-contract';
import { api } from '../../api';
import page from '../../components/page.module.css';
import { Failure, Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useCloudAccounts } from '../isolation/state';
import styles from './cloud.module.css';

type Importable = z.infer<typeof importableAccountSchema>;

function Found({ found, taken }: { readonly found: Importable; readonly taken: boolean }): ReactElement {
  const { t, say } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const { key, origin, name, mode, region, accessKeyIdShown, unsupported, warning } = found;
  const take = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    const answer = await api.cloud.importAccount({ key });
    setBusy(false);
    if (!answer.ok) setError(answer.error);
  };
  return (
    <li className={styles.account}>
      <div className={styles.line}>
        <strong>{name}</strong>
        <span className={styles.minor}>
          {[t(`cloud.origin.${origin}`), mode, accessKeyIdShown ?? '', region ?? '']
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className={page.spring} />
        {unsupported ? null : taken ? (
          <span className={styles.minor}>{t('cloud.import.taken')}</span>
        ) : (
          <Button size="small" disabledFocusable={busy} onClick={() => void take()}>
            {t('cloud.import.take', { name })}
          </Button>
        )}
      </div>
      {unsupported ? <p className={styles.note}>{say(unsupported)}</p> : null}
      {warning ? <p className={`${styles.note} ${styles.warningText}`}>{say(warning)}</p> : null}
      {error ? <Failure error={error} /> : null}
    </li>
  );
}

/** Keys that lie on this computer already. They are read, never written, and nothing in them is executed. */
export function ImportPanel(): ReactElement {
  const { t } = useLanguage();
  const accounts = useCloudAccounts();
  const [found, setFound] = useState<readonly Importable[] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const look = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    const answer = await api.cloud.importable(null);
    setBusy(false);
    if (answer.ok) setFound(answer.value);
    else setError(answer.error);
  };
  const taken = ({ origin, accessKeyIdShown, name }: Importable): boolean =>
    accounts.some(
      (one) => one.origin === origin && one.accessKeyIdShown === accessKeyIdShown && one.name === name,
    );
  return (
    <Panel title={t('cloud.import.title')}>
      <div className={styles.stack}>
        <p className={styles.note}>{t('cloud.import.text')}</p>
        <div>
          <Button disabledFocusable={busy} onClick={() => void look()}>
            {t(busy ? 'cloud.import.looking' : 'cloud.import.look')}
          </Button>
        </div>
        {error ? <Failure error={error} onRetry={() => void look()} /> : null}
        {found !== null && found.length === 0 ? (
          <p className={styles.note}>{t('cloud.import.none')}</p>
        ) : null}
        {found !== null && found.length > 0 ? (
          <ul className={styles.accounts}>
            {found.map((one) => (
              <Found key={one.key} found={one} taken={taken(one)} />
            ))}
          </ul>
        ) : null}
      </div>
    </Panel>
  );
}
