import { type ReactElement, useEffect, useState } from 'react';
import { useLanguage } from '../i18n/language';
import { type Toast, useUi } from '../store/ui';
import { undoDelete } from './actions';
import styles from './toaster.module.css';

const SHOWN_MS = 6000;
/** A longer timer fires at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

function ToastItem({ toast }: { readonly toast: Toast }): ReactElement {
  const { t } = useLanguage();
  const dismiss = useUi((state) => state.dismissToast);
  const [held, setHeld] = useState(false);
  const { id, undo, intent } = toast;
  useEffect(() => {
    // An undo stays as long as it works; an error stays until it is dismissed; nothing vanishes under the pointer.
    if (held || (intent === 'error' && undo === null)) return;
    const left =
      undo === null ? SHOWN_MS : Math.min(Math.max(0, undo.untilMs - Date.now()), LONGEST_TIMER_MS);
    const timer = setTimeout(() => dismiss(id), left);
    return () => clearTimeout(timer);
  }, [held, id, intent, undo, dismiss]);
  return (
    <div
      className={`${styles.toast} ${intent === 'error' ? styles.error : ''}`}
      role="status"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
    >
      <span className={styles.text}>{toast.text}</span>
      {undo === null ? null : (
        <button type="button" className={styles.button} onClick={() => void undoDelete(t, id, undo)}>
          {t('common.undo')}
        </button>
      )}
      <button type="button" className={styles.button} onClick={() => dismiss(id)}>
        {t('common.dismiss')}
      </button>
    </div>
  );
}

/** Short messages at the lower edge: a delete that can be undone, a request that failed. */
export function Toaster(): ReactElement {
  const toasts = useUi((state) => state.toasts);
  return (
    <div className={styles.stack} aria-live="polite">
      {toasts.map((toast) => (
        <ToastItem key={toast.id} toast={toast} />
      ))}
    </div>
  );
}
