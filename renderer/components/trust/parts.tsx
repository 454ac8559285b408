import { ShieldError20Filled } from '@fluentui/react-icons/svg/shield-error';
import type { ReactElement, ReactNode } from 'react';
import styles from './trust.module.css';

interface ChildrenProps {
  readonly children: ReactNode;
}

export const Paragraph = ({ children }: ChildrenProps): ReactElement => (
  <p className={styles.paragraph}>{children}</p>
);

/** What must not be read past. */
export const Alarm = ({ children }: ChildrenProps): ReactElement => (
  <p className={`${styles.paragraph} ${styles.alarm}`}>
    <span className={styles.alarmIcon} aria-hidden="true">
      <ShieldError20Filled />
    </span>
    {children}
  </p>
);

interface LabelledProps extends ChildrenProps {
  readonly label: string;
}

export const Labelled = ({ label, children }: LabelledProps): ReactElement => (
  <div>
    <span className={styles.label}>{label}</span>
    {children}
  </div>
);

/** Commands to be copied, one a line. */
export const Commands = ({ children }: ChildrenProps): ReactElement => (
  <code className={`${styles.code} ${styles.commands}`}>{children}</code>
);

interface FingerprintProps {
  readonly label: string;
  readonly value: string;
  readonly emphasised?: boolean;
}

export const Fingerprint = ({ label, value, emphasised = false }: FingerprintProps): ReactElement => (
  <Labelled label={label}>
    <code className={`${styles.code} ${emphasised ? styles.emphasised : ''}`}>{value}</code>
  </Labelled>
);

interface FingerprintsProps {
  readonly before: FingerprintProps;
  readonly now: FingerprintProps;
}

/** The fingerprint that was trusted above the one that is shown now, which stands out. */
export const Fingerprints = ({ before, now }: FingerprintsProps): ReactElement => (
  <div className={styles.fingerprints}>
    <Fingerprint {...before} />
    <Fingerprint {...now} emphasised />
  </div>
);
