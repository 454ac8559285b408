import { Checkbox, Field, Input } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useLanguage } from '../../i18n/language';
import { useMirror } from '../../store/window-mirror';
import { Box } from './box';
import { PasswordField } from './password-field';
import styles from './unlock.module.css';

export interface ResetDraft {
  readonly password: string;
  readonly keep: boolean;
  readonly reason: string;
}

interface Props {
  readonly account: string;
  readonly locked: boolean;
  /** Whether Lockwatch itself signs in as this account with a password. */
  readonly signsIn: boolean;
  readonly draft: ResetDraft;
  readonly onChange: (draft: ResetDraft) => void;
}

/** What a reset does and does not do, and the new password. */
export function ResetForm({ account, locked, signsIn, draft, onChange }: Props): ReactElement {
  const { t } = useLanguage();
  const memory = useMirror((state) => state.base?.vault.kind === 'memory');
  const hint = memory ? t('unlock.reset.keep.memory') : undefined;
  return (
    <>
      <p className={styles.paragraph}>{t('unlock.reset.intro', { account })}</p>
      <PasswordField
        value={draft.password}
        account={account}
        onChange={(password) => onChange({ ...draft, password })}
      />
      {signsIn ? (
        <Field {...(hint === undefined ? {} : { hint })}>
          <Checkbox
            label={t('unlock.reset.keep')}
            checked={draft.keep}
            onChange={(_, data) => onChange({ ...draft, keep: data.checked === true })}
          />
        </Field>
      ) : null}
      <Field label={t('unlock.reason')} hint={t('unlock.reason.hint')}>
        <Input
          value={draft.reason}
          maxLength={500}
          onChange={(_, data) => onChange({ ...draft, reason: data.value })}
        />
      </Field>
      <Box tone="warning">
        <ul className={styles.list}>
          <li>{t('unlock.reset.warn.stale', { account })}</li>
          {locked ? <li>{t('unlock.reset.warn.unlock')}</li> : null}
          {signsIn && !draft.keep ? <li>{t('unlock.reset.warn.own', { account })}</li> : null}
        </ul>
      </Box>
    </>
  );
}
