import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { type FormEvent, type ReactElement, useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import { api } from '../../api';
import { useLeaving } from '../../components/form/use-leaving';
import { Failure } from '../../components/panel';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import { useCloudAccounts } from '../isolation/state';
import { type AccountDraft, checkAccount, draftOf } from './account-model';
import styles from './cloud.module.css';

interface Props {
  readonly id: string | null;
  readonly onClose: () => void;
}

const fields = ['name', 'accessKeyId', 'accessKeySecret', 'securityToken', 'roleArn', 'regions'] as const;
const secretFields: readonly string[] = ['accessKeySecret', 'securityToken'];
const required: readonly string[] = ['name', 'accessKeyId', 'accessKeySecret'];

/** Adds or edits a cloud account. What is typed as a secret goes to the vault and is never shown again. */
export function CloudAccountDialog({ id, onClose }: Props): ReactElement {
  const { t, say } = useLanguage();
  const accounts = useCloudAccounts();
  const vault = useMirror((state) => state.base?.vault.kind ?? 'os');
  const setUnsaved = useUi((state) => state.setUnsaved);
  const [account] = useState(() => accounts.find((one) => one.id === id));
  const [initial] = useState(() => draftOf(account));
  const [draft, setDraft] = useState(initial);
  const [submitted, setSubmitted] = useState(false);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const { errors, input } = checkAccount(draft, account);
  useReturnFocus();
  const changed = JSON.stringify(draft) !== JSON.stringify(initial);
  useEffect(() => setUnsaved(changed), [changed, setUnsaved]);
  const { leave, question } = useLeaving(changed, onClose);

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSubmitted(true);
    if (input === null) return;
    setSaving(true);
    setError(null);
    const answer = await api.cloud.saveAccount(input);
    setSaving(false);
    if (answer.ok) onClose();
    else setError(answer.error);
  };
  const hint = (field: keyof AccountDraft): string => {
    if (account && field === 'accessKeyId')
      return t('cloud.field.accessKeyId.keep', { shown: account.accessKeyIdShown });
    if (account && field === 'accessKeySecret' && account.secretState !== 'missing') {
      return t('cloud.field.accessKeySecret.keep');
    }
    return t(`cloud.field.${field}.hint`);
  };

  return (
    <>
      <Dialog open onOpenChange={(_, data) => (data.open ? undefined : leave())}>
        <DialogSurface>
          <form noValidate onSubmit={(event) => void save(event)}>
            <DialogBody>
              <DialogTitle>
                {account ? t('cloud.edit.title', { name: account.name }) : t('cloud.add.title')}
              </DialogTitle>
              <DialogContent>
                <div className={styles.stack}>
                  {fields.map((field) => {
                    const problem = submitted ? errors[field] : undefined;
                    return (
                      <Field
                        key={field}
                        label={t(`cloud.field.${field}`)}
                        hint={hint(field)}
                        required={required.includes(field) && account === undefined}
                        validationMessage={problem ? say(problem) : null}
                      >
                        <Input
                          name={field}
                          type={secretFields.includes(field) ? 'password' : 'text'}
                          value={draft[field]}
                          autoComplete="off"
                          spellCheck={false}
                          onChange={(_, data) => setDraft({ ...draft, [field]: data.value })}
                        />
                      </Field>
                    );
                  })}
                  <p className={styles.note}>{t(`cloud.vault.${vault}`)}</p>
                  {error ? <Failure error={error} /> : null}
                </div>
              </DialogContent>
              <DialogActions>
                <Button onClick={leave}>{t('common.cancel')}</Button>
                <Button appearance="primary" type="submit" disabledFocusable={saving}>
                  {t(saving ? 'cloud.saving' : 'cloud.save')}
                </Button>
              </DialogActions>
            </DialogBody>
          </form>
        </DialogSurface>
      </Dialog>
      {question}
    </>
  );
}
