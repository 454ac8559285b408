import { Button } from '@fluentui/react-components';
import { Warning16Filled } from '@fluentui/react-icons/svg/warning';
import { type ReactElement, useState } from 'react';
import type { AddressOffer } from '../../../shared/isolation-contract';
import { api } from '../../api';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import { useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import styles from './isolation.module.css';

/** The admin's address has changed: put it in the old one's place, after a look at the plan. */
export function OfferBanner({ offer }: { readonly offer: AddressOffer }): ReactElement {
  const { t } = useLanguage();
  const name = useMirror((state) => state.profiles[offer.id]?.name ?? '');
  const openDialog = useUi((state) => state.openDialog);
  const toast = useUi((state) => state.toast);
  const [busy, setBusy] = useState(false);
  const { id, oldCidr, newCidr } = offer;
  const plan = async (): Promise<void> => {
    setBusy(true);
    const answer = await api.isolation.answerOffer({ id, answer: 'plan' });
    setBusy(false);
    if (!answer.ok)
      toast({ text: t(answer.error.messageKey, answer.error.params), intent: 'error', undo: null });
    else if (answer.value !== null) openDialog({ kind: 'plan', preview: answer.value });
  };
  return (
    <div className={styles.banner}>
      <span className={styles.smallIcon} aria-hidden="true">
        <Warning16Filled />
      </span>
      <span className={styles.grow}>{t('offer.text', { name, oldCidr, newCidr })}</span>
      <Button size="small" disabledFocusable={busy} onClick={() => void plan()}>
        {t('offer.plan')}
      </Button>
      <Button
        size="small"
        appearance="subtle"
        onClick={() => void report(t, api.isolation.answerOffer({ id, answer: 'dismiss' }))}
      >
        {t('common.dismiss')}
      </Button>
    </div>
  );
}
