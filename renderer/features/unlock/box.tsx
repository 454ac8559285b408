import type { ReactElement, ReactNode } from 'react';
import styles from './unlock.module.css';

interface Props {
  readonly tone?: 'neutral' | 'warning' | 'success' | 'danger';
  readonly title?: string;
  /** Read out as it appears. */
  readonly alert?: boolean;
  readonly children: ReactNode;
}

/** A few sentences that belong together and stand out. */
export const Box = ({ tone = 'neutral', title, alert = false, children }: Props): ReactElement => (
  <div className={styles.box} data-tone={tone} {...(alert ? { role: 'alert' } : {})}>
    {title === undefined ? null : <p className={styles.boxTitle}>{title}</p>}
    {children}
  </div>
);
