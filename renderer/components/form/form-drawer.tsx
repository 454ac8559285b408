import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  OverlayDrawer,
} from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons/svg/dismiss';
import { type ReactElement, type ReactNode, useEffect, useId } from 'react';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { Failure } from '../panel';
import { useReturnFocus } from '../use-return-focus';
import { fieldId } from './fields';
import styles from './form.module.css';
import type { FormSave } from './use-form-save';
import type { FormState } from './use-form-state';
import { useLeaving } from './use-leaving';

interface Props {
  readonly title: string;
  readonly form: FormState;
  readonly saving: FormSave;
  /** The name of the field that has the focus at first. */
  readonly firstField: string;
  /** Something is watched from then on, which the button says. */
  readonly startsWatching: boolean;
  readonly children: ReactNode;
}

/** A form beside the page, with what went wrong, cancel and save below. Leaving with changes asks first. */
export function FormDrawer(props: Props): ReactElement {
  const { title, form, saving, firstField, startsWatching, children } = props;
  const { t } = useLanguage();
  const close = useUi((state) => state.closeDialog);
  const unsaved = useUi((state) => state.unsaved);
  const { leave, question } = useLeaving(unsaved, close);
  const id = useId();
  useReturnFocus();
  useEffect(() => {
    // The drawer puts the focus on its close button; the first field is what the admin wants.
    const frame = requestAnimationFrame(() => document.getElementById(fieldId(firstField))?.focus());
    return () => cancelAnimationFrame(frame);
  }, [firstField]);
  const errorCount = Object.keys(form.shownErrors).length;
  return (
    <>
      <OverlayDrawer
        open
        position="end"
        size="large"
        className="form-drawer"
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
          <form id={id} className={styles.body} noValidate onSubmit={saving.save}>
            {children}
            {saving.error === null ? null : <Failure error={saving.error} />}
          </form>
        </DrawerBody>
        <DrawerFooter>
          <div className={styles.footer}>
            <span className={styles.footerText} role="status">
              {errorCount > 0 ? t('profile.invalid', { count: errorCount }) : null}
            </span>
            <Button onClick={leave}>{t('common.cancel')}</Button>
            <Button appearance="primary" type="submit" form={id} disabledFocusable={saving.saving}>
              {saving.saving ? t('profile.saving') : t(startsWatching ? 'profile.saveAnd' : 'profile.save')}
            </Button>
          </div>
        </DrawerFooter>
      </OverlayDrawer>
      {question}
    </>
  );
}
