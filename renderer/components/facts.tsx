import type { ReactElement, ReactNode } from 'react';
import type { InstanceView } from '../../shared/account-status';
import { useLanguage } from '../i18n/language';
import styles from './facts.module.css';
import { NextEventText } from './time';

interface FactsProps {
  /** What holds at its place: its margins. */
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** Short facts beside each other, below the name of what they are about. */
export const Facts = ({ className, children }: FactsProps): ReactElement => (
  <dl className={`${styles.facts} ${className ?? ''}`}>{children}</dl>
);

interface FactProps {
  readonly label: string;
  readonly children: ReactNode;
}

export const Fact = ({ label, children }: FactProps): ReactElement => (
  <div className={styles.fact}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

/** How a connection stands, and when it is tried again. */
export function ConnectionText(of: Pick<InstanceView, 'connection' | 'nextAttemptAtMs'>): ReactElement {
  const { t } = useLanguage();
  const { connection, nextAttemptAtMs } = of;
  return (
    <>
      {t(`instance.connection.${connection}`)}
      {connection === 'waiting' && nextAttemptAtMs !== null ? (
        <>
          {'. '}
          <NextEventText event={{ kind: 'retries', atMs: nextAttemptAtMs, account: null }} />
        </>
      ) : null}
    </>
  );
}
