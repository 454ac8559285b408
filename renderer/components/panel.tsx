import { Button } from '@fluentui/react-components';
import { ErrorCircle16Filled } from '@fluentui/react-icons/svg/error-circle';
import { type ReactElement, type ReactNode, useId } from 'react';
import type { AppError } from '../../shared/errors';
import { errorPlaces } from '../../shared/runbook';
import { useLanguage } from '../i18n/language';
import { LearnMore } from './learn-more';
import styles from './panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Without inner space, for tables that reach the border. */
  readonly flush?: boolean;
  readonly level?: 2 | 3;
}

/** A titled section of a page; its heading names the landmark. */
export function Panel({ title, actions, children, flush = false, level = 2 }: PanelProps): ReactElement {
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <Heading id={id} className={styles.title}>
          {title}
        </Heading>
        {actions}
      </div>
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
  /** It is all there is on the page, so its title is the page's. */
  readonly page?: boolean;
}

export const Empty = ({ title, text, children, page = false }: EmptyProps): ReactElement => (
  <div className={styles.empty}>
    {page ? <h1 className={styles.emptyTitle}>{title}</h1> : <p className={styles.emptyTitle}>{title}</p>}
    {text === undefined ? null : <p className={styles.emptyText}>{text}</p>}
    {children}
  </div>
);

export const Loading = ({ label }: { readonly label: string }): ReactElement => (
  <div className={styles.loading} role="status">
    <span className={styles.pulse} aria-hidden="true" />
    {label}
  </div>
);

interface FailureProps {
  readonly error: AppError;
  readonly onRetry?: (() => void) | undefined;
}

/** An expected failure in the catalogue's words, with what ties it to the log, and a retry where one helps. */
export function Failure({ error, onRetry }: FailureProps): ReactElement {
  const { t } = useLanguage();
  const place = errorPlaces[error.code];
  return (
    <div className={styles.failure} role="alert">
      <span className={styles.failureIcon} aria-hidden="true">
        <ErrorCircle16Filled />
      </span>
      <div className={styles.failureText}>
        {t(error.messageKey, error.params)}
        {place ? <LearnMore place={place} about={t(error.messageKey, error.params)} /> : null}
        <span className={styles.reference}>{t('common.reference', { id: error.correlationId })}</span>
      </div>
      {onRetry ? (
        <Button size="small" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      ) : null}
    </div>
  );
}

/** Marks what belongs to the practice lab. */
export function PracticeBadge(): ReactElement {
  const { t } = useLanguage();
  return (
    <span className={styles.practice} title={t('common.practice.long')}>
      {t('common.practice')}
    </span>
  );
}
