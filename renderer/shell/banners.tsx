import { Button } from '@fluentui/react-components';
import { Beaker16Regular } from '@fluentui/react-icons/svg/beaker';
import { ErrorCircle16Filled } from '@fluentui/react-icons/svg/error-circle';
import { Info16Regular } from '@fluentui/react-icons/svg/info';
import { Warning16Filled } from '@fluentui/react-icons/svg/warning';
import { type ReactElement, useMemo, useState } from 'react';
import { OfferBanner } from '../features/isolation/offer-banner';
import { useAddressOffers } from '../features/isolation/state';
import { useLanguage } from '../i18n/language';
import { useUi } from '../store/ui';
import { mirror, useMirror } from '../store/window-mirror';
import { type BannerKind, type BannerView, bannersOf } from './banner-model';
import styles from './frame.module.css';

const icons: Readonly<Record<BannerKind, ReactElement>> = {
  info: <Info16Regular />,
  warning: <Warning16Filled />,
  error: <ErrorCircle16Filled />,
  practice: <Beaker16Regular />,
};

function Banner({ banner, onDismiss }: { banner: BannerView; onDismiss: () => void }): ReactElement {
  const { t, say } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const go = useUi((state) => state.go);
  const { action } = banner;
  const act = (): void => {
    if (action === null) return;
    if (action.kind === 'resync') mirror.resync();
    else if (action.kind === 'page') go(action.to);
    else openDialog(action.dialog);
  };
  return (
    <div className={`${styles.banner} ${styles[banner.kind] ?? ''}`}>
      <span className={styles.bannerIcon} aria-hidden="true">
        {icons[banner.kind]}
      </span>
      <span className={styles.bannerText}>{say(banner.message)}</span>
      {action === null ? null : (
        <Button size="small" onClick={act}>
          {t(action.label)}
        </Button>
      )}
      {banner.dismissible ? (
        <Button size="small" appearance="subtle" onClick={onDismiss}>
          {t('common.dismiss')}
        </Button>
      ) : null}
    </div>
  );
}

/** What holds for the whole window: practice, no vault, out of touch, a failed watcher, decisions that wait. */
export function Banners(): ReactElement | null {
  const { t } = useLanguage();
  const base = useMirror((state) => state.base);
  const stale = useMirror((state) => state.stale);
  const profiles = useMirror((state) => state.profiles);
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const banners = useMemo(() => (base ? bannersOf(base, profiles, stale) : []), [base, profiles, stale]);
  const shown = banners.filter((banner) => !dismissed.includes(banner.id));
  const offers = useAddressOffers();
  if (shown.length === 0 && offers.length === 0) return null;
  return (
    <section className={styles.banners} aria-label={t('banner.region')} aria-live="polite">
      {shown.map((banner) => (
        <Banner
          key={banner.id}
          banner={banner}
          onDismiss={() => setDismissed((ids) => [...ids, banner.id])}
        />
      ))}
      {offers.map((offer) => (
        <OfferBanner key={offer.id} offer={offer} />
      ))}
    </section>
  );
}
