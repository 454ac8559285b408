import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { DirectoryId, DirectoryPolicy, DirectoryView } from '../../../shared/directory';
import { Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { Phrases } from '../instance/account-details';
import { PolicyPanel } from '../instance/policy-panel';
import styles from './directory.module.css';

/** A policy in a sentence or two, with what it remembers of passwords. */
export function PolicyInWords({ policy }: { readonly policy: DirectoryPolicy }): ReactElement {
  const { t, fmt } = useLanguage();
  const { threshold, observationWindowSeconds, lockoutDurationSeconds, passwordHistoryLength } = policy;
  const key = threshold === 0 ? 'never' : lockoutDurationSeconds === null ? 'untilAdmin' : 'auto';
  const values = {
    count: threshold,
    window: fmt.duration(observationWindowSeconds),
    duration: fmt.duration(lockoutDurationSeconds ?? 0),
  };
  return (
    <>
      <p>{t(`policy.meaning.${key}`, values)}</p>
      {passwordHistoryLength === null ? null : (
        <p>{t('directories.policies.history', { count: passwordHistoryLength })}</p>
      )}
      {policy.warnings.length > 0 ? <Phrases phrases={policy.warnings} /> : null}
    </>
  );
}

interface Props {
  readonly id: DirectoryId;
  readonly view: DirectoryView;
}

/** The domain's own policy, and the password settings objects that stand above it for some accounts. */
export function PoliciesPanels({ id, view }: Props): ReactElement {
  const { t } = useLanguage();
  const go = useUi((state) => state.go);
  const { policy, passwordSettings } = view;
  return (
    <div className={styles.split}>
      <PolicyPanel
        policy={policy}
        actions={
          <Button
            size="small"
            appearance="subtle"
            onClick={() => go({ page: 'policy', scope: { kind: 'directory', id } })}
          >
            {t('tradeOff.open')}
          </Button>
        }
      />
      <Panel title={t('directories.policies.pso')}>
        {passwordSettings === null ? (
          <p className={styles.text}>{t('directories.policies.pso.unreadable')}</p>
        ) : passwordSettings.length === 0 ? (
          <p className={styles.text}>{t('directories.policies.pso.none')}</p>
        ) : (
          passwordSettings.map((pso) => (
            <section key={pso.sourceName} className={styles.policy}>
              <h3>
                {pso.precedence === null
                  ? pso.sourceName
                  : t('directories.policies.pso.title', {
                      name: pso.sourceName,
                      precedence: pso.precedence,
                    })}
              </h3>
              <PolicyInWords policy={pso} />
            </section>
          ))
        )}
      </Panel>
    </div>
  );
}
