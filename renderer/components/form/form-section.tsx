import type { ReactElement, ReactNode } from 'react';
import styles from './form.module.css';

interface Props {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** Fields that belong together, under their title. */
export const FormSection = ({ title, hint, children }: Props): ReactElement => (
  <fieldset className={styles.section}>
    <legend className={styles.legend}>{title}</legend>
    {hint === undefined ? null : <p className={styles.hint}>{hint}</p>}
    {children}
  </fieldset>
);

/** A part of a form that has no fields of its own. */
export const FormPart = ({ title, children }: Omit<Props, 'hint'>): ReactElement => (
  <div>
    <h3 className={styles.legend}>{title}</h3>
    {children}
  </div>
);

/** Two fields beside each other. */
export const TwoFields = ({ children }: Pick<Props, 'children'>): ReactElement => (
  <div className={styles.two}>{children}</div>
);

/** A few sentences between fields. */
export const FormText = ({ children }: Pick<Props, 'children'>): ReactElement => (
  <p className={styles.text}>{children}</p>
);
