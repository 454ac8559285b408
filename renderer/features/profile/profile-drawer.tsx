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
import type { AppError } from '../../../shared/errors';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { Failure } from '../../components/panel';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { mirror } from '../../store/window-mirror';
import { CheckPanel } from './check-panel';
import { DiscardDialog } from './discard-dialog';
import { fieldId } from './fields';
import styles from './profile.module.css';
import { InstanceSection, JumpSection, MoreSection, SshSection, WatchSection } from './profile-sections';
import { useProfileForm } from './use-profile-form';
import { VncSection } from './vnc-section';

const FORM_ID = 'profile-form';

interface Props {
  readonly id: InstanceId | null;
  readonly copyOf: InstanceId | null;
}

/** Adds, edits or duplicates an instance. What was typed survives every error; leaving with changes asks first. */
export function ProfileDrawer({ id, copyOf }: Props): ReactElement {
  const { t } = useLanguage();
  const close = useUi((state) => state.closeDialog);
  const unsaved = useUi((state) => state.unsaved);
  const pending = useUi((state) => state.pending);
  const resolvePending = useUi((state) => state.resolvePending);
  // The profile as it was when the form opened: a change from elsewhere must not wipe what is being typed.
  const [original] = useState(() => mirror.store.getState().profiles[id ?? copyOf ?? '']);
  const copyName = copyOf !== null && original ? t('profile.copyName', { name: original.name }) : null;
  const form = useProfileForm(id, original, copyName);
  const [asking, setAsking] = useState(false);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  useReturnFocus();
  useEffect(() => {
    // The drawer puts the focus on its close button; the first field is what the admin wants.
    const frame = requestAnimationFrame(() => document.getElementById(fieldId('name'))?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);

  const leave = (): void => {
    if (unsaved) setAsking(true);
    else close();
  };
  const showFirstError = (): void => {
    const first = Object.keys(form.validation.errors)[0];
    if (first !== undefined) document.getElementById(fieldId(first))?.focus();
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { value } = form.validation;
    if (!form.submit() || value === null) {
      showFirstError();
      return;
    }
    setSaving(true);
    setError(null);
    const answer = await api.profiles.save({ id, ...value, copySecretsFrom: copyOf });
    setSaving(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    close();
  };
  const startCheck = (): ReturnType<typeof api.check.start> | null => {
    const { value } = form.validation;
    if (!form.submit() || value === null) {
      showFirstError();
      return null;
    }
    return api.check.start({ kind: 'draft', id, ...value, copySecretsFrom: copyOf });
  };

  const errorCount = Object.keys(form.shownErrors).length;
  const title =
    id === null
      ? copyOf === null
        ? t('profile.title.add')
        : t('profile.title.duplicate', { name: original?.name ?? '' })
      : t('profile.title.edit', { name: original?.name ?? '' });

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
            <InstanceSection form={form} />
            <SshSection form={form} />
            <JumpSection form={form} />
            <MoreSection form={form} />
            <VncSection form={form} />
            <WatchSection form={form} />
            <div>
              <h3 className={styles.legend}>{t('profile.check.title')}</h3>
              <CheckPanel intro={t('profile.check.intro')} start={startCheck} />
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
