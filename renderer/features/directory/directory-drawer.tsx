import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  OverlayDrawer,
} from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons/svg/dismiss';
import { type FormEvent, type ReactElement, useEffect, useState } from 'react';
import type { DirectoryId } from '../../../shared/directory';
import type { AppError } from '../../../shared/errors';
import { api } from '../../api';
import { Failure } from '../../components/panel';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { mirror } from '../../store/window-mirror';
import { DiscardDialog } from '../profile/discard-dialog';
import { fieldId } from '../profile/fields';
import styles from '../profile/profile.module.css';
import { DirectoryCheckPanel } from './directory-check-panel';
import { ConnectionSection, DomainSection, SignInSection, WatchSection } from './form-sections';
import { useDirectoryForm } from './use-directory-form';

const FORM_ID = 'directory-form';

interface Props {
  readonly id: DirectoryId | null;
  /** What a new directory begins with. */
  readonly domain: string | null;
}

/** Adds or edits a directory. What was typed survives every error; leaving with changes asks first. */
export function DirectoryDrawer({ id, domain }: Props): ReactElement {
  const { t } = useLanguage();
  const close = useUi((state) => state.closeDialog);
  const go = useUi((state) => state.go);
  const unsaved = useUi((state) => state.unsaved);
  const pending = useUi((state) => state.pending);
  const resolvePending = useUi((state) => state.resolvePending);
  // As it was when the form opened: a change from elsewhere must not wipe what is being typed.
  const [original] = useState(() =>
    mirror.store.getState().base?.directoryProfiles.find((profile) => profile.id === id),
  );
  const form = useDirectoryForm(original, domain);
  const [asking, setAsking] = useState(false);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  useReturnFocus();
  useEffect(() => {
    // The drawer puts the focus on its close button; the first field is what the admin wants.
    const frame = requestAnimationFrame(() => document.getElementById(fieldId('domain'))?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);

  const leave = (): void => {
    if (unsaved) setAsking(true);
    else close();
  };
  const complete = (): typeof form.validation.value => {
    const { value, errors } = form.validation;
    if (form.submit() && value !== null) return value;
    const first = Object.keys(errors)[0];
    if (first !== undefined) document.getElementById(fieldId(first))?.focus();
    return null;
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const value = complete();
    if (value === null) return;
    setSaving(true);
    setError(null);
    const answer = await api.directory.save({ id, ...value });
    setSaving(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    close();
    go({ page: 'directory', directoryId: answer.value.id });
  };
  const startCheck = (): ReturnType<typeof api.directory.startCheck> | null => {
    const value = complete();
    return value === null ? null : api.directory.startCheck({ kind: 'draft', id, ...value });
  };

  const errorCount = Object.keys(form.shownErrors).length;
  const title =
    id === null
      ? t('directories.form.title.add')
      : t('directories.form.title.edit', { name: original?.name ?? '' });
  return (
    <>
      <OverlayDrawer
        open
        position="end"
        size="large"
        className="profile-drawer"
        onOpenChange={(_, data) => (data.open ? undefined : leave())}
      >
        <DrawerHeader>
          <DrawerHeaderTitle
            action={
              <Button
                appearance="subtle"
                aria-label={t('common.close')}
                icon={<Dismiss20Regular />}
                onClick={leave}
              />
            }
          >
            {title}
          </DrawerHeaderTitle>
        </DrawerHeader>
        <DrawerBody>
          <form id={FORM_ID} className={styles.body} noValidate onSubmit={(event) => void save(event)}>
            <DomainSection form={form} />
            <ConnectionSection form={form} />
            <SignInSection form={form} />
            <WatchSection form={form} />
            <div>
              <h3 className={styles.legend}>{t('profile.check.title')}</h3>
              <DirectoryCheckPanel intro={t('directories.check.intro')} start={startCheck} />
            </div>
            {error === null ? null : <Failure error={error} />}
          </form>
        </DrawerBody>
        <DrawerFooter>
          <div className={styles.footer}>
            <span className={styles.footerText} role="status">
              {errorCount > 0 ? t('profile.invalid', { count: errorCount }) : null}
            </span>
            <Button onClick={leave}>{t('common.cancel')}</Button>
            <Button appearance="primary" type="submit" form={FORM_ID} disabledFocusable={saving}>
              {saving
                ? t('profile.saving')
                : t(id === null && form.draft.watch !== 'off' ? 'profile.saveAnd' : 'profile.save')}
            </Button>
          </div>
        </DrawerFooter>
      </OverlayDrawer>
      {asking || pending !== null ? (
        <DiscardDialog
          onStay={() => {
            setAsking(false);
            resolvePending('stay');
          }}
          onDiscard={() => resolvePending('discard')}
        />
      ) : null}
    </>
  );
}
