import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { AppError } from '../../../shared/errors';
import { Failure } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import styles from './isolation.module.css';

interface Props {
  readonly error: AppError;
  readonly onRetry?: (() => void) | undefined;
}

/** A failure of the cloud. A missing permission is named on a line of its own, with the way to the policy. */
export function CloudFailure({ error, onRetry }: Props): ReactElement {
  const { t } = useLanguage();
  const go = useUi((state) => state.go);
  const { action } = error.params;
  const keys = ['cloud.auth', 'cloud.expired', 'cloud.credentialsMissing'].includes(error.code);
  const denied = error.code === 'cloud.denied' && typeof action === 'string';
  return (
    <div className={styles.stack}>
      <Failure error={error} onRetry={error.retryable || denied ? onRetry : undefined} />
      {denied ? (
        <p className={styles.missing}>
          {t('cloud.missingPermission')} <code>{action}</code>
        </p>
      ) : null}
      {denied || keys ? (
        <div>
          <Button size="small" onClick={() => go({ page: 'cloud' })}>
            {t(denied ? 'cloud.toPolicy' : 'cloud.toAccounts')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
