import { Earth20Filled } from '@fluentui/react-icons/svg/earth';
import { QuestionCircle20Regular } from '@fluentui/react-icons/svg/question-circle';
import { ShieldCheckmark20Regular } from '@fluentui/react-icons/svg/shield-checkmark';
import { ShieldLock20Filled } from '@fluentui/react-icons/svg/shield-lock';
import type { ReactElement } from 'react';
import type { Exposure } from '../../../shared/isolation';
import { Age } from '../../components/time';
import { useLanguage } from '../../i18n/language';
import { useTicking } from '../../store/ticker';
import { EXPOSURE_STALE_MS, shownExposure, wordedAs } from './exposure-model';
import styles from './isolation.module.css';
import type { InstanceIsolation } from './state';

const icons: Readonly<Record<Exposure['verdict'], ReactElement>> = {
  open: <Earth20Filled />,
  trustedOnly: <ShieldCheckmark20Regular />,
  closed: <ShieldLock20Filled />,
  unknown: <QuestionCircle20Regular />,
};

/** Who can reach RDP, in words, and as of when. */
export function VerdictLine({ view }: { readonly view: InstanceIsolation }): ReactElement {
  const { t, say } = useLanguage();
  const stale = useTicking((nowMs) => view.readAtMs !== null && nowMs - view.readAtMs > EXPOSURE_STALE_MS);
  const { verdict, lastKnown, readAtMs } = shownExposure(
    view,
    (view.readAtMs ?? 0) + (stale ? EXPOSURE_STALE_MS + 1 : 0),
  );
  const { exposure } = view;
  const rows = exposure?.rows ?? [];
  const port = String(view.rdpPort);
  const bypassed = exposure?.remaining.some((path) => path.certain) ?? false;
  return (
    <div className={styles.verdict} data-verdict={verdict} data-except={bypassed}>
      <span className={styles.verdictIcon} aria-hidden="true">
        {icons[verdict]}
      </span>
      <div className={styles.grow}>
        <p className={styles.headline}>{t(`exposure.verdict.${wordedAs(verdict, rows)}`, { port })}</p>
        <p className={styles.text}>
          {lastKnown === null ? null : `${t('exposure.lastKnown', { verdict: wordedAs(lastKnown, rows) })} `}
          {readAtMs === null ? (
            t('exposure.neverRead')
          ) : (
            <>
              {t('exposure.readAt')} <Age ms={readAtMs} />
              {'. '}
            </>
          )}
          {exposure && exposure.udp !== exposure.verdict
            ? t(`exposure.udp.${wordedAs(exposure.udp, rows, 'udp')}`, { port })
            : ''}
        </p>
        {exposure && exposure.reasons.length > 0 ? (
          <ul className={styles.list}>
            {exposure.reasons.map((reason) => (
              <li key={`${reason.key}${JSON.stringify(reason.params)}`}>{say(reason)}</li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  );
}
